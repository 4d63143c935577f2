"""The org chart as the rules see it."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from akcept.engine.money import Money
from akcept.engine.org import Member, Org, Unit
from akcept.kit import sql

# Raw, because a submission waits for it: three models of everybody would cost more than the rest.
LIMITS = "SELECT person_id, doctype, amount_minor, currency FROM people_approvallimit"
MEMBERS = "SELECT id, name, manager_id, department_id, is_active, peer_id FROM people_person"
UNITS = "SELECT id, head_id, parent_id FROM people_department"


def snapshot() -> Org:
    """Return everybody and every department, frozen, in three queries."""
    limits: defaultdict[UUID, list[tuple[str, Money]]] = defaultdict(list)
    for person, doctype, minor, currency in sql.rows(LIMITS):
        limits[sql.as_uuid(person)].append((doctype, Money(minor, currency)))
    members = [
        Member(
            id=str(person := sql.as_uuid(key)),
            name=name,
            manager=_text(manager),
            department=_text(department),
            is_active=bool(is_active),
            peer=_text(peer),
            limits=tuple(sorted(limits.get(person, ()))),
        )
        for key, name, manager, department, is_active, peer in sql.rows(MEMBERS)
    ]
    units = [
        Unit(id=str(sql.as_uuid(key)), head=_text(head), parent=_text(parent))
        for key, head, parent in sql.rows(UNITS)
    ]
    return Org(
        members={member.id: member for member in members},
        units={unit.id: unit for unit in units},
    )


def _text(found: object) -> str | None:
    return None if found is None else str(sql.as_uuid(found))
