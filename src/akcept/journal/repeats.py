"""A request key makes a repeat harmless: the second time it gives what came of the first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError

from akcept.engine.refusals import Refusal
from akcept.journal import in_hand, store
from akcept.journal.in_hand import Asked
from akcept.journal.models import Entry
from akcept.journal.store import Actor

Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class First:
    """The entry that the first request has left: of which chain, and what it says but for private texts."""

    chain_id: UUID
    kind: str
    data: Mapping[str, Any]


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
        entry = store.replayed(actor_id=by.id, request=request)
        if entry is None:
            raise
        return again(entry)


def noted(
    *,
    work: Callable[[], Outcome],
    again: Callable[[First], Outcome],
    by: Actor,
    request: Asked | None,
) -> Outcome:
    """Do the work once as `once` does, with the key noted on the first entry of `by` without being handed down.

    The work is one transaction, or harmless when done again.
    """
    if request is None or by.id is None:
        return work()
    keyed = in_hand.Keyed(by.id, request)

    def held() -> Outcome:
        with in_hand.holding(keyed):
            return work()

    return once(work=held, again=lambda entry: again(_first(entry)), by=by, request=request)


def _first(entry: Entry) -> First:
    return First(entry.chain_id, entry.kind, json.loads(entry.body)["data"])
