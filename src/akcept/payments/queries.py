"""What the doors may read of payments."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import BigIntegerField, Max
from django.db.models.functions import Cast

from akcept.cases.cards import CaseCard
from akcept.cases.models import Payment
from akcept.engine.case import PaymentState
from akcept.payments.calendar import calendar
from akcept.payments.cards import Suggestion

__all__ = ["calendar", "next_order_number", "suggested"]

# Longer ones are no numbers of an order but references that happen to have only digits.
A_NUMBER = r"^[0-9]{1,9}$"


def suggested(*, case: CaseCard) -> Suggestion:
    """Return what to fill a payment form with; nothing of it is more than a proposal."""
    number = next_order_number(entity_id=case.entity_id, year=case.today.year)
    return Suggestion(case.rest, case.today, number)


def next_order_number(*, entity_id: UUID, year: int) -> str:
    """Return the number after the greatest a payer used that year."""
    used = Payment.objects.filter(
        case__entity_id=entity_id,
        on__range=(date(year, 1, 1), date(year, 12, 31)),
        order_number__regex=A_NUMBER,
    ).exclude(state=PaymentState.RETURNED)
    last = used.aggregate(last=Max(Cast("order_number", BigIntegerField())))["last"]
    return str((last or 0) + 1)
