"""Letters to people who wrote us and would wait in vain: nothing came of their mail, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from akcept.delivery import describing, mailroom
from akcept.delivery.channels.contract import Letter
from akcept.delivery.models import Delivery
from akcept.delivery.verdicts import Outcome
from akcept.people.models import Person
from akcept.wording import fields

WHY: Mapping[Outcome, Promise] = {
    Outcome.EMPTY: pgettext_lazy("letter", "Nothing stood above the letter that you answered."),
    Outcome.TOO_BIG: pgettext_lazy("letter", "The mail was too big."),
    Outcome.REFUSED: pgettext_lazy(
        "letter", "You no longer see the document, or it takes no such text."
    ),
    Outcome.NO_FILE: pgettext_lazy(
        "letter", "There was no file with it. Send the invoice as a file, best as a PDF."
    ),
    Outcome.BAD_FILES: pgettext_lazy("letter", "None of its files can be taken:"),
    Outcome.PARTLY: pgettext_lazy("letter", "Your words stand; some files could not be taken:"),
}


def compose(*, row: Delivery, person: Person, id: str, footer: str) -> Letter:
    """Tell somebody who waits for it what did not come of their mail, and why."""
    is_answer = row.chain_id != person.id
    heading = _heading(row, is_answer=is_answer)
    return Letter(
        id=id,
        address=person.email or "",
        language=person.language,
        subject=heading,
        heading=heading,
        lines=tuple(_lines(row)),
        facts=(),
        button=pgettext("letter", "Open the document")
        if is_answer
        else pgettext("letter", "Open what came in"),
        url=describing.case_url(row.chain_id)
        if is_answer
        else f"{settings.AKCEPT_BASE_URL}/intake/",
        footer=footer
        if is_answer
        else pgettext(
            "letter", "Akcept sent this letter because you have sent a mail to %(address)s."
        )
        % {"address": settings.AKCEPT_INTAKE},
    )


def _heading(row: Delivery, *, is_answer: bool) -> str:
    if row.task_kind == Outcome.PARTLY:
        return pgettext("letter", "Not all of your files were taken")
    if is_answer:
        return pgettext("letter", "Your answer did not become a comment")
    return pgettext("letter", "Your mail did not become an invoice")


def _lines(row: Delivery) -> Iterator[str]:
    yield str(WHY[Outcome(row.task_kind)])
    for code in mailroom.problems_of(row.cause):
        yield f"– {fields.words(code)}"
