"""A letter in its reader's language and zone: what happened, the facts of the document, one button."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import pgettext

from akcept.cases import naming, reminders
from akcept.delivery import (
    addresses,
    answering,
    chronicle,
    describing,
    digests,
    mailroom,
    outside,
    passing,
    preferences,
    sealing,
    several,
    store,
    words,
)
from akcept.delivery.audience import holders
from akcept.delivery.channels.contract import Fact, Letter
from akcept.delivery.chronicle import Chronicle
from akcept.delivery.fanout import deputies_now
from akcept.delivery.models import Delivery
from akcept.delivery.registry import PUSH
from akcept.delivery.topics import PASSES, Topic
from akcept.doctypes import queries as doctypes
from akcept.engine.case import Case
from akcept.engine.tasks import TaskKind
from akcept.people.codes import PersonKind
from akcept.people.models import Person
from akcept.wording import dates, documents, tasks
from akcept.wording.details import details
from akcept.wording.entries import sentence

# What these say is worth a letter's lines, not only its sentence.
SPELT_OUT = frozenset(
    {"RETURNED", "REJECTED", "PAYMENT_REFUSED", "APPROVED", "REASSIGNED", "COMMENTED"}
)


@dataclass(frozen=True, slots=True)
class _News:
    """What letters about one document have to tell one reader."""

    rows: Sequence[Delivery]
    person: Person
    story: Chronicle
    case: Case
    absentees: tuple[str, ...]

    @property
    def head(self) -> Delivery:
        """Return what the letter is about first of all: what has to be done, else the newest."""
        return next((row for row in reversed(self.rows) if row.task_kind), self.rows[-1])


def compose(*, row: Delivery, at: datetime) -> Letter | None:
    """Word a letter; None when there is nobody to write to or nothing left to write about."""
    if row.topic == sealing.TOPIC:
        return sealing.compose(id=letter_id(row), number=row.number)
    person = Person.objects.filter(id=row.person_id, is_active=True).first()
    if person is None or not (person.email or row.channel == PUSH):
        return None
    with translation.override(person.language), timezone.override(person.time_zone):
        if row.topic == mailroom.TOPIC:
            return answering.compose(row=row, person=person, id=letter_id(row), footer=_footer())
        if row.topic == store.DIGEST:
            return digests.compose(row=row, person=person, id=letter_id(row), at=at)
        if person.kind == PersonKind.EXTERNAL:
            return outside.compose(row=row, person=person, letter_id=letter_id(row), at=at)
        if row.topic == Topic.INTAKE:
            is_push = row.channel == PUSH
            return passing.compose(row=row, person=person, id=letter_id(row), is_push=is_push)
        if row.topic == Topic.REMINDER and row.channel != PUSH:
            rows = store.gather_reminders(row=row)
            if len({one.chain_id for one in rows}) > 1:
                id = letter_id(row)
                return several.compose(rows=rows, person=person, id=id, footer=_why(), at=at)
        news = _news(row, person, at)
        if news is None:
            return None
        return _push(row, news) if row.channel == PUSH else _letter(row, news, at)


def letter_id(row: Delivery) -> str:
    """Return what stays the same whenever this letter is sent again."""
    cause = f"{row.chain_id} {row.cause} {row.person_id}"
    return sha256(cause.encode()).hexdigest()[:32]


def _acts_for(person: Person, case: Case, at: datetime) -> tuple[str, ...]:
    """Return for whom of the holders of the case's tasks a person acts now."""
    acting = deputies_now(case, at).items()
    return tuple(absentee for absentee, people in acting if str(person.id) in people)


def _news(row: Delivery, person: Person, at: datetime) -> _News | None:
    """Return what is still worth telling: a task that is done meanwhile disturbs nobody."""
    story = chronicle.read(case_id=row.chain_id)
    case = story.case()
    absentees = _acts_for(person, case, at)
    is_asked = bool(absentees) or str(person.id) in holders(case)
    rows = [one for one in store.gather_bundle(row=row) if is_asked or one.topic not in PASSES]
    rows.sort(key=lambda one: one.number)
    return _News(rows, person, story, case, absentees) if rows else None


def _letter(row: Delivery, news: _News, at: datetime) -> Letter:
    head, case = news.head, news.case
    heading = _heading(head, case)
    is_new = any(one.topic == Topic.TASK for one in news.rows)
    lately = describing.lately(row.chain_id, news.person, at) if is_new else ()
    return Letter(
        id=letter_id(row),
        address=news.person.email or "",
        language=news.person.language,
        subject=" · ".join((heading, *describing.about(case))),
        heading=heading,
        lines=tuple(_lines(news)),
        facts=(*_deadline(news), *describing.facts(case), *lately),
        button=pgettext("letter", "Open the task")
        if head.task_kind
        else pgettext("letter", "Open the document"),
        url=describing.url_of(head),
        footer=_footer(),
        reply_to=addresses.for_reply(case_id=row.chain_id, person_id=news.person.id),
    )


def _deadline(news: _News) -> Iterator[Fact]:
    """Say until when what has to be done is to be done."""
    head = news.head
    people = (news.person.id, *map(UUID, news.absentees))
    # Until when to correct stands among the facts.
    if head.task_kind not in ("", TaskKind.CORRECT) and (
        due_at := reminders.due_at(case_id=head.chain_id, kind=head.task_kind, people=people)
    ):
        yield Fact(pgettext("letter", "To be done by"), dates.exact(due_at))


def _push(row: Delivery, news: _News) -> Letter:
    """Word a push: it may be read over a shoulder, so it names no sum and nobody unless its reader wants it."""
    said = [words.topic(news.head.topic)]
    if preferences.of(row.person_id).push_amounts:
        said += describing.about(news.case)
    heading = _heading(news.head, news.case)
    return Letter(
        id=letter_id(row),
        address=str(row.person_id),
        language=news.person.language,
        subject=heading,
        heading=heading,
        lines=(" · ".join(said),),
        facts=(),
        button="",
        url=describing.url_of(news.head),
        footer="",
    )


def _lines(news: _News) -> Iterator[str]:
    """Give what happened, entry by entry."""
    type_card = doctypes.type_card(code=news.case.doctype)
    currency = news.case.currency
    entries = [
        news.story.entries[number - 1] for number in sorted({row.number for row in news.rows})
    ]
    cards = chronicle.history_cards(entries)
    for entry in entries:
        card = cards[entry.chain_id, entry.number]
        yield f"{sentence(card, currency=currency)}."
        if entry.kind in SPELT_OUT:
            said = details(card, type=type_card, currency=currency)
            yield from (f"{line.label}: {line.text}" for line in said)
    if news.head.task_kind:
        yield from _acting(news.absentees)


def _acting(absentees: tuple[str, ...]) -> Iterator[str]:
    if absentees:
        names = ", ".join(chip.name for chip in naming.chips(absentees).values())
        yield pgettext("letter", "You act for: %(names)s.") % {"names": names}


def _heading(row: Delivery, case: Case) -> str:
    type_card = doctypes.type_card(code=case.doctype)
    if not row.task_kind:
        return documents.label(type_card, case.number)
    title = tasks.title(row.task_kind, type_card, case.number)
    return (
        pgettext("letter", "Reminder: %(task)s") % {"task": title}
        if row.topic == Topic.REMINDER
        else title
    )


def _why() -> str:
    return pgettext(
        "letter", "Akcept sent this letter because you take part. Opening the link decides nothing."
    )


def _footer() -> str:
    said = _why()
    if not settings.AKCEPT_MAIL_IN:
        return said
    answer = pgettext(
        "letter",
        "What you answer becomes a comment, with its files; decisions are not taken by mail.",
    )
    return f"{said} {answer}"
