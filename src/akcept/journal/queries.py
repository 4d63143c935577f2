"""Reading the journal, with private values put back where they were."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final, Literal, TypeAlias
from uuid import UUID

from akcept.engine.values import Private
from akcept.journal import canonical
from akcept.journal.store import ActorKind
from akcept.kit import sql


class _Gone(Enum):
    REMOVED = "REMOVED"


REMOVED: Final = _Gone.REMOVED
Stored: TypeAlias = (
    "str | int | bool | Private | Literal[_Gone.REMOVED] | dict[str, Stored] | list[Stored] | None"
)
Place: TypeAlias = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class StoredActor:
    """Who acted; the name of that day, or REMOVED."""

    kind: ActorKind
    id: UUID | None
    name: str | Literal[_Gone.REMOVED]
    auth: str = ""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it was recorded; a private value is `Private`, or REMOVED once erased."""

    chain: str
    chain_id: UUID
    number: int
    kind: str
    at: datetime
    actor: StoredActor
    data: Mapping[str, Stored]


def entries(*, chain_id: UUID, after: int = 0) -> list[StoredEntry]:
    """Return the entries of a chain in their order, those after a number only."""
    found = _read("chain_id = %s AND number > %s", [chain_id, after])
    return sorted(found.values(), key=lambda entry: entry.number)


def entries_of(*, refs: Iterable[Place]) -> dict[Place, StoredEntry]:
    """Return single entries of many chains, with one query for each few thousand of them."""
    places = list(dict.fromkeys(refs))
    found: dict[Place, StoredEntry] = {}
    step = sql.MOST_VALUES // 4
    for start in range(0, len(places), step):
        part = places[start : start + step]
        listed = ", ".join(["(%s, %s)"] * len(part))
        values: list[object] = [value for place in part for value in place]
        found |= _read(f"(chain_id, number) IN (VALUES {listed})", values)
    return found


def newest(*, heads: Iterable[Place], limit: int) -> list[StoredEntry]:
    """Return the last entries of several chains together, newest first; a head is a chain with its last number."""
    refs = [
        (chain_id, number)
        for chain_id, head in heads
        for number in range(max(1, head - limit + 1), head + 1)
    ]
    found = entries_of(refs=refs).values()
    return sorted(found, key=lambda entry: (entry.at, entry.number), reverse=True)[:limit]


def _read(where: str, values: list[object]) -> dict[Place, StoredEntry]:
    bodies: list[str] = []
    kept: dict[Place, dict[str, str | None]] = {}
    # An entry has no path: every private value stands at one.
    for chain_id, number, path, value in sql.rows(
        f"SELECT chain_id, number, '', body FROM journal_entry WHERE {where}"  # noqa: S608
        f" UNION ALL SELECT chain_id, number, path, value FROM journal_privatevalue WHERE {where}",
        [*values, *values],
    ):
        if path:
            kept.setdefault((sql.as_uuid(chain_id), number), {})[path] = value
        else:
            bodies.append(value)
    read = (_entry(body, kept) for body in bodies)
    return {(entry.chain_id, entry.number): entry for entry in read}


def _entry(text: str, kept: Mapping[Place, Mapping[str, str | None]]) -> StoredEntry:
    body = json.loads(text)
    chain_id, number = UUID(body["chain_id"]), body["number"]
    private = kept.get((chain_id, number), {})
    actor = body["actor"]
    return StoredEntry(
        chain=body["chain"],
        chain_id=chain_id,
        number=number,
        kind=body["kind"],
        at=canonical.as_moment(body["at"]),
        actor=StoredActor(
            ActorKind(actor["kind"]),
            UUID(actor["id"]) if actor["id"] else None,
            _filled(actor["name"], "actor.name", private) or "",
            actor.get("auth", ""),
        ),
        data=_filled(body["data"], "data", private),
    )


def _filled(value: Any, path: str, private: Mapping[str, str | None]) -> Any:
    if isinstance(value, list):
        return [_filled(item, f"{path}.{place}", private) for place, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if canonical.MARK not in value:
        return {
            key: _filled(item, canonical.step(path, key), private) for key, item in value.items()
        }
    kept = private.get(path)
    return REMOVED if kept is None else Private(kept)
