"""Hints from PostgreSQL that something was committed. They may get lost: whoever waits for one looks by themselves, too."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import structlog
from django.db import connection

from akcept.kit.sql import CHANNEL

AGAIN_SECONDS = 5.0
# What comes within so long is read together, so that reading costs no more however much is decided.
TOGETHER_SECONDS = 0.1
# What Django's wrapper adds for its own cursors.
NOT_OURS = frozenset({"cursor_factory", "context", "prepare_threshold"})

log = structlog.get_logger("akcept.live")


def are_given() -> bool:
    """Tell whether this database gives hints."""
    return connection.vendor == "postgresql"


async def listen(hinted: asyncio.Event) -> None:
    """Set the event at every hint, over a connection of its own that is made again when it breaks."""
    while True:
        try:
            await _listen(hinted)
        except psycopg.Error as error:
            log.warning("no hints from the database", error=str(error))
        await asyncio.sleep(AGAIN_SECONDS)


async def _listen(hinted: asyncio.Event) -> None:
    given: dict[str, Any] = connection.get_connection_params()
    params = {name: value for name, value in given.items() if name not in NOT_OURS}
    async with await psycopg.AsyncConnection.connect(**params, autocommit=True) as listening:
        await listening.execute(f"LISTEN {CHANNEL}")
        while True:
            # At first, too: what was committed before is not hinted at.
            hinted.set()
            # What comes meanwhile wakes nobody, however much is decided, and is taken together afterwards.
            await asyncio.sleep(TOGETHER_SECONDS)
            async for _ in listening.notifies(stop_after=1):
                pass
