"""Carrying out an import: everything in one transaction, each change an entry of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from akcept.company import queries
from akcept.company import store as company
from akcept.engine.refusals import ImportChanged, InvalidInput
from akcept.journal.store import Actor
from akcept.people import access, import_previews, imports, services
from akcept.people.codes import Right
from akcept.people.fields import Limit, PersonFields
from akcept.people.import_plans import Key, LimitPlan, PersonPlan, Plan, UnitPlan
from akcept.people.import_previews import Becomes, Preview
from akcept.people.models import ApprovalLimit, Department, Person

Planned = TypeVar("Planned", UnitPlan, PersonPlan)


def preview_import(
    *, files: Mapping[str, bytes], doctypes: Collection[str], by: Actor, at: datetime
) -> Preview:
    """Return what an import would change; nothing is written. Refuses whoever does not administer."""
    access.require(right=Right.ADMINISTER, by=by, at=at)
    return import_previews.preview(imports.plan(files=files, doctypes=doctypes))


@transaction.atomic
def import_org(
    *,
    files: Mapping[str, bytes],
    doctypes: Collection[str],
    seen: str,
    by: Actor,
    at: datetime,
) -> Preview:
    """Do what the preview has shown (`seen` is its digest), all of it, and return it.

    One's own limits wait for a second person. Refuses whoever does not administer, tables with errors, and a company
    that has changed since the preview.
    """
    access.require(right=Right.ADMINISTER, by=by, at=at)
    # Nobody else sets anything up between the plan and its end.
    company.lock_settings()
    plan = imports.plan(files=files, doctypes=doctypes)
    shown = import_previews.preview(plan)
    if not shown.is_clean:
        raise InvalidInput({"files": "IMPORT_HAS_ERRORS"})
    if shown.digest != seen:
        raise ImportChanged
    if not all(row.becomes is Becomes.SAME for row in shown.rows):
        _carry_out(plan, by, at)
    return shown


def _carry_out(plan: Plan, by: Actor, at: datetime) -> None:
    ids: dict[Key, UUID] = {}
    entities = queries.entities()
    usual: dict[str, object] = {"language": queries.settings_of().language}
    usual |= {"time_zone": entities[0].fields.time_zone} if entities else {}

    def real(key: Key | None) -> UUID | None:
        return key if key is None or isinstance(key, UUID) else ids[key]

    parents: dict[Key, Key | None] = dict(Department.objects.values_list("id", "parent_id"))
    units = _top_first(plan.units, parents | {one.key: one.parent for one in plan.units})
    for unit in units:
        if unit.old is None:
            ids[unit.key] = services.save_department(
                department_id=None, name=unit.name, parent_id=real(unit.parent), head_id=None, by=by, at=at
            )  # fmt: skip
    managers: dict[Key, Key | None] = dict(Person.objects.values_list("id", "manager_id"))
    managers |= {one.key: one.places["manager"] for one in plan.people if "manager" in one.places}
    for person in _top_first(plan.people, managers):
        places = {f"{name}_id": real(key) for name, key in person.places.items()}
        said = {**person.own, **places}
        if isinstance(person.key, UUID):
            services.change_person(person_id=person.key, changes=said, by=by, at=at)
        else:
            fields = PersonFields(**usual | said)  # type: ignore[arg-type]  # checked when they were read
            ids[person.key] = services.create_person(person=fields, by=by, at=at)
    for unit in units:
        services.save_department(
            department_id=real(unit.key),
            name=unit.name,
            parent_id=real(unit.parent),
            head_id=real(unit.head),
            by=by,
            at=at,
        )
    for person_id, limits in _limits(plan.limits, ids).items():
        services.set_limits(person_id=person_id, limits=limits, by=by, at=at)


def _top_first(rows: list[Planned], above: Mapping[Key, Key | None]) -> list[Planned]:
    """Order rows so that nobody is placed under somebody whose own place is still the old one."""

    def depth(key: Key) -> int:
        steps, at = 0, above.get(key)
        while at is not None:
            steps, at = steps + 1, above.get(at)
        return steps

    return sorted(rows, key=lambda row: (depth(row.key), row.line))


def _limits(rows: list[LimitPlan], ids: Mapping[Key, UUID]) -> dict[UUID, list[Limit]]:
    """Return the limits of everybody named, those in the table and those left alone."""
    people = {row.person: ids.get(row.person) for row in rows if isinstance(row.person, str)}
    known = {row.person: row.person for row in rows if isinstance(row.person, UUID)}
    stated: defaultdict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    for limit in ApprovalLimit.objects.filter(person_id__in=known):
        stated[limit.person_id][limit.doctype, limit.currency] = limit.amount_minor
    for row in rows:
        person = known.get(row.person) or people.get(row.person)  # type: ignore[arg-type]
        assert person is not None, "a limit of nobody is an error of its row"
        if row.minor is None:
            stated[person].pop((row.doctype, row.currency), None)
        else:
            stated[person][row.doctype, row.currency] = row.minor
    return {
        person: [Limit(minor, currency, doctype) for (doctype, currency), minor in found.items()]
        for person, found in stated.items()
    }
