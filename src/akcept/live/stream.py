"""The ASGI application of /live/: an endless answer that names the parts of a page which are out of date."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from akcept.kit import clock
from akcept.live.admission import Admitted, Wish, admit, session_of
from akcept.live.hub import Hub, Listener, now_ms

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = "/live/"
# Proxies close what is silent for longer.
BEAT_SECONDS = 15.0
# A session that has ended ends its streams within a minute.
ASK_AGAIN_SECONDS = 40.0
# When a server stops, its pages come back at different moments.
RETRY_MS = (2_000, 5_000)
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    # Or nginx would keep events back until a buffer is full.
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Live:
    """Answers GET /live/ and nothing else."""

    def __init__(self) -> None:
        self._hub: Hub | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection, or live through the server's life."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._running().start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._running().stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _running(self) -> Hub:
        if self._hub is None:
            self._hub = Hub()
        return self._hub

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != PATH:
            await _refuse(send, 404)
            return
        if scope["method"] != "GET":
            await _refuse(send, 405, (b"allow", b"GET"))
            return
        hub = self._running()
        hub.start()
        wish, since = _wish(scope)
        admitted = await hub.ask(partial(admit, wish, at=clock.now()))
        if admitted is None:
            await _refuse(send, 401)
            return
        await _serve(hub, wish, admitted, since, receive, send)


async def _refuse(send: Send, status: int, *headers: tuple[bytes, bytes]) -> None:
    plain = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": plain})
    await send({"type": "http.response.body", "body": b""})


def _wish(scope: Scope) -> tuple[Wish, int]:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    # The browser names the last event it got when it comes back by itself.
    since = headers.get(b"last-event-id", b"").decode("latin-1") or asked.get("since", [""])[0]
    wish = Wish(session_of(headers.get(b"cookie", b"").decode("latin-1")), _case(asked))
    return wish, int(since) if since.isascii() and since.isdigit() and len(since) < 16 else 0


def _case(asked: dict[str, list[str]]) -> UUID | None:
    try:
        return UUID(asked.get("case", [""])[0])
    except ValueError:
        return None


async def _serve(
    hub: Hub, wish: Wish, admitted: Admitted, since: int, receive: Receive, send: Send
) -> None:
    listener = hub.join(admitted, since=since)
    gone = asyncio.create_task(_until_gone(receive))
    talk = asyncio.create_task(_talk(hub, wish, listener, send))
    try:
        await asyncio.wait({gone, talk}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.leave(listener)
        for task in (gone, talk):
            task.cancel()
        await asyncio.gather(gone, talk, return_exceptions=True)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _talk(hub: Hub, wish: Wish, listener: Listener, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await _say(send, f"retry: {random.randint(*RETRY_MS)}\nid: {now_ms()}\n\n")  # noqa: S311
    asked = time.monotonic()
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(listener.woken.wait(), BEAT_SECONDS)
        if time.monotonic() - asked > ASK_AGAIN_SECONDS:
            now = await hub.ask(partial(admit, wish, at=clock.now()))
            if now is None or now.person_id != listener.admitted.person_id:
                await send({"type": "http.response.body", "body": b""})
                return
            listener.admitted, asked = now, time.monotonic()
        await _say(send, _event(listener))


def _event(listener: Listener) -> str:
    """Name what is out of date; with nothing to name it is the beat that keeps the connection open."""
    parts, number = listener.take()
    if not parts:
        return f":\nid: {now_ms()}\n\n"
    named: dict[str, object] = {"parts": sorted(parts)}
    if number:
        named |= {"case": str(listener.admitted.case_id), "number": number}
    return f"id: {now_ms()}\ndata: {json.dumps(named)}\n\n"


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
