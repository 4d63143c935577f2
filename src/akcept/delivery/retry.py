"""When to try again: a pure rule."""

from __future__ import annotations

from datetime import timedelta

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)


def next_try(attempts: int, *, permanent: bool) -> timedelta | None:
    """Return how long to wait after so many failed attempts; None: give up."""
    if permanent or not 1 <= attempts <= len(WAITS):
        return None
    return WAITS[attempts - 1]
