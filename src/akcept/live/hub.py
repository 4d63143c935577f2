"""The hub of one process: one task reads what has changed and passes it to everybody who listens here.

Listeners only look into memory. However many there are, the process keeps the same few database connections: one for
reading, one that LISTENs (PostgreSQL) while somebody is there, and one that asks who may listen.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import structlog
from django.db import DatabaseError, close_old_connections, connections

from akcept.kit import clock
from akcept.live import hints
from akcept.live.admission import Admitted
from akcept.live.news import CASE, EVERYTHING, News, Reader

Result = TypeVar("Result")
# How often the rows are looked at when no hint comes; without hints at all (SQLite) it has to be often.
SWEEP_SECONDS, POLL_SECONDS = 5.0, 0.2
# With nobody listening for so long nothing is read: people leave one page and are on the next at once.
REST_AFTER_SECONDS = 60.0
# How far back a page that was cut off can be told what it has missed.
REMEMBERED_MS, MOST_REMEMBERED = 10 * 60 * 1000, 20_000
# Clocks of several machines differ; what is told twice does no harm.
SKEW_MS = 2_000

log = structlog.get_logger("akcept.live")


def now_ms() -> int:
    """Return the moment as streams number their events."""
    return time.time_ns() // 1_000_000


@dataclass(eq=False)
class Listener:
    """One open page: what it has to be told next. What comes before it is told adds up, so nothing can pile up."""

    admitted: Admitted
    parts: set[str] = field(default_factory=set)
    number: int = 0
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, news: News) -> None:
        """Note what a change means to this page."""
        self.parts |= news.people.get(self.admitted.person_id, frozenset())
        if news.case_id is not None and news.case_id == self.admitted.case_id:
            self.parts.add(CASE)
            self.number = max(self.number, news.number)
        if self.parts:
            self.woken.set()

    def tell_all(self) -> None:
        """Have the page look at everything."""
        self.parts |= EVERYTHING if self.admitted.case_id else EVERYTHING - {CASE}
        self.woken.set()

    def take(self) -> tuple[frozenset[str], int]:
        """Return what has to be told, once."""
        parts, number = frozenset(self.parts), self.number
        self.parts.clear()
        self.number = 0
        self.woken.clear()
        return parts, number


class Hub:
    """Reads once for all listeners of a process."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._told: deque[tuple[int, News]] = deque(maxlen=MOST_REMEMBERED)
        self._remembers_since = now_ms()
        self._reading = ThreadPoolExecutor(1, "live-read")
        self._admitting = ThreadPoolExecutor(1, "live-admit")
        self._hinted = asyncio.Event()
        self._joined = asyncio.Event()
        self._left = time.monotonic()
        self._rests = True
        self._running: asyncio.Task[None] | None = None
        self._hearing: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to read; a second call changes nothing."""
        if self._running is None:
            self._remembers_since = now_ms()
            self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop reading and give the connections back."""
        tasks = [task for task in (self._running, self._hearing) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._running = self._hearing = None
        for thread in (self._reading, self._admitting):
            thread.submit(connections.close_all)
            thread.shutdown(wait=False)

    async def ask(self, question: Callable[[], Result]) -> Result:
        """Ask the database something in the thread that is kept for it."""
        return await asyncio.get_running_loop().run_in_executor(self._admitting, question)

    def join(self, admitted: Admitted, *, since: int) -> Listener:
        """Let a page listen; what has changed since a moment it is told first, everything when that is unknown."""
        listener = Listener(admitted)
        self._listeners.add(listener)
        self._joined.set()
        # Whoever wakes the hub is told everything as soon as it reads again.
        if not self._rests and since - SKEW_MS < self._remembers_since:
            listener.tell_all()
        for seen, news in reversed(self._told):
            if seen < since - SKEW_MS:
                break
            listener.tell(news)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a page."""
        self._listeners.discard(listener)
        self._left = time.monotonic()

    async def _run(self) -> None:
        pause = SWEEP_SECONDS if hints.are_given() else POLL_SECONDS
        reader: Reader | None = None
        while True:
            if self._may_rest(reader):
                reader = None
                await self._rest()
            try:
                if reader is None:
                    reader = await self._read(Reader)
                    self._lost_track()
                self._pass_on(await self._read(partial(reader.read, at=clock.now())))
            except DatabaseError as error:
                log.warning("the database does not answer", error=str(error))
            await self._next_look(pause)

    def _may_rest(self, reader: Reader | None) -> bool:
        is_over = time.monotonic() - self._left > REST_AFTER_SECONDS
        return not self._listeners and (reader is None or is_over)

    async def _rest(self) -> None:
        self._rests = True
        self._told.clear()
        self._joined.clear()
        # Or every commit would wake a process in which nobody waits for it.
        if self._hearing is not None:
            self._hearing.cancel()
        await self._joined.wait()
        if hints.are_given():
            self._hearing = asyncio.create_task(hints.listen(self._hinted))

    async def _read(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._reading, _fresh, work)

    async def _next_look(self, pause: float) -> None:
        try:
            await asyncio.wait_for(self._hinted.wait(), pause)
        except TimeoutError:
            return
        await asyncio.sleep(hints.TOGETHER_SECONDS)
        self._hinted.clear()

    def _pass_on(self, found: Iterable[News]) -> None:
        seen = now_ms()
        for news in found:
            self._told.append((seen, news))
            for listener in self._listeners:
                listener.tell(news)
        if len(self._told) == MOST_REMEMBERED:
            self._remembers_since = self._told[0][0] + 1
        while self._told and self._told[0][0] < seen - REMEMBERED_MS:
            self._told.popleft()
        self._remembers_since = max(self._remembers_since, seen - REMEMBERED_MS)

    def _lost_track(self) -> None:
        """From here on the rows are read; what came before may have been missed."""
        self._remembers_since, self._rests = now_ms(), False
        for listener in self._listeners:
            listener.tell_all()


def _fresh(work: Callable[[], Result]) -> Result:
    # A connection that the server has closed meanwhile must not fail this.
    close_old_connections()
    return work()
