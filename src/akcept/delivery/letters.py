"""A letter in its reader's language and zone: what happened, the facts of the document, one button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import ngettext, pgettext

from akcept.cases import naming, past
from akcept.delivery import chronicle, outside, sealing, store
from akcept.delivery.audience import holders
from akcept.delivery.channels.contract import Fact, Letter
from akcept.delivery.chronicle import Chronicle
from akcept.delivery.fanout import deputies_now
from akcept.delivery.models import Delivery, Notice
from akcept.delivery.topics import Topic
from akcept.doctypes import queries as doctypes
from akcept.engine.case import Case, SeatState, State
from akcept.engine.refusals import NotFound
from akcept.parties import queries as parties
from akcept.people.askers import asker_of
from akcept.people.codes import PersonKind
from akcept.people.models import Person
from akcept.wording import dates, documents, money, states, tasks
from akcept.wording.details import details
from akcept.wording.entries import sentence

PASSES = frozenset({Topic.TASK, Topic.REMINDER})


def compose(*, row: Delivery, at: datetime) -> Letter | None:
    """Word a letter; None when there is nobody to write to or nothing left to write about."""
    if row.topic == sealing.TOPIC:
        return sealing.compose(id=letter_id(row), number=row.number)
    person = Person.objects.filter(id=row.person_id, is_active=True).first()
    if person is None or not person.email:
        return None
    with translation.override(person.language), timezone.override(person.time_zone):
        if row.topic == store.DIGEST:
            return _digest(row, person)
        if person.kind == PersonKind.EXTERNAL:
            return outside.compose(row=row, person=person, letter_id=letter_id(row), at=at)
        story = chronicle.read(case_id=row.chain_id)
        case = story.case()
        absentees = _acts_for(person, case, at)
        if row.topic in PASSES and not absentees and str(person.id) not in holders(case):
            return None
        return _single(row, person, story, absentees, at)


def letter_id(row: Delivery) -> str:
    """Return what stays the same whenever this letter is sent again."""
    cause = f"{row.chain_id} {row.cause} {row.person_id}"
    return sha256(cause.encode()).hexdigest()[:32]


def _acts_for(person: Person, case: Case, at: datetime) -> tuple[str, ...]:
    """Return for whom of the holders of the case's tasks a person acts now."""
    acting = deputies_now(case, at).items()
    return tuple(absentee for absentee, people in acting if str(person.id) in people)


def _single(
    row: Delivery, person: Person, story: Chronicle, absentees: tuple[str, ...], at: datetime
) -> Letter:
    case = story.case()
    entry = story.entries[row.number - 1]
    card = chronicle.history_cards([entry])[row.chain_id, row.number]
    currency = case.currency
    heading = _heading(row, case)
    type_card = doctypes.type_card(code=case.doctype)
    said = [
        f"{line.label}: {line.text}" for line in details(card, type=type_card, currency=currency)
    ]
    worded = entry.kind in {"RETURNED", "REJECTED", "PAYMENT_REFUSED", "APPROVED", "REASSIGNED"}
    worded = worded or entry.kind == "COMMENTED"
    return Letter(
        id=letter_id(row),
        address=person.email or "",
        language=person.language,
        subject=" · ".join((heading, *_about(case))),
        heading=heading,
        lines=(
            f"{sentence(card, currency=currency)}.",
            *(said if worded else ()),
            *(_acting(absentees) if row.task_kind else ()),
        ),
        facts=(*_facts(case), *(_past(row, person, at) if row.topic == Topic.TASK else ())),
        button=pgettext("letter", "Open the task")
        if row.task_kind
        else pgettext("letter", "Open the document"),
        url=case_url(row.chain_id),
        footer=_footer(),
    )


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


def _facts(case: Case) -> Iterator[Fact]:
    type_card = doctypes.type_card(code=case.doctype)
    yield Fact(pgettext("letter", "Document"), documents.label(type_card, case.number))
    if case.card.get("title"):
        yield Fact(pgettext("letter", "Title"), str(case.card["title"]))
    if payee := _counterparty(case):
        said = (
            pgettext("letter", "Payee") if type_card.ends_in_payment else pgettext("letter", "With")
        )
        yield Fact(said, payee)
    if case.amount:
        yield Fact(pgettext("letter", "Amount"), money.amount(case.amount))
    if case.card.get("comment"):
        yield Fact(pgettext("letter", "What it is for"), str(case.card["comment"]))
    unpaid = case.unpaid_planned() or case.planned
    if unpaid:
        yield Fact(pgettext("letter", "Planned date"), dates.day(unpaid[0].on))
    if case.card.get("due_on"):
        due = date.fromisoformat(str(case.card["due_on"]))
        yield Fact(pgettext("letter", "Due date"), dates.day(due))
    if case.correct_by and case.state is State.REWORK:
        yield Fact(pgettext("letter", "Correct by"), dates.exact(case.correct_by))
    if case.card.get("account"):
        yield Fact(pgettext("letter", "Bank account"), _account(str(case.card["account"])))
    yield from _seats(case)


def _past(row: Delivery, person: Person, at: datetime) -> Iterator[Fact]:
    """Say what the counterparty was paid lately, as far as the reader sees it."""
    found = past.last_of_counterparty(by=asker_of(person), case_id=row.chain_id, at=at)
    if found:
        said = pgettext("letter", "Last invoices of this counterparty")
        yield Fact(said, "\n".join(map(_past_line, found)))


def _past_line(row: past.PastInvoice) -> str:
    said = (
        money.amount(row.amount) if row.amount else "",
        dates.day(row.on) if row.on else "",
        states.words(row.state),
        _account(str(row.account_id)) if row.account_id else "",
    )
    return " · ".join(filter(None, said))


def _seats(case: Case) -> Iterator[Fact]:
    people = {who for seat in case.seats for who in (seat.holder, seat.by) if who}
    names = {key: chip.name for key, chip in naming.chips(people).items()}
    approved = [
        names.get(seat.by or "", "") for seat in case.seats if seat.state is SeatState.APPROVED
    ]
    remain = [
        names.get(seat.holder or "", pgettext("letter", "to be named"))
        for seat in case.seats
        if seat.state is SeatState.WAITING
    ]
    if approved:
        yield Fact(pgettext("letter", "Approved by"), ", ".join(approved))
    if remain:
        yield Fact(pgettext("letter", "Still to approve"), ", ".join(remain))


def _about(case: Case) -> Iterator[str]:
    """Say with whom the document is, or what it is called, and about which sum."""
    if about := _counterparty(case) or str(case.card.get("title") or ""):
        yield about
    if case.amount:
        yield money.amount(case.amount)


def _counterparty(case: Case) -> str:
    payee = case.card.get("counterparty")
    if not payee:
        return ""
    try:
        return parties.counterparty_line(counterparty_id=UUID(str(payee))).name
    except NotFound:
        return ""


def _account(account_id: str) -> str:
    try:
        return parties.account(account_id=UUID(account_id)).masked
    except (NotFound, ValueError):
        return "—"


def _digest(row: Delivery, person: Person) -> Letter | None:
    notices = store.gather(digest=row)
    if not notices:
        return None
    count = len(notices)
    heading = ngettext("%(count)d planned date moved", "%(count)d planned dates moved", count)
    return Letter(
        id=letter_id(row),
        address=person.email or "",
        language=person.language,
        subject=heading % {"count": count},
        heading=heading % {"count": count},
        lines=(),
        facts=tuple(_moved(notice) for notice in notices),
        button=pgettext("letter", "Open the payment calendar"),
        url=f"{settings.AKCEPT_BASE_URL}/calendar/",
        footer=_footer(),
    )


def _moved(notice: Notice) -> Fact:
    story = chronicle.read(case_id=notice.chain_id)
    case, entry = story.case(), story.entries[notice.number - 1]
    card = chronicle.history_cards([entry])[notice.chain_id, notice.number]
    label = documents.label(doctypes.type_card(code=case.doctype), case.number)
    about = " · ".join(_about(case))
    said = sentence(card, currency=case.currency)
    return Fact(label, f"{about}\n{said}\n{case_url(notice.chain_id)}")


def case_url(case_id: UUID) -> str:
    """Return the address of a document's page."""
    return f"{settings.AKCEPT_BASE_URL}/cases/{case_id}/"


def _footer() -> str:
    return pgettext(
        "letter", "Akcept sent this letter because you take part. Opening the link decides nothing."
    )
