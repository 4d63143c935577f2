"""What came of a counterparty's last documents: for letters, which have no card to show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from akcept.cases import access
from akcept.cases.models import Case
from akcept.engine.case import State
from akcept.engine.money import Money
from akcept.people.askers import Asker

AT_MOST = 3


@dataclass(frozen=True, slots=True)
class PastInvoice:
    """An earlier document: how much, of what day, what became of it, to which account."""

    number: int
    amount: Money | None
    on: date | None
    state: str
    account_id: UUID | None


def last_of_counterparty(*, by: Asker, case_id: UUID, at: datetime) -> tuple[PastInvoice, ...]:
    """Return the last documents of the same type and counterparty that a person sees, newest first."""
    case = Case.objects.filter(id=case_id).exclude(counterparty=None).first()
    if case is None:
        return ()
    others = Case.objects.filter(
        access.visible(by=by, at=at), counterparty=case.counterparty_id, doctype=case.doctype_id
    )
    found = others.exclude(state=State.DRAFT).exclude(id=case_id).order_by("-id")[:AT_MOST]
    return tuple(_past(row) for row in found)


def _past(row: Case) -> PastInvoice:
    amount = Money(row.amount_minor, row.currency) if row.amount_minor else None
    return PastInvoice(row.number, amount, row.issued_on, row.state, row.account_id)
