"""The org chart as the rules see it."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from akcept.engine.money import Money
from akcept.engine.org import Member, Org, Unit
from akcept.people.models import ApprovalLimit, Department, Person

MEMBER = ("id", "name", "manager_id", "department_id", "is_active", "peer_id")


def snapshot() -> Org:
    """Return everybody and every department, frozen, in three queries."""
    limits: defaultdict[UUID, list[tuple[str, Money]]] = defaultdict(list)
    for limit in ApprovalLimit.objects.order_by("person_id", "doctype"):
        limits[limit.person_id].append((limit.doctype, Money(limit.amount_minor, limit.currency)))
    members = [
        Member(
            id=str(person_id),
            name=name,
            manager=_text(manager),
            department=_text(department),
            is_active=is_active,
            peer=_text(peer),
            limits=tuple(limits.get(person_id, ())),
        )
        for person_id, name, manager, department, is_active, peer in (
            Person.objects.order_by("id").values_list(*MEMBER)
        )
    ]
    units = [
        Unit(id=str(unit_id), head=_text(head), parent=_text(parent))
        for unit_id, head, parent in (
            Department.objects.order_by("id").values_list("id", "head_id", "parent_id")
        )
    ]
    return Org(
        members={member.id: member for member in members},
        units={unit.id: unit for unit in units},
    )


def _text(found: UUID | None) -> str | None:
    return None if found is None else str(found)
