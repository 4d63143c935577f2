"""Changes that would benefit their author: kept as a proposal, done by whoever confirms it.

A room whose change can benefit its author calls `propose` instead of making it, and adds a `Handler` to
`cases.confirming`, which calls the same service again in the name of the second person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from akcept.engine.refusals import NotFound
from akcept.journal.store import Actor
from akcept.people.codes import ChangeState
from akcept.people.models import PendingChange
from akcept.people.store import proposals as store

Arguments = Mapping[str, Any]


class Change(StrEnum):
    """What of this room waits for a second person."""

    GRANT_ROLE = "GRANT_ROLE"
    SAVE_ROLE = "SAVE_ROLE"
    SET_LIMITS = "SET_LIMITS"
    SET_DEPUTY = "SET_DEPUTY"
    ALLOW_EXCEPTION = "ALLOW_EXCEPTION"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The answer of a service that has not made the change: it waits under this id."""

    id: UUID


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing as it is now and as it would be, in codes and plain values; None stands for nothing."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a proposal is about (a person or a route, by name) and what would differ."""

    subject: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Handler:
    """How a proposed change is made, and how it is shown before."""

    act: Callable[[Arguments, Actor, datetime], object]
    show: Callable[[Arguments], Shown]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change with what became of it."""

    id: UUID
    command: str
    arguments: Arguments
    author_id: UUID
    author: str
    proposed_at: datetime
    state: ChangeState
    settled_by: str
    settled_at: datetime | None
    remark: str


def propose(
    *,
    command: str,
    arguments: Mapping[str, object],
    rehearse: Callable[[], object],
    by: Actor,
    at: datetime,
) -> Waiting:
    """Keep a change until a second person confirms it.

    It is tried and taken back first, so that what could never be done is refused to its author.
    """
    return Waiting(
        store.propose(command=command, arguments=arguments, rehearse=rehearse, by=by, at=at)
    )


def waiting_count() -> int:
    """Count the changes that wait, in one query."""
    return PendingChange.objects.filter(state=ChangeState.WAITING).count()


def proposals(*, is_waiting: bool, limit: int = 50) -> tuple[Proposal, ...]:
    """Return the changes that wait, or those settled last, in one query."""
    rows = PendingChange.objects.select_related("author", "settled_by")
    state = {"state": ChangeState.WAITING.value}
    found = rows.filter(**state) if is_waiting else rows.exclude(**state)
    return tuple(_card(row) for row in found[:limit])


def proposal(*, change_id: UUID) -> Proposal:
    """Return one change, in one query; NotFound if there is none."""
    rows = PendingChange.objects.select_related("author", "settled_by")
    row = rows.filter(id=change_id).first()
    if row is None:
        raise NotFound
    return _card(row)


def is_of(*, change_id: UUID, person_id: UUID | None) -> bool:
    """Say whether somebody has asked for a change, in one query."""
    return PendingChange.objects.filter(id=change_id, author=person_id).exists()


def _card(row: PendingChange) -> Proposal:
    return Proposal(
        id=row.id,
        command=row.command,
        arguments=row.arguments,
        author_id=row.author_id,
        author=row.author.name,
        proposed_at=row.proposed_at,
        state=ChangeState(row.state),
        settled_by=row.settled_by.name if row.settled_by else "",
        settled_at=row.settled_at,
        remark=row.remark,
    )
