"""A document as letters describe it, in the reader's language: its facts, with whom, what was paid lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import pgettext

from akcept.cases import naming, past
from akcept.delivery.channels.contract import Fact
from akcept.delivery.models import Delivery, Notice
from akcept.delivery.topics import SAID
from akcept.doctypes import queries as doctypes
from akcept.engine.case import Case, SeatState, State
from akcept.engine.refusals import NotFound
from akcept.parties import queries as parties
from akcept.people.askers import asker_of
from akcept.people.models import Person
from akcept.wording import dates, documents, money, states


def case_url(case_id: UUID, *, message: int | None = None) -> str:
    """Return the address of a document's page, or of a message on it."""
    said = f"?tab=discussion#m{message}" if message else ""
    return f"{settings.AKCEPT_BASE_URL}/cases/{case_id}/{said}"


def url_of(told: Delivery | Notice) -> str:
    """Return where somebody finds what they are told."""
    return case_url(told.chain_id, message=told.number if told.topic in SAID else None)


def facts(case: Case) -> Iterator[Fact]:
    """Say what somebody needs to know who decides: the document, its sum, who approved and who remains."""
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


def lately(case_id: UUID, person: Person, at: datetime) -> Iterator[Fact]:
    """Say what the counterparty was paid lately, as far as the reader sees it."""
    found = past.last_of_counterparty(by=asker_of(person), case_id=case_id, at=at)
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


def about(case: Case) -> Iterator[str]:
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
