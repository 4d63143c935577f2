"""An import as it is shown before it is done: each row with what becomes of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from akcept.engine.money import Money
from akcept.people.import_plans import Key, LimitPlan, PersonPlan, Plan, Register, UnitPlan
from akcept.people.tables import DEPARTMENTS, LIMITS, PEOPLE


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
    """Everything an import would do; `digest` is what was looked at, so that nothing else is done.

    `left_out` are tables with columns of theirs that no import reads.
    """

    rows: tuple[Row, ...]
    digest: str
    left_out: tuple[tuple[str, str], ...]

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


def preview(found: Plan) -> Preview:
    """Return a plan as it is shown."""
    register = Register()
    for unit in found.units:
        register.names[unit.key] = unit.name
    for person in found.people:
        register.names[person.key] = person.name
    rows = [
        *(Row(table, 1, "", Becomes.WRONG, (), (("", code),)) for table, code in found.unread),
        *(_unit_row(one, register) for one in found.units),
        *(_person_row(one, register) for one in found.people),
        *(_limit_row(one) for one in found.limits),
    ]
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    return Preview(tuple(rows), digest, tuple(found.left_out))


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
