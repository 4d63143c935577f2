"""A plain loop over the duties. One that fails waits and is tried again later; the others go on."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import close_old_connections, connections

from akcept.delivery import periodic
from akcept.kit import clock
from akcept.worker.duties import Duty, all_duties

IDLE_SECONDS = 0.5
BEAT_EVERY = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=1)

log = structlog.get_logger("akcept.worker")


def run(*, stop: threading.Event) -> None:
    """Work until told to stop; a step that has begun is finished first."""
    worker = Worker([Duty("heartbeat", Heart().beat), *all_duties()])
    log.info("worker started", pid=os.getpid())
    while not stop.is_set():
        if not worker.step(stop=stop):
            stop.wait(IDLE_SECONDS)
    connections.close_all()
    log.info("worker stopped", pid=os.getpid())


@dataclass
class Worker:
    """The duties, and until when each that failed has to pause."""

    duties: Sequence[Duty]
    pauses: dict[str, timedelta] = field(default_factory=dict)
    waits_until: dict[str, datetime] = field(default_factory=dict)

    def step(self, *, stop: threading.Event) -> bool:
        """Let every duty take one step, and say whether any of them found work."""
        found = False
        for duty in self.duties:
            if stop.is_set():
                break
            found = self._try(duty) or found
        return found

    def _try(self, duty: Duty) -> bool:
        at = clock.now()
        if at < self.waits_until.get(duty.name, at):
            return False
        # A connection that the server has closed meanwhile must not fail the next step.
        close_old_connections()
        try:
            found = duty.step(at)
        except Exception:
            pause = self._pause(duty, at)
            log.exception("a duty failed", duty=duty.name, again_in=pause.total_seconds())
            return False
        self.pauses.pop(duty.name, None)
        return found

    def _pause(self, duty: Duty, at: datetime) -> timedelta:
        pause = min(self.pauses.get(duty.name, timedelta(seconds=0.5)) * 2, LONGEST_PAUSE)
        self.pauses[duty.name] = pause
        self.waits_until[duty.name] = at + pause
        return pause


class Heart:
    """Writes now and then that this worker is alive."""

    def __init__(self) -> None:
        self._name = f"{socket.gethostname()}:{os.getpid()}"
        self._next: datetime | None = None

    def beat(self, at: datetime) -> bool:
        """Write the time when it is time to."""
        if self._next is None or at >= self._next:
            periodic.beat(worker=self._name, at=at)
            self._next = at + BEAT_EVERY
        return False
