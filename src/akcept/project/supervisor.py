"""Keep processes running until told to stop, and leave none behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

STOP_SECONDS = 8.0
# A process that dies at once is started again later and later.
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
PR_SET_PDEATHSIG = 1

log = structlog.get_logger("akcept.supervisor")


@dataclass
class Child:
    """One process and its descendants, in a process group of their own."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.5
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it; should the supervisor be killed outright, the kernel asks the child to stop."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            self.command, start_new_session=True, preexec_fn=_stop_with_parent
        )

    def look(self) -> None:
        """Start it when it is due, and when it has died clear its group and set the next start."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
        elif self.process.poll() is not None:
            self.send(signal.SIGKILL)
            lived = now - self.started
            self.pause = 0.5 if lived > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
            log.error("process died", process=self.name, code=self.process.returncode)
            self.process, self.due = None, now + self.pause

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the whole group, if any of it is left."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


def keep_running(children: Sequence[Child], *, stop: threading.Event) -> None:
    """Watch the children until `stop` is set, then end them all."""
    try:
        while not stop.is_set():
            for child in children:
                child.look()
            stop.wait(0.2)
    finally:
        _end(children)


def _end(children: Sequence[Child]) -> None:
    running = [(child, child.process) for child in children if child.process is not None]
    for _, process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child, process in running:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("process killed", process=child.name)
        child.send(signal.SIGKILL)
        process.wait()


def _stop_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_on_signals() -> threading.Event:
    """Return an event that Ctrl-C, SIGTERM or a closed terminal sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop
