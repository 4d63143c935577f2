"""Departments, people and limits brought along as tables: first what would change, then all of it or nothing.

People are recognised by their e-mail, else by their full name; departments by their name. A column that is not in
the table leaves everything as it is, an empty cell empties the field.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from akcept.people import tables
from akcept.people.fields import Value
from akcept.people.import_plans import Key, LimitPlan, PersonPlan, Plan, Register, UnitPlan
from akcept.people.tables import DEPARTMENTS, LIMITS, PEOPLE, Cells


def plan(*, files: Mapping[str, bytes], doctypes: Collection[str]) -> Plan:
    """Return what those tables would do; nothing is written."""
    made, register = Plan(), Register()
    cells = {table: _read(table, files.get(table, b""), made) for table in tables.TABLES}
    units = [(row, *_known_unit(row, register)) for row in cells[DEPARTMENTS]]
    people = [(row, *_known_person(row, register)) for row in cells[PEOPLE]]
    made.units = [_unit(row, key, errors, register) for row, key, errors in units]
    made.people = [_person(row, key, own, errors, register) for row, key, own, errors in people]
    made.limits = [_limit(row, register, doctypes) for row in cells[LIMITS]]
    _mark_repeated(made)
    _mark_loops(made, register)
    return made


def _read(table: str, content: bytes, made: Plan) -> list[Cells]:
    try:
        found = tables.read(table, content)
    except ValueError as error:
        made.unread.append((table, str(error)))
        return []
    made.left_out += ((table, column) for column in tables.left_out(table, content))
    return found


def _known_unit(row: Cells, register: Register) -> tuple[Key, dict[str, str]]:
    name, errors = tables.unit_name(row)
    found = register.unit_by_name.get(name.casefold(), [])
    if len(found) > 1:
        errors["name"] = "AMBIGUOUS_NAME"
    if found:
        return found[0], errors
    key = f"{DEPARTMENTS}:{row.line}"
    if name:
        register.add_unit(key, name)
    return key, errors


def _known_person(row: Cells, register: Register) -> tuple[Key, dict[str, Value], dict[str, str]]:
    own, errors = tables.own_fields(row)
    name, email = str(own.get("name", "")), str(own.get("email") or "")
    found = register.by_name.get(name.casefold(), [])
    if email and email in register.by_email:
        return register.by_email[email], own, errors
    known = [one for one in found if not email or not _email(one, register)]
    if len(known) > 1:
        errors["name"] = "AMBIGUOUS_NAME"
    if known:
        return known[0], own, errors
    key = f"{PEOPLE}:{row.line}"
    if name:
        register.add_person(key, name, email)
    return key, own, errors


def _email(key: Key, register: Register) -> str | None:
    """Return the address of somebody known; whoever has another one is somebody else of that name."""
    if isinstance(key, UUID):
        return register.people[key].email
    return next((email for email, one in register.by_email.items() if one == key), None)


def _unit(row: Cells, key: Key, errors: dict[str, str], register: Register) -> UnitPlan:
    old = register.units.get(key) if isinstance(key, UUID) else None
    made = UnitPlan(
        key=key,
        line=row.line,
        name=row.said["name"] or (old.name if old else ""),
        parent=old.parent_id if old else None,
        head=old.head_id if old else None,
        old=old,
        errors=errors,
    )
    if "parent" in row.said:
        made.parent = _found(register.unit, row.said["parent"], "parent", errors)
    if "head" in row.said:
        made.head = _found(register.person, row.said["head"], "head", errors)
    return made


def _person(
    row: Cells, key: Key, own: dict[str, Value], errors: dict[str, str], register: Register
) -> PersonPlan:
    places: dict[str, Key | None] = {}
    if "department" in row.said:
        places["department"] = _found(register.unit, row.said["department"], "department", errors)
    if "manager" in row.said:
        places["manager"] = _found(register.person, row.said["manager"], "manager", errors)
    old = register.people.get(key) if isinstance(key, UUID) else None
    return PersonPlan(key, row.line, own, places, old, errors)


def _found(
    find: Callable[[str], Key | None], called: str, column: str, errors: dict[str, str]
) -> Key | None:
    try:
        return find(called)
    except ValueError as error:
        errors[column] = str(error)
        return None


def _limit(row: Cells, register: Register, doctypes: Collection[str]) -> LimitPlan:
    minor, currency, errors = tables.amount(row)
    person = _found(register.person, row.said["person"], "person", errors)
    if not row.said["person"]:
        errors["person"] = "REQUIRED"
    doctype = row.said.get("doctype", "").upper()
    if doctype and doctype not in doctypes:
        errors["doctype"] = "NOT_A_CHOICE"
    old = register.limits.get((person, doctype, currency))
    name = register.names.get(person, "") if person else row.said["person"]
    return LimitPlan(row.line, person, name, doctype, currency, minor, old, errors)


def _mark_repeated(made: Plan) -> None:
    """Refuse the second row about the same thing."""
    seen: set[object] = set()
    keyed: list[tuple[object, dict[str, str], str]] = [
        *((one.key, one.errors, "name") for one in made.units),
        *((one.key, one.errors, "name") for one in made.people),
        *(((one.person, one.doctype, one.currency), one.errors, "person") for one in made.limits),
    ]
    for key, errors, column in keyed:
        if key in seen:
            errors.setdefault(column, "ROW_TWICE")
        seen.add(key)


def _mark_loops(made: Plan, register: Register) -> None:
    managers: dict[Key, Key | None] = {one.id: one.manager_id for one in register.people.values()}
    managers |= {one.key: one.places["manager"] for one in made.people if "manager" in one.places}
    for one in made.people:
        if _leads_back(one.key, managers):
            one.errors.setdefault("manager", "REPORTING_LOOP")
    parents: dict[Key, Key | None] = {one.id: one.parent_id for one in register.units.values()}
    parents |= {one.key: one.parent for one in made.units}
    for unit in made.units:
        if _leads_back(unit.key, parents):
            unit.errors.setdefault("parent", "DEPARTMENT_LOOP")


def _leads_back(key: Key, above: Mapping[Key, Key | None]) -> bool:
    seen: set[Key] = set()
    at = above.get(key)
    while at is not None and at not in seen:
        if at == key:
            return True
        seen.add(at)
        at = above.get(at)
    return False
