"""The payment calendar for programs: what is paid when."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import Code, MoneyOut, Out
from akcept.api.taken import Day
from akcept.engine.refusals import InvalidInput
from akcept.payments import queries
from akcept.payments.cards import EntryState

door = Door(tags=["Payments"])
LONGEST = timedelta(days=400)


class OutflowOut(Out):
    """One outflow; `planned` or `payment` is the number of its row."""

    case_id: UUID
    number: int
    type: Code
    title: str
    counterparty: str
    entity_id: UUID
    entity: str
    amount: MoneyOut
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


class DayOut(Out):
    on: date
    is_working: bool
    holiday: str
    is_today: bool
    entries: list[OutflowOut]
    totals: list[MoneyOut]
    forecast: list[MoneyOut]


class CalendarOut(Out):
    """`totals` is what is approved, sent or paid, `forecast` what is still being decided."""

    first: date
    last: date
    today: date
    days: list[DayOut]
    totals: list[MoneyOut]
    forecast: list[MoneyOut]


@door.read("/calendar", CalendarOut, summary="The payment calendar")
def show_calendar(
    request: ApiRequest, first: Day, last: Day, entity: UUID | None = None
) -> CalendarOut:
    """Return every day from first to last, at most 400, with the outflows you may see."""
    if not timedelta() <= last - first <= LONGEST:
        raise InvalidInput({"last": "OUT_OF_RANGE"})
    call = request.auth
    found = queries.calendar(by=call.by, first=first, last=last, at=call.at, entity=entity)
    return CalendarOut.model_validate(found)
