"""How somebody wants to be told: a pure rule over what is offered, what they chose, and the clock on their wall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from akcept.delivery.topics import Event, event_of

DIGEST_AT = time(8, 30)


class Way(StrEnum):
    """How news reach a person."""

    APP = "APP"
    MAIL = "MAIL"
    PUSH = "PUSH"


class When(StrEnum):
    """At what pace; in the app OFF means: it stands in the list and does not ring."""

    AT_ONCE = "AT_ONCE"
    DIGEST = "DIGEST"
    OFF = "OFF"


Cell = tuple[Event, Way]
NOW, LATER, NEVER = When.AT_ONCE, When.DIGEST, When.OFF
# What may be chosen; the first is what applies until somebody chooses. One alone cannot be changed.
OFFERED: Mapping[Cell, tuple[When, ...]] = {
    (Event.TASKS, Way.APP): (NOW,),
    (Event.TASKS, Way.MAIL): (NOW, LATER),
    (Event.TASKS, Way.PUSH): (NOW, NEVER),
    (Event.URGENT, Way.APP): (NOW,),
    (Event.URGENT, Way.MAIL): (NOW,),
    (Event.URGENT, Way.PUSH): (NOW, NEVER),
    (Event.APPROVED, Way.APP): (NOW, NEVER),
    (Event.APPROVED, Way.MAIL): (LATER, NOW, NEVER),
    (Event.APPROVED, Way.PUSH): (NEVER, NOW),
    (Event.ENDED, Way.APP): (NOW,),
    (Event.ENDED, Way.MAIL): (NOW, LATER, NEVER),
    (Event.ENDED, Way.PUSH): (NOW, NEVER),
    (Event.WATCHED, Way.APP): (NOW, NEVER),
    (Event.WATCHED, Way.MAIL): (LATER, NOW, NEVER),
    (Event.WATCHED, Way.PUSH): (NEVER, NOW),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one person chose; without quiet hours both are None."""

    chosen: Mapping[Cell, When] = field(default_factory=dict)
    digest_at: time = DIGEST_AT
    quiet_from: time | None = None
    quiet_until: time | None = None
    push_amounts: bool = False

    def how(self, topic: str, way: Way) -> When:
        """Return when somebody hears of a topic in one way."""
        return self.cell((event_of(topic), way))

    def cell(self, cell: Cell) -> When:
        """Return what is chosen in one cell, or what applies until something is."""
        return self.chosen.get(cell, OFFERED[cell][0])

    def not_before(self, topic: str, at: datetime, zone: ZoneInfo) -> datetime:
        """Return when a letter or push may go: what is urgent at once, else not in the quiet hours."""
        if event_of(topic) is Event.URGENT or not self.is_quiet(at.astimezone(zone).time()):
            return at
        assert self.quiet_until is not None
        local = at.astimezone(zone)
        day = local.date()
        if local.time() >= self.quiet_until:
            day += timedelta(days=1)
        return datetime.combine(day, self.quiet_until, zone).astimezone(UTC)

    def is_quiet(self, moment: time) -> bool:
        """Tell whether a time of day lies in the quiet hours, which may go over midnight."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= moment < self.quiet_until
        return moment >= self.quiet_from or moment < self.quiet_until


DEFAULT = Wishes()


def cells() -> Iterator[Cell]:
    """Give every cell of the matrix, line by line."""
    yield from OFFERED


def code(cell: Cell) -> str:
    """Name a cell as it is kept and as programs write it: TASKS.MAIL."""
    event, way = cell
    return f"{event}.{way}"


CELLS = {code(cell): cell for cell in OFFERED}
