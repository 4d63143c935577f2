"""What a worker does, each duty one step: it takes the time, works a little and says whether there was anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from akcept.cases import clockwork, indexing, leaving
from akcept.delivery import digests, fanout, periodic, reminders, sealing, send, waking
from akcept.files import renditions
from akcept.journal import seals
from akcept.payments import postponement

LEASE = timedelta(minutes=5)
LOOK_EVERY = timedelta(seconds=30)
Step = Callable[[datetime], bool]


@dataclass(frozen=True, slots=True)
class Duty:
    """A named step."""

    name: str
    step: Step


def _fan_out(at: datetime) -> bool:
    return fanout.fan_out(at=at)


def _send(at: datetime) -> bool:
    return send.send_one(at=at)


def _renditions(at: datetime) -> bool:
    return renditions.work(at=at, limit=1) > 0


def _indexing(at: datetime) -> bool:
    return indexing.work() > 0


def _reminders(at: datetime) -> bool:
    return reminders.remind(at=at) > 0


def _digests(at: datetime) -> bool:
    return digests.post(at=at) > 0


def _snoozes(at: datetime) -> bool:
    return waking.wake(at=at) > 0


def _postponement(at: datetime) -> bool:
    return postponement.run(at=at) > 0


def _holds(at: datetime) -> bool:
    return clockwork.release_expired(at=at) > 0


def _deadlines(at: datetime) -> bool:
    return clockwork.meet_deadlines(at=at) > 0


def _stranded(at: datetime) -> bool:
    return leaving.rehome_stranded(at=at) > 0


def _seal(at: datetime) -> bool:
    seals.make(at=at)
    sealing.write(at=at)
    return False


class Periodic:
    """A step that one of all workers takes once in each span of time; a failed one is taken again."""

    def __init__(self, name: str, every: timedelta, step: Step) -> None:
        self._name, self._every, self._step = name, every, step
        self._looks_again: datetime | None = None

    def duty(self) -> Duty:
        """Return it as a duty of the loop."""
        return Duty(self._name, self.once)

    def once(self, at: datetime) -> bool:
        """Take the step if its time has come and nobody else has taken it."""
        if self._looks_again is not None and at < self._looks_again:
            return False
        slot = str(int(at.timestamp() // self._every.total_seconds()))
        if periodic.take(name=self._name, slot=slot, at=at, lease=LEASE):
            try:
                self._step(at)
            except Exception:
                periodic.release(name=self._name, slot=slot, at=at)
                raise
            periodic.done(name=self._name, slot=slot, at=at)
        self._looks_again = at + min(self._every, LOOK_EVERY)
        return False


def all_duties() -> tuple[Duty, ...]:
    """Return everything a worker does, the most urgent first."""
    return (
        Duty("fan-out", _fan_out),
        Duty("letters", _send),
        Duty("renditions", _renditions),
        Duty("search", _indexing),
        Periodic("stranded", timedelta(minutes=1), _stranded).duty(),
        Periodic("deadlines", timedelta(minutes=1), _deadlines).duty(),
        Periodic("reminders", timedelta(minutes=5), _reminders).duty(),
        Periodic("digests", timedelta(minutes=5), _digests).duty(),
        Periodic("snoozes", timedelta(minutes=1), _snoozes).duty(),
        Periodic("postponement", timedelta(minutes=5), _postponement).duty(),
        Periodic("holds", timedelta(minutes=5), _holds).duty(),
        Periodic("seal", timedelta(days=1), _seal).duty(),
    )
