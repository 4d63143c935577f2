"""What the doors show of payments: frozen cards, ready to be worded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from akcept.doctypes.cards import TypeCard
from akcept.engine.money import Money


class EntryState(StrEnum):
    """How near an outflow is: still being decided, approved, on its way, gone."""

    FORECAST = "FORECAST"
    TO_PAY = "TO_PAY"
    SENT = "SENT"
    PAID = "PAID"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One outflow on its day.

    Planned dates carry `planned`, what is left of them, and how often they were moved; what was sent or paid
    carries `payment` and stands on the day of the payment. `may_move`: the reader is offered to postpone it.
    """

    case_id: UUID
    number: int
    type: TypeCard
    title: str
    counterparty: str
    entity_id: UUID
    entity: str
    amount: Money
    on: date
    first_on: date
    due_on: date | None
    moves: int
    planned: int | None
    payment: int | None
    state: EntryState
    is_overdue: bool
    is_held: bool
    is_mine: bool
    may_move: bool


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day with its outflows; `totals` is what is approved, sent or paid, `forecast` what is being decided."""

    on: date
    is_working: bool
    holiday: str
    is_today: bool
    entries: tuple[CalendarEntry, ...]
    totals: tuple[Money, ...]
    forecast: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class CalendarCard:
    """The days of a week or a month, or an agenda; totals of all its days, per currency."""

    first: date
    last: date
    today: date
    days: tuple[CalendarDay, ...]
    totals: tuple[Money, ...]
    forecast: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a form about a payment may be filled with: the rest, the payer's today, the next order number."""

    amount: Money
    on: date
    order_number: str
