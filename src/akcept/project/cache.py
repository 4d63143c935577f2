"""The cache in the database, which holds how often somebody has tried to log in."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache

LOCK = ":lock"
# Whole seconds are compared: it is over one to two seconds after it was taken.
LOCK_SECONDS = 1


class Cache(DatabaseCache):
    """Django's, in which no lock of allauth's outlives for long the process that was killed while it held one.

    What is done under it are two short statements. At worst a try is not counted; with allauth's ten seconds everybody
    behind the same address would be told for so long that they had tried too often.
    """

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Set a value where there is none; a lock not for longer than it takes to start another process."""
        seconds = LOCK_SECONDS if key.endswith(LOCK) else timeout
        return super().add(key, value, seconds, version)
