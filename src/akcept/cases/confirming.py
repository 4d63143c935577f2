"""A second person stands behind a change that would benefit its author: the changes of every room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from akcept.cases import moving
from akcept.engine.refusals import NeedsSecondPerson
from akcept.journal.store import Actor
from akcept.people import access, proposals, replays, rights
from akcept.people import queries as people
from akcept.people.codes import Right
from akcept.people.models import PendingChange
from akcept.people.proposals import Handler, Proposal, Shown, Waiting
from akcept.people.store import proposals as store
from akcept.routes import access as owners
from akcept.routes import replays as routes

HANDLERS: Mapping[str, Handler] = {
    **replays.HANDLERS,
    **routes.HANDLERS,
    **moving.HANDLERS,
}


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """A change that waits, with what it is about and what would differ as of now."""

    proposal: Proposal
    shown: Shown


def waiting(*, by: Actor, at: datetime) -> tuple[WaitingChange, ...]:
    """Return what waits for a second person; to administrators and auditors."""
    access.require_looking(by=by, at=at)
    return tuple(
        WaitingChange(one, HANDLERS[one.command].show(one.arguments))
        for one in proposals.proposals(is_waiting=True)
    )


def waiting_for_routes(
    *, by: Actor, at: datetime, route_id: UUID | None = None
) -> tuple[WaitingChange, ...]:
    """Return the changes of routes, or of one of them, that wait for a second person; to whoever may look at routes."""
    owners.require_looking(by=by, at=at)
    return tuple(
        WaitingChange(one, HANDLERS[one.command].show(one.arguments))
        for one in proposals.proposals(is_waiting=True)
        if one.command in routes.HANDLERS
        and (route_id is None or route_id in routes.concerned(one.command, one.arguments))
    )


def confirmers(*, by: Actor, at: datetime) -> tuple[str, ...]:
    """Return the names of who may confirm what the reader asks for: whoever else administers."""
    others = [one for one in rights.holders(right=Right.ADMINISTER, at=at) if one != by.id]
    found = people.picks(person_ids=others)
    return tuple(found[one].name for one in others if one in found)


def settled(*, by: Actor, at: datetime) -> tuple[Proposal, ...]:
    """Return what was settled last; to administrators and auditors."""
    access.require_looking(by=by, at=at)
    return proposals.proposals(is_waiting=False, limit=20)


def confirm(*, change_id: UUID, by: Actor, at: datetime) -> None:
    """Make a change that waits, in one's own name.

    Refuses its author, whoever it benefits as well, whoever does not administer, and what the rules refuse by now.
    """
    access.require(right=Right.ADMINISTER, by=by, at=at)

    def act(row: PendingChange) -> None:
        if isinstance(HANDLERS[row.command].act(row.arguments, by, at), Waiting):
            raise NeedsSecondPerson

    store.confirm(change_id=change_id, act=act, by=by, at=at)


def decline(*, change_id: UUID, remark: str, by: Actor, at: datetime) -> None:
    """Drop a change that waits: its author withdraws it by this, whatever they may do besides."""
    if not proposals.is_of(change_id=change_id, person_id=by.id):
        access.require(right=Right.ADMINISTER, by=by, at=at)
    store.decline(change_id=change_id, remark=remark, by=by, at=at)
