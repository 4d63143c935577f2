"""A request key makes a repeat harmless: the second time it gives what came of the first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from akcept.engine.refusals import Refusal
from akcept.journal import store as journal
from akcept.journal.store import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """The key of a request and a digest of what it asks for."""

    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class First:
    """What the first request with a key has recorded: the counterparty, and the data of its entry."""

    counterparty_id: UUID
    data: Mapping[str, Any]


def asked(*, key: str | None, verb: str, fields: Mapping[str, object]) -> Asked | None:
    """Return what to remember of a request that has a key."""
    if key is None:
        return None
    text = json.dumps([verb, fields], sort_keys=True, ensure_ascii=False, default=str)
    return Asked(key, hashlib.sha256(text.encode()).hexdigest())


def once(
    *, work: Callable[[], UUID], again: Callable[[First], UUID], by: Actor, request: Asked | None
) -> UUID:
    """Do the work; where its key was used before, answer with `again` instead.

    Refuses a key that was used for another request.
    """
    try:
        return work()
    except (Refusal, IntegrityError):
        if request is None or by.id is None:
            raise
        entry = journal.replayed(actor_id=by.id, key=request.key, request_hash=request.request_hash)
        if entry is None:
            raise
        return again(First(entry.chain_id, json.loads(entry.body)["data"]))
