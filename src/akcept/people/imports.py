"""Departments, people and limits brought along as tables: first what would change, then all of it or nothing.

People are recognised by their e-mail, else by their full name; departments by their name. A column that is not in
the table leaves everything as it is, an empty cell empties the field.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from akcept.engine.money import Money
from akcept.people import tables
from akcept.people.fields import Value
from akcept.people.models import ApprovalLimit, Department, Person
from akcept.people.tables import DEPARTMENTS, LIMITS, PEOPLE, Cells

# Whoever is known goes by their id, whoever is new by table and line.
Key = UUID | str


class Becomes(StrEnum):
    """What becomes of a row."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    SAME = "SAME"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Change:
    """One field, as it is and as it would be, in words of the table."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table with what becomes of it."""

    table: str
    line: int
    name: str
    becomes: Becomes
    changes: tuple[Change, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything an import would do; `digest` is what was looked at, so that nothing else is done."""

    rows: tuple[Row, ...]
    digest: str

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing is wrong."""
        return not any(row.becomes is Becomes.WRONG for row in self.rows)

    @property
    def counts(self) -> Mapping[str, int]:
        """Count the rows by what becomes of them."""
        found: defaultdict[str, int] = defaultdict(int)
        for row in self.rows:
            found[row.becomes.value] += 1
        return dict(found)


@dataclass(slots=True)
class UnitPlan:
    """A department as it would be."""

    key: Key
    line: int
    name: str
    parent: Key | None
    head: Key | None
    old: Department | None
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class PersonPlan:
    """A person as they would be: own fields, and where they stand."""

    key: Key
    line: int
    own: dict[str, Value]
    places: dict[str, Key | None]
    old: Person | None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name in the table, else the one known."""
        return str(self.own.get("name") or (self.old.name if self.old else ""))


@dataclass(slots=True)
class LimitPlan:
    """One limit as it would be; None takes it away."""

    line: int
    person: Key | None
    name: str
    doctype: str
    currency: str
    minor: int | None
    old: int | None
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """Everything that would be done, with what is wrong."""

    units: list[UnitPlan] = field(default_factory=list)
    people: list[PersonPlan] = field(default_factory=list)
    limits: list[LimitPlan] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)


class Register:
    """Everybody and every department, known or in the tables, by what tables call them."""

    def __init__(self) -> None:
        self.names: dict[Key, str] = {}
        self.people = {row.id: row for row in Person.objects.order_by("id")}
        self.units = {row.id: row for row in Department.objects.order_by("id")}
        self.limits: dict[tuple[Key | None, str, str], int] = {
            (row.person_id, row.doctype, row.currency): row.amount_minor
            for row in ApprovalLimit.objects.all()
        }
        self.by_email: dict[str, Key] = {}
        self.by_name: defaultdict[str, list[Key]] = defaultdict(list)
        self.unit_by_name: defaultdict[str, list[Key]] = defaultdict(list)
        for person in self.people.values():
            self.add_person(person.id, person.name, person.email or "")
        for unit in self.units.values():
            self.add_unit(unit.id, unit.name)

    def add_person(self, key: Key, name: str, email: str) -> None:
        """Let a person be found."""
        self.names[key] = name
        self.by_name[name.casefold()].append(key)
        if email:
            self.by_email[email.lower()] = key

    def add_unit(self, key: Key, name: str) -> None:
        """Let a department be found."""
        self.names[key] = name
        self.unit_by_name[name.casefold()].append(key)

    def person(self, called: str) -> Key | None:
        """Return whom a cell names; ValueError with a code where nobody, or several."""
        if called.lower() in self.by_email:
            return self.by_email[called.lower()]
        return _only(self.by_name.get(called.casefold(), []), called, "UNKNOWN_PERSON")

    def unit(self, called: str) -> Key | None:
        """Return the department a cell names; ValueError with a code where none, or several."""
        return _only(self.unit_by_name.get(called.casefold(), []), called, "UNKNOWN_DEPARTMENT")


def _only(found: list[Key], called: str, unknown: str) -> Key | None:
    if not called:
        return None
    if len(found) != 1:
        raise ValueError("AMBIGUOUS_NAME" if found else unknown)
    return found[0]


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


def preview(found: Plan) -> Preview:
    """Return a plan as it is shown."""
    register = Register()
    for unit in found.units:
        register.names[unit.key] = unit.name
    for person in found.people:
        register.names[person.key] = person.name
    rows = [
        *found.unread,
        *(_unit_row(one, register) for one in found.units),
        *(_person_row(one, register) for one in found.people),
        *(_limit_row(one) for one in found.limits),
    ]
    return Preview(tuple(rows), hashlib.sha256(repr(rows).encode()).hexdigest())


def _read(table: str, content: bytes, made: Plan) -> list[Cells]:
    try:
        return tables.read(table, content)
    except ValueError as error:
        made.unread.append(Row(table, 1, "", Becomes.WRONG, (), (("", str(error)),)))
        return []


def _known_unit(row: Cells, register: Register) -> tuple[Key, dict[str, str]]:
    name, errors = tables.unit_name(row)
    found = register.unit_by_name.get(name.casefold(), [])
    if len(found) > 1:
        errors["name"] = "AMBIGUOUS_NAME"
    if found:
        return found[0], errors
    key = f"{DEPARTMENTS}:{row.line}"
    register.add_unit(key, name)
    return key, errors


def _known_person(row: Cells, register: Register) -> tuple[Key, dict[str, Value], dict[str, str]]:
    own, errors = tables.own_fields(row)
    email = str(own.get("email") or "")
    found = register.by_name.get(str(own.get("name", "")).casefold(), [])
    if email and email in register.by_email:
        return register.by_email[email], own, errors
    known = [one for one in found if not email or not _email(one, register)]
    if len(known) > 1:
        errors["name"] = "AMBIGUOUS_NAME"
    if known:
        return known[0], own, errors
    key = f"{PEOPLE}:{row.line}"
    register.add_person(key, str(own.get("name", "")), email)
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


def _unit_row(one: UnitPlan, register: Register) -> Row:
    old = one.old
    pairs = [
        ("name", old.name if old else "", one.name),
        (
            "parent",
            _called(old.parent_id if old else None, register),
            _called(one.parent, register),
        ),
        ("head", _called(old.head_id if old else None, register), _called(one.head, register)),
    ]
    return _row(DEPARTMENTS, one.line, one.name, pairs, one.errors, is_new=old is None)


def _person_row(one: PersonPlan, register: Register) -> Row:
    old = one.old
    pairs = [
        (name, str(getattr(old, name) or "") if old else "", str(value or ""))
        for name, value in one.own.items()
    ]
    pairs += [
        (
            name,
            _called(getattr(old, f"{name}_id") if old else None, register),
            _called(key, register),
        )
        for name, key in one.places.items()
    ]
    return _row(PEOPLE, one.line, one.name, pairs, one.errors, is_new=old is None)


def _limit_row(one: LimitPlan) -> Row:
    label = f"{one.doctype} {one.currency}".strip()
    pairs = [(label, _amount(one.old, one.currency), _amount(one.minor, one.currency))]
    return _row(LIMITS, one.line, one.name, pairs, one.errors, is_new=False)


def _row(
    table: str,
    line: int,
    name: str,
    pairs: Iterable[tuple[str, str, str]],
    errors: Mapping[str, str],
    *,
    is_new: bool,
) -> Row:
    changes = tuple(Change(label, old, new) for label, old, new in pairs if old != new)
    if errors:
        return Row(table, line, name, Becomes.WRONG, changes, tuple(errors.items()))
    becomes = Becomes.NEW if is_new else Becomes.CHANGED if changes else Becomes.SAME
    return Row(table, line, name, becomes, changes)


def _called(key: Key | None, register: Register) -> str:
    return register.names.get(key, "") if key else ""


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else str(Money(minor, currency).decimal)
