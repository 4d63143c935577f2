"""Who may do what, asked both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from akcept.people.codes import Right
from akcept.people.models import Role, RoleGrant


class Everywhere(Enum):
    """More entities than could be listed."""

    ALL = "ALL"


ALL: Final = Everywhere.ALL
# A part of the company cannot be administered, nor its routes owned, and a letter that came in says of no payer that it
# is theirs: these count only when held everywhere.
UNDIVIDED = frozenset({Right.ADMINISTER, Right.OWN_ROUTES, Right.HANDLE_INTAKE})


@dataclass(frozen=True, slots=True)
class Grant:
    """The rights of one role, for one payer entity or all, in one department or all."""

    role: str
    rights: frozenset[str]
    entity_id: UUID | None
    department_id: UUID | None

    def covers(self, entity_id: UUID, department_id: UUID | None) -> bool:
        """Tell whether it counts for that entity and that department."""
        return self.entity_id in (None, entity_id) and self.department_id in (None, department_id)


@dataclass(frozen=True, slots=True)
class Rights:
    """Everything one person may do as of a moment."""

    grants: tuple[Grant, ...] = ()

    def has(
        self, right: Right, *, entity_id: UUID | None = None, department_id: UUID | None = None
    ) -> bool:
        """Tell whether the right is held at all, or for one entity.

        A grant for one department counts for an entity only where that department is named.
        """
        if right in UNDIVIDED:
            return self.entities(right) is ALL
        held = [grant for grant in self.grants if right in grant.rights]
        if entity_id is None:
            return bool(held)
        return any(grant.covers(entity_id, department_id) for grant in held)

    def entities(self, right: Right) -> frozenset[UUID] | Everywhere:
        """Return the entities for which the right is held in every department."""
        held = [grant for grant in self.grants if right in grant.rights and not grant.department_id]
        if any(grant.entity_id is None for grant in held):
            return ALL
        return frozenset(grant.entity_id for grant in held if grant.entity_id)

    def departments(self, right: Right) -> frozenset[tuple[UUID | None, UUID]]:
        """Return the pairs (entity or None for all, department) the right is limited to."""
        return frozenset(
            (grant.entity_id, grant.department_id)
            for grant in self.grants
            if right in grant.rights and grant.department_id
        )


def grants_of(*, person_ids: Iterable[UUID] | None, at: datetime) -> dict[UUID, list[Grant]]:
    """Return the grants in force of those people, or (None) of everybody who has any, in one query."""
    rows = _in_force(at) if person_ids is None else _in_force(at).filter(person_id__in=list(person_ids))  # fmt: skip
    found: dict[UUID, list[Grant]] = {}
    for person, code, held, *where in rows.order_by("id").values_list(
        "person_id", "role__code", "role__rights", "entity_id", "department_id"
    ):
        found.setdefault(person, []).append(Grant(code, frozenset(held), *where))
    return found


def holders(
    *,
    right: Right,
    at: datetime,
    entity_id: UUID | None = None,
    department_id: UUID | None = None,
) -> list[UUID]:
    """Return who holds a right at all, or for one entity, by name, in two queries."""
    roles = [role.id for role in Role.objects.all() if right in role.rights]
    found = _in_force(at).filter(role_id__in=roles)
    if right in UNDIVIDED:
        found = found.filter(entity=None, department=None)
    elif entity_id is not None:
        here = Q(department=None) | Q(department_id=department_id)
        found = found.filter(Q(entity=None) | Q(entity_id=entity_id), here)
    ordered = found.order_by("person__name", "person_id").values_list("person_id", flat=True)
    return list(dict.fromkeys(ordered))


def _in_force(at: datetime) -> QuerySet[RoleGrant]:
    running = Q(revoked_at=None) | Q(revoked_at__gt=at)
    return RoleGrant.objects.filter(running, granted_at__lte=at, person__is_active=True)
