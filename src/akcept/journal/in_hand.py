"""The request that is being carried out, whose key stands on the first entry that its actor appends.

For what administrators do: there the work is spread over rooms, and each would only hand the key on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(slots=True)
class Keyed:
    """Whose request, its key and a digest of what it asks for, and whether an entry has them by now."""

    actor_id: UUID
    key: str
    digest: str
    is_noted: bool = False


_request: ContextVar[Keyed | None] = ContextVar("request", default=None)


@contextmanager
def holding(request: Keyed | None) -> Iterator[None]:
    """Let what is appended now belong to a request; None: to none, as what is only rehearsed."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def note(*, actor_id: UUID | None) -> tuple[str | None, str | None]:
    """Return key and digest for the first entry of the request's own actor, else nothing."""
    request = _request.get()
    if request is None or request.is_noted or request.actor_id != actor_id:
        return None, None
    request.is_noted = True
    return request.key, request.digest
