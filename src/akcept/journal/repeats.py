"""A request key makes a repeat harmless: the second time it gives what came of the first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import IntegrityError

from akcept.engine.refusals import Refusal
from akcept.journal import store
from akcept.journal.models import Entry
from akcept.journal.store import Actor

Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Asked:
    """The key of a request and a digest of what it asks for."""

    key: str
    digest: str


def asked(*, key: str | None, said: Sequence[object]) -> Asked | None:
    """Return what to remember of a request that has a key; `said` is all that it asks for."""
    if key is None:
        return None
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return Asked(key, hashlib.sha256(text.encode()).hexdigest())


def once(
    *,
    work: Callable[[], Outcome],
    again: Callable[[Entry], Outcome],
    by: Actor,
    request: Asked | None,
) -> Outcome:
    """Do the work, which opens its own transaction; where the key was used before, answer with `again` instead.

    Refuses a key that was used for another request.
    """
    try:
        return work()
    except (Refusal, IntegrityError):
        if request is None or by.id is None:
            raise
        entry = store.replayed(actor_id=by.id, key=request.key, request_hash=request.digest)
        if entry is None:
            raise
        return again(entry)
