from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta

import pytest

from akcept.company import calendars, imports, queries, store
from akcept.engine.calendars import DayKind, WorkingCalendar
from akcept.engine.refusals import InvalidInput
from akcept.journal.models import Entry
from akcept.journal.store import Actor, ActorKind
from corpus import CORPUS

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
BY = Actor(ActorKind.SYSTEM, None, "Akcept")
PRODUCTION = CORPUS / "calendar" / "ru_production_calendar_2013-2026.csv"

pytestmark = pytest.mark.django_db


def russian(year: int = 2026) -> WorkingCalendar:
    return calendars.working_calendar(code="RU", around=date(year, 1, 1))


def test_russian_transfers_are_known() -> None:
    assert not russian().is_working(date(2026, 12, 31))
    assert russian().is_working(date(2027, 2, 20))
    assert not russian().is_working(date(2027, 2, 22))


def test_a_market_has_a_calendar_too() -> None:
    target = calendars.working_calendar(code="ECB", around=AT.date())
    assert target.is_working(date(2026, 12, 31))
    assert not target.is_working(date(2026, 12, 25))


def test_calendars_to_choose_from_are_all_known() -> None:
    assert {"RU", "DE", "ECB"} <= set(calendars.known())
    assert all(calendars.is_known(code) for code in calendars.known())


def test_the_company_knows_better() -> None:
    days = {
        date(2026, 11, 21): (DayKind.WORKING, ""),
        date(2026, 11, 23): (DayKind.CLOSED, "Jubilee"),
    }
    assert store.set_days(calendar="RU", days=days, by=BY, at=AT) == 2
    assert russian().next_working(date(2026, 11, 20)) == date(2026, 11, 21)
    assert russian().next_working(date(2026, 11, 21)) == date(2026, 11, 24)
    assert [entry.kind for entry in Entry.objects.all()] == ["CALENDAR_DAY_SET"] * 2
    assert store.set_days(calendar="RU", days=days, by=BY, at=AT) == 0


def test_an_override_can_be_taken_back() -> None:
    day = date(2026, 11, 23)
    store.set_days(calendar="RU", days={day: (DayKind.CLOSED, "")}, by=BY, at=AT)
    store.set_days(calendar="RU", days={day: (None, "")}, by=BY, at=AT)
    assert russian().is_working(day)
    assert queries.days(calendar="RU", year=2026) == ()


def test_days_that_are_over_cannot_be_changed() -> None:
    with pytest.raises(InvalidInput) as refused:
        store.set_days(calendar="RU", days={date(2026, 11, 19): (DayKind.CLOSED, "")}, by=BY, at=AT)
    assert refused.value.errors == {"2026-11-19": "DAY_IS_PAST"}
    assert not Entry.objects.exists()


def test_a_table_of_days_is_imported() -> None:
    content = "day;kind;name\n2026-11-02;off;Over\n05.12.2026;working;Перенос\n".encode()
    result = imports.import_days(calendar="RU", content=content, by=BY, at=AT)
    assert (result.changed, result.skipped, result.errors) == (1, 1, ())
    assert russian().is_working(date(2026, 12, 5))


def test_a_table_with_a_wrong_row_changes_nothing() -> None:
    content = b"day,kind,name\n2026-12-05,working,\n2026-13-05,off,\n2026-12-07,short,\n"
    result = imports.import_days(calendar="RU", content=content, by=BY, at=AT)
    assert [(error.line, error.field, error.code) for error in result.errors] == [
        (3, "day", "NOT_A_DATE"),
        (4, "kind", "UNKNOWN_KIND"),
    ]
    assert queries.days(calendar="RU", year=2026) == ()


def test_today_is_the_entitys() -> None:
    late = datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert calendars.entity_today(time_zone="Asia/Vladivostok", at=late) == date(2026, 11, 21)
    assert calendars.entity_today(time_zone="Europe/Berlin", at=late) == date(2026, 11, 20)


@pytest.mark.corpus
# The package does not know 10 March 2014; nothing is paid that far back.
@pytest.mark.parametrize("year", range(2015, 2027))
def test_the_russian_production_calendar_is_met(year: int) -> None:
    off, working = set(), set()
    with PRODUCTION.open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            if row["kind"] == "off":
                off.add(date.fromisoformat(row["date"]))
            elif row["kind"].endswith("working_weekend"):
                working.add(date.fromisoformat(row["date"]))
    expected = WorkingCalendar(closed=frozenset(off), working=frozenset(working))
    ours = russian(year)
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [d for d in days if ours.is_working(d) != expected.is_working(d)] == []
