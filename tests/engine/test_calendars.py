from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from akcept.engine.calendars import AdjustRule, WorkingCalendar, add_working_hours

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (20, 21, 22, 23))
WEEK = WorkingCalendar()


def test_a_plain_week_works_from_monday_to_friday() -> None:
    assert WEEK.is_working(FRIDAY)
    assert not WEEK.is_working(SATURDAY)
    assert WEEK.next_working(FRIDAY) == MONDAY
    assert WEEK.on_or_after(FRIDAY) == FRIDAY
    assert WEEK.on_or_after(SATURDAY) == MONDAY
    assert WEEK.previous_working(MONDAY) == FRIDAY
    assert WEEK.on_or_before(SUNDAY) == FRIDAY


def test_closed_days_and_working_saturdays_differ_from_the_week() -> None:
    calendar = WorkingCalendar(closed=frozenset({MONDAY}), working=frozenset({SATURDAY}))
    assert calendar.next_working(FRIDAY) == SATURDAY
    assert calendar.next_working(SATURDAY) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("count", "day"), [(0, SATURDAY), (1, MONDAY), (6, date(2026, 11, 30)), (-1, FRIDAY)]
)
def test_working_days_are_counted(count: int, day: date) -> None:
    assert WEEK.add_working_days(SATURDAY, count) == day


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        (AdjustRule.KEEP, date(2026, 10, 31)),
        (AdjustRule.FOLLOWING, date(2026, 11, 2)),
        (AdjustRule.PRECEDING, date(2026, 10, 30)),
        (AdjustRule.MODIFIED_FOLLOWING, date(2026, 10, 30)),
    ],
)
def test_a_closed_day_is_adjusted(rule: AdjustRule, day: date) -> None:
    assert WEEK.adjust(date(2026, 10, 31), rule) == day


def test_modified_following_stays_in_the_month() -> None:
    assert WEEK.adjust(SATURDAY, AdjustRule.MODIFIED_FOLLOWING) == MONDAY


def test_a_week_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="without a working day"):
        WorkingCalendar(weekend=frozenset(range(7)))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (datetime(2026, 11, 20, 7, tzinfo=UTC), 4, datetime(2026, 11, 20, 11, tzinfo=UTC)),
        # Before nine nobody works: in Moscow that is six by UTC.
        (datetime(2026, 11, 20, 1, tzinfo=UTC), 1, datetime(2026, 11, 20, 7, tzinfo=UTC)),
        # Six hours of Friday are left, the rest is done on Monday.
        (datetime(2026, 11, 20, 9, tzinfo=UTC), 8, datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2026, 11, 20, 19, tzinfo=UTC), 1, datetime(2026, 11, 23, 7, tzinfo=UTC)),
    ],
)
def test_a_deadline_counts_the_hours_in_which_the_holder_works(
    start: datetime, hours: int, end: datetime
) -> None:
    assert add_working_hours(start, hours, WEEK, ZoneInfo("Europe/Moscow")) == end
