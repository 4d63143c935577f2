"""The calendar shows each reader what they may see, on the payer's days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akcept.cases import services
from akcept.company import store as company
from akcept.engine.calendars import DayKind
from akcept.engine.money import Money
from akcept.engine.refusals import NotFound
from akcept.payments import postponement
from akcept.payments.cards import CalendarCard, CalendarEntry, EntryState
from akcept.payments.queries import calendar
from akcept.people import services as people
from akcept.people.fields import Absence
from troupe import AT, SYSTEM, TODAY, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
MONDAY_NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)
FULL = Money(12_000_000, "RUB")


def november(cast: Cast, name: str, at: datetime = AT, entity: UUID | None = None) -> CalendarCard:
    return calendar(by=cast.asks(name), first=FIRST, last=LAST, at=at, entity=entity)


def entries(card: CalendarCard) -> list[CalendarEntry]:
    return [entry for day in card.days for entry in day.entries]


def test_what_is_approved_stands_on_its_day_for_payer_and_initiator(cast: Cast) -> None:
    case_id = approved(cast).case_id
    for name, is_mine, may_move in (("clara", False, True), ("anna", True, False)):
        card = november(cast, name)
        (entry,) = entries(card)
        assert (entry.case_id, entry.on, entry.state) == (case_id, TODAY, EntryState.TO_PAY)
        assert (entry.amount, entry.counterparty) == (FULL, "ООО «Ромашка»")
        assert (entry.is_mine, entry.may_move) == (is_mine, may_move)
        assert card.totals == (FULL,)


def test_what_is_being_decided_is_a_forecast(cast: Cast) -> None:
    send(cast)
    card = november(cast, "anna")
    (entry,) = entries(card)
    assert entry.state is EntryState.FORECAST
    assert (card.totals, card.forecast) == ((), (FULL,))


def test_a_stranger_sees_an_empty_month(cast: Cast) -> None:
    approved(cast)
    assert entries(november(cast, "oleg")) == []


def test_what_was_sent_and_paid_stands_on_the_day_of_the_payment(cast: Cast) -> None:
    outcome = approved(cast)
    act = {"case_id": outcome.case_id, "by": cast.asks("clara"), "revision": 1, "at": AT}
    services.pay(minor=2_000_000, on=date(2026, 11, 19), **act)
    services.mark_sent(minor=3_000_000, on=TODAY, **act)
    found = [
        (entry.on, entry.state, entry.amount.minor) for entry in entries(november(cast, "anna"))
    ]
    assert found == [
        (date(2026, 11, 19), EntryState.PAID, 2_000_000),
        (TODAY, EntryState.TO_PAY, 7_000_000),
        (TODAY, EntryState.SENT, 3_000_000),
    ]


def test_a_payment_that_came_back_is_not_shown_as_paid(cast: Cast) -> None:
    people.grant_role(person_id=cast.gleb.id, role="CFO", by=SYSTEM, at=AT)
    outcome = approved(cast)
    services.pay(
        case_id=outcome.case_id,
        by=cast.asks("clara"),
        revision=1,
        minor=12_000_000,
        on=TODAY,
        at=AT,
    )
    services.record_return(
        case_id=outcome.case_id,
        by=cast.asks("gleb"),
        payment=1,
        kind=services.ReturnKind.BANK_RETURN,
        reason="Account closed",
        at=AT,
    )
    (entry,) = entries(november(cast, "clara"))
    assert (entry.state, entry.amount) == (EntryState.TO_PAY, FULL)


def test_a_moved_date_shows_how_often_and_from_where(cast: Cast) -> None:
    approved(cast)
    postponement.run(at=MONDAY_NOON)
    (entry,) = entries(november(cast, "clara", at=MONDAY_NOON))
    assert (entry.on, entry.first_on, entry.moves) == (date(2026, 11, 23), TODAY, 1)
    assert not entry.is_overdue


def test_what_is_held_cannot_be_moved(cast: Cast) -> None:
    outcome = approved(cast)
    services.hold(case_id=outcome.case_id, by=cast.asks("clara"), reason="Ask", until=LAST, at=AT)
    (entry,) = entries(november(cast, "clara"))
    assert (entry.is_held, entry.may_move) == (True, False)


def test_whoever_may_pay_may_move_also_a_deputy_and_who_came_later(cast: Cast) -> None:
    approved(cast)
    people.grant_role(person_id=cast.oleg.id, role="ACCOUNTANT", by=SYSTEM, at=AT)
    people.set_deputy(
        absence=Absence(
            absentee_id=cast.clara.id, deputy_id=cast.dana.id, starts_on=TODAY, ends_on=LAST
        ),
        by=cast.clara.actor,
        at=AT,
    )
    for name in ("oleg", "dana"):
        (entry,) = entries(november(cast, name))
        assert entry.may_move


def test_nobody_moves_their_own(cast: Cast) -> None:
    people.grant_role(person_id=cast.anna.id, role="ACCOUNTANT", by=SYSTEM, at=AT)
    approved(cast)
    (entry,) = entries(november(cast, "anna"))
    assert not entry.may_move


def test_past_the_due_date_it_is_overdue(cast: Cast) -> None:
    approved(cast, due_on="2026-11-20")
    (entry,) = entries(november(cast, "clara", at=MONDAY_NOON))
    assert entry.is_overdue


def test_today_is_the_payers(cast: Cast) -> None:
    late = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
    card = november(cast, "clara", at=late, entity=cast.entity)
    assert [day.on for day in card.days if day.is_today] == [date(2026, 11, 21)]


def test_closed_days_are_named_in_the_readers_language(cast: Cast) -> None:
    friday = date(2026, 11, 27)
    days = {friday: (DayKind.CLOSED, "День компании")}
    company.set_days(calendar="RU", days=days, by=SYSTEM, at=AT)
    closed = {day.on: day.holiday for day in november(cast, "anna").days if not day.is_working}
    assert closed[date(2026, 11, 4)] == "Unity Day"
    assert closed[friday] == "День компании"
    assert closed[date(2026, 11, 21)] == ""
    assert TODAY not in closed


def test_one_payers_items_can_be_asked_for(cast: Cast) -> None:
    approved(cast)
    assert len(entries(november(cast, "clara", entity=cast.entity))) == 1
    with pytest.raises(NotFound):
        november(cast, "clara", entity=UUID(int=7))


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    approved(cast)
    with CaptureQueriesContext(connection) as few:
        november(cast, "clara")
    for number in range(3):
        approved(cast, supplier_number=f"D-{number}")
    with CaptureQueriesContext(connection) as more:
        assert len(entries(november(cast, "clara"))) == 4
    assert len(more) == len(few) <= 12
