"""Five hundred open pages: how soon all of them hear of an event, and what they cost the database and a stop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import NamedTuple
from uuid import UUID

import psycopg

from akcept.cases import services
from akcept.project import servers
from bench import life, places, web

SETTLED_SECONDS = 60
# Threads that had no reason to ask before may open a session each; what is to be seen is that pages open none.
SPARE_SESSIONS = 6
STOP_SECONDS = 6
SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"


class Heard(NamedTuple):
    """Milliseconds from a commit until a page has read of it; database sessions with few and with all pages."""

    pages: int
    median: float
    slowest_twentieth: float
    sessions_few: int
    sessions_all: int
    stop_seconds: float


class Page:
    """One open stream: when it heard of each event."""

    def __init__(self) -> None:
        self.heard: list[float] = []
        self.is_open = False

    async def listen(self, port: int, case_id: str, session: str) -> None:
        """Read until the server hangs up."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        ask = f"GET /live/?case={case_id} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}\r\n\r\n"
        writer.write(ask.encode())
        while line := await reader.readline():
            if line.startswith(b"id:"):
                self.is_open = True
            elif line.startswith(b"data:"):
                self.heard.append(time.time())
        writer.close()


def say(case_id: str) -> float:
    """Comment on a case and return when that was committed."""
    anna = life.staff().askers["anna"]
    services.comment(case_id=UUID(case_id), by=anna, text="Any news?", at=life.now())
    return time.time()


def hear(name: str, *, pages: int, events: int) -> Heard:
    """Open pages on the web processes of one server, let something happen, and stop it with all of them open."""
    with places.workers(name) as everywhere, web.serving(servers.everything, name) as server:
        ((case_id, _),) = everywhere(life.waiting, 1)[0]
        browser = web.logged_in(server.port, "/accounts/login/", login="boris@example.com")
        house = House(name, server, case_id, browser.cookies["sessionid"], [], [])

        def happen() -> float:
            return float(everywhere(say, case_id)[0])

        return asyncio.run(_watched(house, happen, pages, events))


class House(NamedTuple):
    """A server with the pages that stand open there."""

    name: str
    server: web.Served
    case_id: str
    session: str
    pages: list[Page]
    streams: list[asyncio.Task[None]]

    async def open_up_to(self, count: int) -> int:
        """Open pages until there are so many, and return how many sessions the database has then."""
        while len(self.pages) < count:
            page = Page()
            self.pages.append(page)
            listening = page.listen(self.server.port, self.case_id, self.session)
            self.streams.append(asyncio.create_task(listening))
        await _until(lambda: all(page.is_open for page in self.pages))
        # Whoever comes first wakes the hub, and is told to look at everything.
        await asyncio.sleep(1)
        with psycopg.connect(places.url_of("postgres")) as connection:
            found = connection.execute(SESSIONS, [self.name]).fetchone()
        return int(found[0]) if found else 0


async def _watched(house: House, happen: Callable[[], float], count: int, events: int) -> Heard:
    few, many = await house.open_up_to(max(1, count // 50)), await house.open_up_to(count)
    delays: list[float] = []
    for _ in range(events):
        for page in house.pages:
            page.heard.clear()
        committed = await asyncio.to_thread(happen)
        await _until(lambda: all(page.heard for page in house.pages))
        delays += [(page.heard[0] - committed) * 1000 for page in house.pages]
    stopping = time.monotonic()
    await asyncio.to_thread(house.server.stop)
    stopped = time.monotonic() - stopping
    return Heard(count, median(delays), quantiles(delays, n=20)[-1], few, many, stopped)


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(SETTLED_SECONDS):
        while not is_so():
            await asyncio.sleep(0.02)
