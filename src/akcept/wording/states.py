"""What the states and other stored codes of a case are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from akcept.engine.case import PaymentState, SeatState, State

STATES: Mapping[str, Promise] = {
    State.DRAFT: pgettext_lazy("state", "Draft"),
    State.IN_APPROVAL: pgettext_lazy("state", "In approval"),
    State.REWORK: pgettext_lazy("state", "On rework"),
    State.TO_PAY: pgettext_lazy("state", "Approved, to pay"),
    State.PAID: pgettext_lazy("state", "Paid"),
    State.APPROVED: pgettext_lazy("state", "Approved"),
    State.REJECTED: pgettext_lazy("state", "Rejected"),
    State.WITHDRAWN: pgettext_lazy("state", "Withdrawn"),
}
SEATS: Mapping[str, Promise] = {
    SeatState.WAITING: pgettext_lazy("seat", "waiting"),
    SeatState.APPROVED: pgettext_lazy("seat", "approved"),
    SeatState.RETURNED: pgettext_lazy("seat", "returned for rework"),
    SeatState.REJECTED: pgettext_lazy("seat", "rejected"),
    SeatState.COVERED: pgettext_lazy("seat", "covered by an earlier step"),
    SeatState.NOT_NEEDED: pgettext_lazy("seat", "not needed any more"),
}
PAYMENTS: Mapping[str, Promise] = {
    PaymentState.SENT: pgettext_lazy("payment", "Sent to bank"),
    PaymentState.EXECUTED: pgettext_lazy("payment", "Paid"),
    PaymentState.RETURNED: pgettext_lazy("payment", "Returned"),
    PaymentState.CANCELLED: pgettext_lazy("payment", "Cancelled"),
}


def words(state: str) -> str:
    """Name the state of a case."""
    return str(STATES[state])


def seat(state: str) -> str:
    """Say what became of a seat."""
    return str(SEATS[state])


def payment(state: str) -> str:
    """Say how far a payment got."""
    return str(PAYMENTS[state])
