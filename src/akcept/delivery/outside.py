"""Letters to people from outside: their link, their code, what they decided and what they are answered. The only place that words a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import pgettext

from akcept.cases import ballots
from akcept.cases.outside import deciding, page
from akcept.cases.outside.page import GuestPage, LetterCard
from akcept.delivery.channels.contract import Fact, Letter
from akcept.delivery.models import Delivery
from akcept.delivery.posting import Telling
from akcept.delivery.topics import Topic
from akcept.engine.case import SeatState
from akcept.journal import queries as journal
from akcept.journal.dispatch import DispatchRef
from akcept.journal.queries import StoredEntry
from akcept.people.models import Person
from akcept.wording import dates, documents, money, states

TOPICS = {
    "OUTSIDE_LINK_ISSUED": Topic.OUTSIDE_LINK,
    "OUTSIDE_CODE_SENT": Topic.OUTSIDE_CODE,
}
SEATS = {
    "APPROVED": SeatState.APPROVED,
    "RETURNED": SeatState.RETURNED,
    "REJECTED": SeatState.REJECTED,
}


def tellings(ref: DispatchRef) -> list[Telling]:
    """Return the letters that follow from what happened on the chain of a person."""
    numbers = range(ref.first_number, ref.last_number + 1)
    found = journal.entries_of(refs=[(ref.chain_id, number) for number in numbers])
    return [_telling(entry, ref.chain_id, TOPICS[entry.kind]) for entry in found.values() if entry.kind in TOPICS]  # fmt: skip


def receipts(entries: Iterable[StoredEntry]) -> Iterator[Telling]:
    """Give everybody from outside who has just decided a receipt: they have no other record of it."""
    for entry in entries:
        if entry.actor.auth == ballots.E_MAIL_CODE and entry.kind in SEATS and entry.actor.id:
            yield _telling(entry, entry.actor.id, Topic.OUTSIDE_RECEIPT)


def _telling(entry: StoredEntry, person_id: UUID, topic: Topic) -> Telling:
    return Telling(
        person_id=person_id,
        chain_id=entry.chain_id,
        number=entry.number,
        cause=str(entry.number),
        topic=topic,
        task_kind="",
        happened_at=entry.at,
    )


def compose(*, row: Delivery, person: Person, letter_id: str, at: datetime) -> Letter | None:
    """Word a letter to somebody from outside; None when what it is about is over."""
    link_id, code_number = _asked(row)
    if link_id is None:
        return None
    card = page.letter(link_id=link_id, at=at)
    if row.topic == Topic.OUTSIDE_RECEIPT:
        return _receipt(row, person, letter_id, card.shown)
    if card.shown.over:
        return None
    url = f"{settings.AKCEPT_BASE_URL}/x/{card.token}/"
    if row.topic == Topic.OUTSIDE_ANSWER:
        return _answer(row, person, letter_id, card.shown, url)
    if row.topic != Topic.OUTSIDE_CODE:
        return _link(row, person, letter_id, card.shown, url)
    return _code(person, letter_id, card, url) if card.code_number == code_number else None


def _asked(row: Delivery) -> tuple[UUID | None, int]:
    """Return which link a letter is about, and which of its codes."""
    if row.topic in {Topic.OUTSIDE_RECEIPT, Topic.OUTSIDE_ANSWER, Topic.REMINDER}:
        return page.newest(case_id=row.chain_id, person_id=row.person_id), 0
    data: Mapping[str, Any] = journal.entries_of(refs=[(row.chain_id, row.number)])[
        row.chain_id, row.number
    ].data
    return UUID(data["link"]), data["code"]


def _link(
    row: Delivery, person: Person, letter_id: str, shown: GuestPage, url: str
) -> Letter | None:
    label = documents.label(shown.type, shown.number)
    heading = pgettext("outside", "You are asked to approve: %(document)s") % {"document": label}
    if row.topic == Topic.REMINDER:
        heading = pgettext("outside", "Reminder: %(document)s waits for your approval") % {
            "document": label
        }
    told = {"name": _named(shown), "entity": shown.entity}
    return Letter(
        id=letter_id,
        address=person.email or "",
        language=person.language,
        subject=f"{heading} · {shown.entity}",
        heading=heading,
        lines=tuple(_said(shown, told)),
        facts=tuple(_facts(shown, label)),
        button=pgettext("outside", "Look and decide"),
        url=url,
        footer=_footer(),
    )


def _said(shown: GuestPage, told: Mapping[str, str]) -> Iterator[str]:
    yield pgettext("outside", "%(name)s of %(entity)s asks you to approve this document.") % told
    if shown.question:
        yield shown.question
    yield pgettext(
        "outside",
        "You need no account. The page sends a code to this address before you decide. Do not forward this letter: "
        "without the code nobody else can decide.",
    )


def _facts(shown: GuestPage, label: str) -> Iterator[Fact]:
    yield Fact(pgettext("letter", "Document"), label)
    if shown.title:
        yield Fact(pgettext("letter", "Title"), shown.title)
    if shown.amount:
        yield Fact(pgettext("letter", "Amount"), money.amount(shown.amount))
    if shown.comment:
        yield Fact(pgettext("letter", "What it is for"), shown.comment)
    if shown.files:
        names = ", ".join(file.name for file in shown.files)
        yield Fact(pgettext("outside", "Files on the page"), names)
    yield Fact(pgettext("outside", "The link works until"), dates.exact(shown.expires_at))


def _code(person: Person, letter_id: str, card: LetterCard, url: str) -> Letter:
    label = documents.label(card.shown.type, card.shown.number)
    heading = pgettext("outside", "Your code: %(code)s") % {"code": card.code}
    minutes = int(deciding.CODE_LIVES.total_seconds() // 60)
    return Letter(
        id=letter_id,
        address=person.email or "",
        language=person.language,
        # A locked telephone shows the subject to whoever passes by.
        subject=pgettext("outside", "Code for %(document)s") % {"document": label},
        heading=heading,
        lines=(
            pgettext(
                "outside",
                "Type it on the page that you have open. It works for %(minutes)s minutes.",
            )
            % {"minutes": minutes},
            pgettext(
                "outside",
                "If you have not asked for a code, do nothing: nobody can decide without it.",
            ),
        ),
        facts=(Fact(pgettext("letter", "Document"), label),),
        button=pgettext("outside", "Back to the page"),
        url=url,
        footer=_footer(),
    )


def _receipt(row: Delivery, person: Person, letter_id: str, shown: GuestPage) -> Letter | None:
    if shown.decided is None or shown.decided.entry != row.number:
        return None
    label = documents.label(shown.type, shown.number)
    outcome = states.seat(SEATS[shown.decided.outcome])
    heading = pgettext("outside", "Your decision on %(document)s: %(outcome)s") % {
        "document": label,
        "outcome": outcome,
    }
    return Letter(
        id=letter_id,
        address=person.email or "",
        language=person.language,
        subject=heading,
        heading=heading,
        lines=(pgettext("outside", "This letter is your receipt. Nothing more is asked of you."),),
        facts=(
            Fact(pgettext("letter", "Document"), label),
            Fact(pgettext("outside", "Asked by"), f"{_named(shown)}, {shown.entity}"),
            Fact(pgettext("outside", "Decided"), dates.exact(shown.decided.at)),
            Fact(
                pgettext("outside", "Confirmed by"),
                pgettext("outside", "a code sent to this address"),
            ),
        ),
        button="",
        url="",
        footer=_footer(),
    )


def _answer(
    row: Delivery, person: Person, letter_id: str, shown: GuestPage, url: str
) -> Letter | None:
    said = next((one for one in shown.thread if one.number == row.number), None)
    if said is None or said.text is None:
        return None
    label = documents.label(shown.type, shown.number)
    told = {"name": said.by.name, "document": label}
    heading = pgettext("outside", "%(name)s wrote to you: %(document)s") % told
    return Letter(
        id=letter_id,
        address=person.email or "",
        language=person.language,
        subject=f"{heading} · {shown.entity}",
        heading=heading,
        lines=(said.text,),
        facts=(
            Fact(pgettext("letter", "Document"), label),
            Fact(pgettext("outside", "The link works until"), dates.exact(shown.expires_at)),
        ),
        button=pgettext("outside", "Answer or decide"),
        url=url,
        footer=_footer(),
    )


def _named(shown: GuestPage) -> str:
    position = shown.asked_by.position
    return f"{shown.asked_by.name}, {position}" if position else shown.asked_by.name


def _footer() -> str:
    return pgettext("outside", "Akcept sent this letter. Opening the link decides nothing.")
