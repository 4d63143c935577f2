"""Months told in order: stories wait for their moments, and the earliest acts next."""

from __future__ import annotations

import heapq
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from akcept.company import calendars
from akcept.engine.calendars import WorkingCalendar

# A story acts, then says when it acts next.
Story = Generator[datetime, None, None]
OPENS, CLOSES = time(9, 5), time(18, 10)
SOON = timedelta(minutes=25)


@dataclass
class Timeline:
    """Everything that happens from one moment to another, in the order in which it happened."""

    since: datetime
    until: datetime
    calendar: WorkingCalendar = field(init=False)

    def __post_init__(self) -> None:
        self.calendar = calendars.working_calendar(code="RU", around=self.until.date())
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._stories = 0

    def begin(self, story: Story) -> None:
        """Let a story take part."""
        self._stories += 1
        self._wait(self._stories, story)

    def run(self) -> None:
        """Let whoever comes next act until nobody does; what lies ahead never happens."""
        while self._waiting:
            _moment, place, story = heapq.heappop(self._waiting)
            self._wait(place, story)

    def later(self, moment: datetime, hours: float, zone: str) -> datetime:
        """Return a moment some working hours later in a zone; never past the end of the story."""
        there = ZoneInfo(zone)
        local, left = self._at_work(moment.astimezone(there)), timedelta(hours=hours)
        while (room := datetime.combine(local.date(), CLOSES, there) - local) < left:
            left -= room
            local = self._at_work(datetime.combine(local.date(), CLOSES, there))
        found = (local + left).astimezone(self.until.tzinfo)
        if found < self.until:
            return found
        return moment + min(SOON, (self.until - moment) / 3)

    def _at_work(self, local: datetime) -> datetime:
        """Return the moment itself in working hours, else when the next working day begins."""
        day = local.date()
        if local.time() >= CLOSES or not self.calendar.is_working(day):
            day = self.calendar.next_working(day)
        opens = datetime.combine(day, OPENS, local.tzinfo)
        return max(local, opens)

    def _wait(self, place: int, story: Story) -> None:
        moment = next(story, None)
        if moment is not None and moment < self.until:
            heapq.heappush(self._waiting, (moment, place, story))
