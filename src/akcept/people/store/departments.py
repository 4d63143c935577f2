"""The only writer of departments; their history stands in the chain of the settings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from akcept.company import store as company
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor, Record
from akcept.kit import text
from akcept.people.models import Department, Person
from akcept.people.store import chain


@transaction.atomic
def save(
    *,
    department_id: UUID | None,
    name: str,
    parent_id: UUID | None,
    head_id: UUID | None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Add a department (no id) or change one; refuses a department above itself, and a head from outside."""
    row = Department() if department_id is None else _existing(department_id)
    _check(row.id, parent_id, head_id)
    new = {"name": _name(name), "parent_id": parent_id, "head_id": head_id}
    changes: dict[str, JSON] = {
        field: [None if department_id is None else getattr(row, field), value]
        for field, value in new.items()
        if department_id is None or getattr(row, field) != value
    }
    if changes:
        row.name, row.parent_id, row.head_id = _name(name), parent_id, head_id
        row.save()
        kind = "DEPARTMENT_CREATED" if department_id is None else "DEPARTMENT_CHANGED"
        record = Record(kind, {"department": row.id, "changes": changes})
        company.record_settings(records=[record], by=by, at=at)
    return row.id


def _existing(department_id: UUID) -> Department:
    row = Department.objects.select_for_update().filter(id=department_id).first()
    if row is None:
        raise NotFound
    return row


def _name(name: str) -> str:
    try:
        cleaned = text.clean_text(name, max_length=200)
    except ValueError as error:
        raise InvalidInput({"name": str(error)}) from None
    if not cleaned:
        raise InvalidInput({"name": "REQUIRED"})
    return cleaned


def _check(department_id: UUID, parent_id: UUID | None, head_id: UUID | None) -> None:
    if head_id and not Person.objects.filter(id=head_id).exists():
        raise InvalidInput({"head_id": "UNKNOWN_ID"})
    if chain.is_outsider(head_id):
        raise InvalidInput({"head_id": "FROM_OUTSIDE"})
    parents = dict(Department.objects.values_list("id", "parent_id"))
    if parent_id and parent_id not in parents:
        raise InvalidInput({"parent_id": "UNKNOWN_ID"})
    above, visited = parent_id, set[UUID]()
    while above and above not in visited:
        if above == department_id:
            raise InvalidInput({"parent_id": "DEPARTMENT_LOOP"})
        visited.add(above)
        above = parents.get(above)
