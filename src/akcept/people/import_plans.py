"""What an import would do to departments, people and limits, and how a table names them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from akcept.people.codes import PersonKind
from akcept.people.fields import Value
from akcept.people.models import ApprovalLimit, Department, Person

# Whoever is known goes by their id, whoever is new by table and line.
Key = UUID | str


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
    # Tables that cannot be read at all, with the code of what is wrong.
    unread: list[tuple[str, str]] = field(default_factory=list)
    # Columns that no import reads, with their table.
    left_out: list[tuple[str, str]] = field(default_factory=list)


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
        """Return whom of the company a cell names; ValueError with a code where nobody, or several."""
        key = self.by_email.get(called.lower()) if called else None
        if key is None:
            key = _only(self.by_name.get(called.casefold(), []), called, "UNKNOWN_PERSON")
        if isinstance(key, UUID) and self.people[key].kind == PersonKind.EXTERNAL:
            raise ValueError("FROM_OUTSIDE")
        return key

    def unit(self, called: str) -> Key | None:
        """Return the department a cell names; ValueError with a code where none, or several."""
        return _only(self.unit_by_name.get(called.casefold(), []), called, "UNKNOWN_DEPARTMENT")


def _only(found: list[Key], called: str, unknown: str) -> Key | None:
    if not called:
        return None
    if len(found) != 1:
        raise ValueError("AMBIGUOUS_NAME" if found else unknown)
    return found[0]
