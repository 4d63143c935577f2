"""Working days: which day is one, and which is the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))
WORK_BEGINS, WORK_ENDS = time(9), time(18)


class DayKind(StrEnum):
    """How a day differs from what its place in the week says."""

    CLOSED = "CLOSED"
    WORKING = "WORKING"


class AdjustRule(StrEnum):
    """Where a date goes that somebody chose on a closed day."""

    FOLLOWING = "FOLLOWING"
    # Following, unless that is in another month: then preceding.
    MODIFIED_FOLLOWING = "MODIFIED_FOLLOWING"
    PRECEDING = "PRECEDING"
    KEEP = "KEEP"


class PostponeDays(StrEnum):
    """Which days an unpaid planned date may be moved to."""

    WORKING = "WORKING"
    CALENDAR = "CALENDAR"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The rule of the week and the days that differ from it; Monday is 0."""

    weekend: frozenset[int] = frozenset({5, 6})
    closed: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.weekend >= EVERY_DAY:
            raise ValueError("a week without a working day")

    def is_working(self, day: date) -> bool:
        """Tell whether people work on that day."""
        if day in self.working:
            return True
        return day.weekday() not in self.weekend and day not in self.closed

    def on_or_after(self, day: date) -> date:
        """Return the day itself if it is a working day, else the next one."""
        return day if self.is_working(day) else self.next_working(day)

    def on_or_before(self, day: date) -> date:
        """Return the day itself if it is a working day, else the one before."""
        return day if self.is_working(day) else self.previous_working(day)

    def next_working(self, day: date) -> date:
        """Return the first working day after that day."""
        return next(self._walk(day, DAY))

    def previous_working(self, day: date) -> date:
        """Return the last working day before that day."""
        return next(self._walk(day, -DAY))

    def add_working_days(self, day: date, count: int) -> date:
        """Return the working day that is `count` working days after (before, if negative); 0 keeps the day."""
        days = self._walk(day, DAY if count > 0 else -DAY)
        for _ in range(abs(count)):
            day = next(days)
        return day

    def adjust(self, day: date, rule: AdjustRule) -> date:
        """Return the day to propose for a chosen one."""
        match rule:
            case AdjustRule.KEEP:
                return day
            case AdjustRule.PRECEDING:
                return self.on_or_before(day)
            case AdjustRule.FOLLOWING:
                return self.on_or_after(day)
            case AdjustRule.MODIFIED_FOLLOWING:  # pragma: no branch
                after = self.on_or_after(day)
                return after if after.month == day.month else self.on_or_before(day)

    def _walk(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            day += step
            if self.is_working(day):
                yield day


def add_working_hours(
    start: datetime, hours: int, calendar: WorkingCalendar, zone: ZoneInfo
) -> datetime:
    """Return the moment by which somebody in that zone has worked so many hours since the start."""
    return add_working_time(start, timedelta(hours=hours), calendar, zone)


def add_working_time(
    start: datetime, time: timedelta, calendar: WorkingCalendar, zone: ZoneInfo
) -> datetime:
    """Return the moment by which somebody in that zone has worked that long since the start."""
    shifts = _shifts(start, calendar, zone)
    begins, ends = next(shifts)
    while time > ends - begins:
        time -= ends - begins
        begins, ends = next(shifts)
    return begins + time


def working_time(
    start: datetime, end: datetime, calendar: WorkingCalendar, zone: ZoneInfo
) -> timedelta:
    """Return how long somebody in that zone works between two moments."""
    shifts = takewhile(lambda shift: shift[0] < end, _shifts(start, calendar, zone))
    return sum((min(ends, end) - begins for begins, ends in shifts), timedelta())


def _shifts(
    start: datetime, calendar: WorkingCalendar, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """Give what is left of the working day of the start, and every one after it."""
    day = start.astimezone(zone).date()
    while True:
        begins = max(start, datetime.combine(day, WORK_BEGINS, zone).astimezone(UTC))
        ends = datetime.combine(day, WORK_ENDS, zone).astimezone(UTC)
        if calendar.is_working(day) and begins < ends:
            yield begins, ends
        day += DAY
