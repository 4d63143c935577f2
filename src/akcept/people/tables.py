"""What stands in the three tables of an import, row by row: departments, people, limits."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from akcept.engine.money import digits
from akcept.engine.refusals import InvalidInput
from akcept.kit import codes, tables, text
from akcept.people import fields
from akcept.people.fields import Value
from akcept.people.store.roles import LARGEST_LIMIT

DEPARTMENTS, PEOPLE, LIMITS = "departments", "people", "limits"
TABLES = (DEPARTMENTS, PEOPLE, LIMITS)
# Every row may take a few writes, and all of them are one transaction.
MOST_ROWS = 2000
NEEDED = {DEPARTMENTS: ("name",), PEOPLE: ("name",), LIMITS: ("person", "amount", "currency")}
OPTIONAL = {
    DEPARTMENTS: ("parent", "head"),
    PEOPLE: ("email", "position", "department", "manager", "language", "time_zone"),
    LIMITS: ("doctype",),
}
OWN = ("name", "email", "position", "language", "time_zone")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row as it was read: what a column that is not there would say is not in `said`."""

    table: str
    line: int
    said: Mapping[str, str]


def read(table: str, content: bytes) -> list[Cells]:
    """Return the rows of a table; ValueError with a code where it cannot be read at all."""
    if not content.strip():
        return []
    heading = _heading(content)
    wanted = (*NEEDED[table], *(one for one in OPTIONAL[table] if one in heading))
    rows = [Cells(table, line, row) for line, row in tables.read_csv(content, columns=wanted)]
    if len(rows) > MOST_ROWS:
        raise ValueError("TOO_MANY")
    return rows


def left_out(table: str, content: bytes) -> tuple[str, ...]:
    """Return the columns that a table has and no import reads, as a slip in a name would be."""
    if not content.strip():
        return ()
    known = {*NEEDED[table], *OPTIONAL[table]}
    return tuple(name for name in _heading(content) if name and name not in known)


def _heading(content: bytes) -> list[str]:
    first = content.decode("utf-8-sig", errors="replace").splitlines()[0]
    delimiter = next((mark for mark in tables.DELIMITERS if mark in first), ",")
    return [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter))]


def own_fields(cells: Cells) -> tuple[dict[str, Value], dict[str, str]]:
    """Return what a row says of the person alone, cleaned, and what is wrong with it."""
    said = {name: cells.said[name] for name in OWN if name in cells.said}
    # An empty language or zone says nothing.
    said = {name: value for name, value in said.items() if value or name not in ("language", "time_zone")}  # fmt: skip
    own: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for name, value in said.items():
        try:
            own |= fields.checked({name: value})
        except InvalidInput as refused:
            errors |= refused.errors
    return own, errors


def unit_name(cells: Cells) -> tuple[str, dict[str, str]]:
    """Return the name of a department, and what is wrong with it."""
    try:
        name = text.clean_text(cells.said["name"], max_length=200)
    except ValueError as error:
        return "", {"name": str(error)}
    return name, {} if name else {"name": "REQUIRED"}


def amount(cells: Cells) -> tuple[int | None, str, dict[str, str]]:
    """Return a limit in minor units (None: no limit) with its currency, and what is wrong with it."""
    currency, said = cells.said["currency"].upper(), cells.said["amount"]
    if currency not in codes.currencies():
        return None, currency, {"currency": "UNKNOWN_CURRENCY"}
    if not said:
        return None, currency, {}
    try:
        plain = "".join(said.split()).replace("\u202f", "").replace(",", ".")
        minor = Decimal(plain).scaleb(digits(currency))
    except InvalidOperation:
        return None, currency, {"amount": "NOT_A_NUMBER"}
    if not minor.is_finite() or not 0 <= minor <= LARGEST_LIMIT:
        return None, currency, {"amount": "OUT_OF_RANGE"}
    if minor != int(minor):
        return None, currency, {"amount": "TOO_PRECISE"}
    return int(minor), currency, {}
