"""The request that is being carried out, whose key stands on the first entry that its actor appends.

For what administrators do: there the work is spread over rooms, and each would only hand the key on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Asked:
    """The key of a request and a digest of what it asks for."""

    key: str
    digest: str


@dataclass(slots=True)
class Keyed:
    """Whose request, and whether an entry has its key by now."""

    actor_id: UUID
    asked: Asked
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


def note(*, actor_id: UUID | None) -> Asked | None:
    """Return what the first entry of the request's own actor is to remember of it, else nothing."""
    request = _request.get()
    if request is None or request.is_noted or request.actor_id != actor_id:
        return None
    request.is_noted = True
    return request.asked
