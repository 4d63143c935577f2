"""A stream ends with the session that it belongs to."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from akcept.live import stream
from live.conftest import SessionOf
from troupe import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def scope(session: str) -> dict[str, Any]:
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}".encode()
    request = {"type": "http", "method": "GET", "path": "/live/", "query_string": b""}
    return {**request, "headers": [(b"cookie", cookie)]}


def log_out(session: str) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    assert client.post("/accounts/logout/").status_code == 302
    connections.close_all()


async def heard(session: str) -> list[MutableMapping[str, Any]]:
    """Listen, log out as soon as the stream has begun, and return what was said until it ended."""
    said: list[MutableMapping[str, Any]] = []
    live = stream.Live()
    stays = asyncio.Event()

    async def receive() -> MutableMapping[str, Any]:
        await stays.wait()
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)
        if len(said) == 2:
            await asyncio.to_thread(log_out, session)

    await asyncio.wait_for(live(scope(session), receive, send), timeout=30)
    await live._running().stop()
    return said


def test_whoever_logs_out_is_told_nothing_more(
    cast: Cast, session_of: SessionOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "ASK_AGAIN_SECONDS", 0.0)
    monkeypatch.setattr(stream, "BEAT_SECONDS", 0.05)
    # The browser's loop may live in the test's own thread.
    with ThreadPoolExecutor(1) as pool:
        said = pool.submit(asyncio.run, heard(session_of("anna"))).result()
    assert said[0]["status"] == 200
    assert said[-1] == {"type": "http.response.body", "body": b""}
