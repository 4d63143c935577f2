"""Saved views of the registry: one's own, those shared with everybody, and the one a person begins with.

A view is an address, so it opens nothing: whoever follows it sees what they may see. Sharing one changes what
everybody is offered, so it is on the record of the company's settings; one's own views are nobody else's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from akcept.cases.models import FirstView, SavedView
from akcept.company.store import record_settings
from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound
from akcept.journal.canonical import JSON
from akcept.journal.store import Record
from akcept.kit import text
from akcept.kit.once import once
from akcept.people import standing
from akcept.people.askers import Asker
from akcept.people.codes import Right

MOST = 50
LONGEST_NAME = 80
LONGEST_QUERY = 2000
# What everybody is offered is chosen by who keeps the company's settings, or sees the documents of others.
SHARING = (Right.ADMINISTER, Right.SEE_CASES, Right.PAY)
# What a web address is made of, and nothing that could lead elsewhere.
QUERY = re.compile(r"[A-Za-z0-9_.~%&=+*-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class ViewCard:
    """A saved view as one person has it."""

    id: UUID
    name: str
    query: str
    owner: str
    is_own: bool
    is_shared: bool
    is_first: bool
    may_change: bool


@once
def views(*, by: Asker, at: datetime) -> tuple[ViewCard, ...]:
    """Return one's own views and the shared ones, by name, with two queries at most."""
    rows = SavedView.objects.filter(Q(owner=by.id) | Q(is_shared=True))
    found = list(rows.select_related("owner").order_by("name", "id"))
    if not found:
        return ()
    first = FirstView.objects.filter(person=by.id).values_list("view_id", flat=True).first()
    keeps = standing.rights_of(person_id=by.id, at=at).has(Right.ADMINISTER)
    return tuple(
        ViewCard(
            id=row.id,
            name=row.name,
            query=row.query,
            owner=row.owner.name,
            is_own=row.owner_id == by.id,
            is_shared=row.is_shared,
            is_first=row.id == first,
            may_change=row.owner_id == by.id or keeps,
        )
        for row in found
    )


def may_share(*, by: Asker, at: datetime) -> bool:
    """Tell whether a person may offer a view to everybody."""
    held = standing.rights_of(person_id=by.id, at=at)
    return any(held.has(right) for right in SHARING)


@transaction.atomic
def save(*, by: Asker, name: str, query: str, is_shared: bool, at: datetime) -> UUID:
    """Keep a view under a name; refuses a taken or empty name, no address, too many, and sharing without the right."""
    if is_shared and not may_share(by=by, at=at):
        raise NotAllowed
    if SavedView.objects.filter(owner=by.id).count() >= MOST:
        raise InvalidInput({"name": "TOO_MANY"})
    row = SavedView(owner_id=by.id, name=_name(name), query=_query(query), is_shared=is_shared)
    _write(row)
    if is_shared:
        _record("VIEW_SHARED", {"name": row.name, "query": row.query}, by, at)
    return row.id


@transaction.atomic
def change(
    *,
    view_id: UUID,
    by: Asker,
    at: datetime,
    name: str | None = None,
    query: str | None = None,
    is_shared: bool | None = None,
) -> None:
    """Rename, replace, share or take back a view; refuses who neither made it nor administers."""
    row = _own(view_id, by, at)
    before: dict[str, JSON] = {"name": row.name, "query": row.query, "is_shared": row.is_shared}
    if name is not None:
        row.name = _name(name)
    if query is not None:
        row.query = _query(query)
    if is_shared is not None:
        if is_shared and not row.is_shared and not may_share(by=by, at=at):
            raise NotAllowed
        row.is_shared = is_shared
    after: dict[str, JSON] = {"name": row.name, "query": row.query, "is_shared": row.is_shared}
    if before == after:
        return
    _write(row)
    if not row.is_shared:
        # Who began with it begins with everything again.
        FirstView.objects.filter(view=row).exclude(person=row.owner_id).delete()
    if before["is_shared"] or row.is_shared:
        changes: dict[str, JSON] = {
            code: [before[code], after[code]] for code in after if before[code] != after[code]
        }
        _record("VIEW_CHANGED", {"name": before["name"], "changes": changes}, by, at)


@transaction.atomic
def remove(*, view_id: UUID, by: Asker, at: datetime) -> None:
    """Forget a view; refuses who neither made it nor administers."""
    row = _own(view_id, by, at)
    if row.is_shared:
        _record("VIEW_REMOVED", {"name": row.name, "query": row.query}, by, at)
    row.delete()


@transaction.atomic
def begin_with(*, view_id: UUID | None, by: Asker, at: datetime) -> None:
    """Open the registry with this view from now on, or with everything again; refuses one that is not offered."""
    if view_id is None:
        FirstView.objects.filter(person=by.id).delete()
        return
    if view_id not in {view.id for view in views(by=by, at=at)}:
        raise NotFound
    FirstView.objects.update_or_create(person_id=by.id, defaults={"view_id": view_id})


def _own(view_id: UUID, by: Asker, at: datetime) -> SavedView:
    row = SavedView.objects.select_for_update().filter(id=view_id).first()
    if row is None or not (row.is_shared or row.owner_id == by.id):
        raise NotFound
    if row.owner_id != by.id and not standing.rights_of(person_id=by.id, at=at).has(
        Right.ADMINISTER
    ):
        raise NotAllowed
    return row


def _name(name: str) -> str:
    try:
        cleaned = text.clean_text(name, max_length=LONGEST_NAME)
    except ValueError as error:
        raise InvalidInput({"name": str(error)}) from None
    if not cleaned:
        raise InvalidInput({"name": "REQUIRED"})
    return cleaned


def _query(query: str) -> str:
    if len(query) > LONGEST_QUERY:
        raise InvalidInput({"query": "TOO_LONG"})
    if not QUERY.fullmatch(query):
        raise InvalidInput({"query": "WRONG_SHAPE"})
    return query


def _write(row: SavedView) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise InvalidInput({"name": "TAKEN"}) from None


def _record(kind: str, data: dict[str, JSON], by: Asker, at: datetime) -> None:
    record_settings(records=[Record(kind, data)], by=by.actor, at=at)
