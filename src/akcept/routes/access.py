"""Who may look at routes, and who may change them."""

from __future__ import annotations

from datetime import datetime

from akcept.engine.refusals import NotAllowed
from akcept.journal.store import Actor
from akcept.people.access import holds
from akcept.people.codes import Right

OWNING = (Right.OWN_ROUTES, Right.ADMINISTER)
LOOKING = (*OWNING, Right.AUDIT)


def owns(*, by: Actor, at: datetime) -> bool:
    """Tell whether somebody may change routes."""
    return any(holds(right=right, by=by, at=at) for right in OWNING)


def require_owner(*, by: Actor, at: datetime) -> None:
    """Refuse whoever neither owns routes nor administers."""
    if not owns(by=by, at=at):
        raise NotAllowed


def require_looking(*, by: Actor, at: datetime) -> None:
    """Refuse whoever neither owns routes nor administers nor audits."""
    if not any(holds(right=right, by=by, at=at) for right in LOOKING):
        raise NotAllowed
