"""What one person may do and for whom they act, as of a moment. Every page asks for both, so they come in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from akcept.engine.money import Money
from akcept.kit import sql
from akcept.kit.once import once
from akcept.people.deputies import DAY, Deputyship, runs
from akcept.people.rights import Grant, Rights

# The first column tells which it is; each fills the columns it has.
STANDING = """
SELECT 'GRANT', g.id, g.entity_id, r.code, CAST(r.rights AS TEXT), CAST(g.department_id AS TEXT),
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM people_rolegrant g
  JOIN people_role r ON r.id = g.role_id
  JOIN people_person p ON p.id = g.person_id
 WHERE g.person_id = %s AND p.is_active
   AND g.granted_at <= %s AND (g.revoked_at IS NULL OR g.revoked_at > %s)
UNION ALL
SELECT 'DEPUTY', d.id, d.entity_id, a.time_zone, d.doctype, CAST(d.absentee_id AS TEXT),
       a.name, d.deputy_id, p.name, CAST(d.starts_on AS TEXT), CAST(d.ends_on AS TEXT), d.position,
       d.limit_minor, d.limit_currency, d.order_number, CAST(d.order_date AS TEXT), d.reason
  FROM people_deputy d
  JOIN people_person a ON a.id = d.absentee_id
  JOIN people_person p ON p.id = d.deputy_id
 WHERE d.deputy_id = %s AND p.is_active AND d.cancelled_at IS NULL
   AND d.starts_on <= %s AND d.ends_on >= %s
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything one person may do, for themselves and in whose place."""

    rights: Rights
    acting_for: tuple[Deputyship, ...]


def rights_of(*, person_id: UUID, at: datetime) -> Rights:
    """Return what a person may do; nothing for somebody deactivated."""
    return standing(person_id=person_id, at=at).rights


def deputised_by(*, person_id: UUID, at: datetime) -> tuple[Deputyship, ...]:
    """Return for whom a person acts now."""
    return standing(person_id=person_id, at=at).acting_for


@once
def standing(*, person_id: UUID, at: datetime) -> Standing:
    """Return both, in one query."""
    near = ((at + DAY).date(), (at - DAY).date())
    granted: list[tuple[UUID, Grant]] = []
    acting_for: list[Deputyship] = []
    for kind, key, entity, *row in sql.rows(STANDING, [person_id, at, at, person_id, *near]):
        if kind == "GRANT":
            granted.append((sql.as_uuid(key), _grant(_id(entity), row)))
        else:
            time_zone, *told = row
            deputyship = _deputyship(sql.as_uuid(key), _id(entity), told)
            if runs(deputyship.starts_on, deputyship.ends_on, time_zone, at):
                acting_for.append(deputyship)
    grants = (grant for _, grant in sorted(granted, key=lambda found: found[0]))
    acting_for.sort(key=lambda found: (found.position, found.starts_on, found.id))
    return Standing(Rights(tuple(grants)), tuple(acting_for))


def _grant(entity: UUID | None, row: Sequence[Any]) -> Grant:
    code, rights, department, *_ = row
    return Grant(code, frozenset(json.loads(rights)), entity, _id(department))


def _deputyship(key: UUID, entity: UUID | None, row: Sequence[Any]) -> Deputyship:
    doctype, absentee, name, deputy, deputy_name, starts_on, ends_on, *terms = row
    position, minor, currency, order_number, order_date, reason = terms
    return Deputyship(
        id=key,
        absentee_id=sql.as_uuid(absentee),
        absentee_name=name,
        deputy_id=sql.as_uuid(deputy),
        deputy_name=deputy_name,
        starts_on=date.fromisoformat(starts_on),
        ends_on=date.fromisoformat(ends_on),
        entity_id=entity,
        doctype=doctype,
        position=position,
        limit=None if minor is None else Money(minor, currency),
        order_number=order_number,
        order_date=date.fromisoformat(order_date) if order_date else None,
        reason=reason,
    )


def _id(value: object) -> UUID | None:
    return sql.as_uuid(value) if value else None
