"""Who may see what is set up about people, and who may change it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from akcept.engine.refusals import NotAllowed, NotFound
from akcept.journal.store import Actor, ActorKind
from akcept.people import queries, standing
from akcept.people.cards import PersonCard
from akcept.people.codes import Right

# Those who may look at everything that is set up.
LOOKING = frozenset({Right.ADMINISTER, Right.AUDIT})


def holds(*, right: Right, by: Actor, at: datetime) -> bool:
    """Tell whether somebody has a right at all; the system itself has every right."""
    if by.kind == ActorKind.SYSTEM:
        return True
    return by.id is not None and standing.rights_of(person_id=by.id, at=at).has(right)


def require(*, right: Right, by: Actor, at: datetime) -> None:
    """Refuse whoever lacks the right."""
    if not holds(right=right, by=by, at=at):
        raise NotAllowed


def looks(*, by: Actor, at: datetime) -> bool:
    """Say whether somebody administers or audits."""
    return any(holds(right=right, by=by, at=at) for right in LOOKING)


def require_looking(*, by: Actor, at: datetime) -> None:
    """Refuse whoever neither administers nor audits."""
    if not looks(by=by, at=at):
        raise NotAllowed


def person_card(*, person_id: UUID, by: Actor, at: datetime) -> PersonCard:
    """Return everything about a person to themselves, administrators and auditors; to others it does not exist."""
    if by.id != person_id and not looks(by=by, at=at):
        raise NotFound
    return queries.person_card(person_id=person_id)
