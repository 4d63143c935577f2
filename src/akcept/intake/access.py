"""Who sees what came in: whose it is, who handles what comes in for everybody, and auditors."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from akcept.engine.refusals import NotAllowed, NotFound
from akcept.intake.models import Item
from akcept.people import standing
from akcept.people.askers import Asker
from akcept.people.codes import Right


def visible(*, by: Asker, at: datetime) -> Q:
    """Return the condition under which a person sees an item."""
    held = standing.rights_of(person_id=by.id, at=at)
    sees_all = held.has(Right.HANDLE_INTAKE) or held.has(Right.AUDIT)
    return Q() if sees_all else Q(holder_id=by.id)


def own_work(*, by: Asker, at: datetime) -> Q:
    """Return the condition under which an item waits for a person: theirs, or nobody's and they handle those."""
    held = standing.rights_of(person_id=by.id, at=at)
    mine = Q(holder_id=by.id)
    return mine | Q(holder_id=None) if held.has(Right.HANDLE_INTAKE) else mine


def may_handle(*, holder_id: UUID | None, by: Asker, at: datetime) -> bool:
    """Tell whether a person may say what becomes of an item; auditors only read it."""
    held = standing.rights_of(person_id=by.id, at=at)
    return holder_id == by.id or held.has(Right.HANDLE_INTAKE)


def check_handling(*, item_id: UUID, by: Asker, at: datetime) -> None:
    """Refuse who may not say what becomes of an item; to who does not see it, it does not exist."""
    row = Item.objects.filter(visible(by=by, at=at), id=item_id).first()
    if row is None:
        raise NotFound
    if not may_handle(holder_id=row.holder_id, by=by, at=at):
        raise NotAllowed
