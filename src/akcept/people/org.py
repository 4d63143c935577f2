"""The org chart as the rules see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from akcept.engine.money import Money
from akcept.engine.org import Member, Org, Unit
from akcept.kit import sql
from akcept.people.codes import PersonKind
from akcept.people.models import Department, Person

# Raw, because a submission waits for it: three models of everybody would cost more than the rest.
# One row each, told apart by the first column; ids as text, which both databases can unite.
CHART = sql.Question(
    """
SELECT 'MEMBER', CAST(id AS TEXT), name, CAST(manager_id AS TEXT), CAST(department_id AS TEXT),
       CASE WHEN is_active THEN kind ELSE '' END, CAST(peer_id AS TEXT)
  FROM people_person
UNION ALL
SELECT 'UNIT', CAST(id AS TEXT), '', CAST(head_id AS TEXT), CAST(parent_id AS TEXT), '', NULL
  FROM people_department
UNION ALL
SELECT 'LIMIT', CAST(person_id AS TEXT), doctype, CAST(amount_minor AS TEXT), currency, '', NULL
  FROM people_approvallimit
""",
    width=7,
)


def snapshot() -> Org:
    """Return everybody and every department, frozen, in one query."""
    return charted(sql.rows(CHART.text))


def charted(rows: Iterable[tuple[str, ...]]) -> Org:
    """Return the chart that rows of `CHART` say."""
    chart: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for kind, *row in rows:
        chart[kind].append(tuple(row))
    limits: defaultdict[str, list[tuple[str, Money]]] = defaultdict(list)
    for person, doctype, minor, currency, *_ in chart["LIMIT"]:
        limits[person].append((doctype, Money(int(minor), currency)))
    members = [
        Member(
            id=sql.as_id(key),
            name=name,
            manager=_text(manager),
            department=_text(department),
            is_active=bool(active),
            peer=_text(peer),
            limits=tuple(sorted(limits.get(key, ()))),
            is_outside=active == PersonKind.EXTERNAL,
        )
        for key, name, manager, department, active, peer in chart["MEMBER"]
    ]
    units = [
        Unit(id=sql.as_id(key), head=_text(head), parent=_text(parent))
        for key, _, head, parent, *_ in chart["UNIT"]
    ]
    return Org(
        members={member.id: member for member in members},
        units={unit.id: unit for unit in units},
    )


def _text(found: str | None) -> str | None:
    return None if found is None else sql.as_id(found)


def units_of(*, person_id: UUID) -> frozenset[UUID]:
    """Return the department of a person with all above it, in two queries."""
    parents = dict(Department.objects.values_list("id", "parent_id"))
    unit = Person.objects.filter(id=person_id).values_list("department_id", flat=True).first()
    found: set[UUID] = set()
    while unit is not None and unit not in found:
        found.add(unit)
        unit = parents.get(unit)
    return frozenset(found)
