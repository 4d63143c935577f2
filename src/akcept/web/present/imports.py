"""The preview of an import, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akcept.people.import_previews import Becomes, Change, Preview, Row
from akcept.people.tables import DEPARTMENTS, LIMITS, NEEDED, OPTIONAL, PEOPLE, TABLES
from akcept.web.present import written
from akcept.wording import fields

TITLES = {DEPARTMENTS: _("Departments"), PEOPLE: _("People"), LIMITS: _("Limits of approval")}
BECOMES = {
    Becomes.WRONG: _("Wrong"),
    Becomes.NEW: _("New"),
    Becomes.CHANGED: _("Changed"),
    Becomes.SAME: _("Left as it is"),
}
COLUMNS = {
    "name": _("Name"),
    "email": _("E-mail"),
    "position": _("Position"),
    "department": _("Department"),
    "manager": _("Manager"),
    "parent": _("Part of"),
    "head": _("Head"),
    "language": _("Language"),
    "time_zone": _("Time zone"),
    "person": _("Person"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "doctype": _("Document type"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be given, with what has been."""

    name: str
    title: Promise
    needed: str
    optional: str
    content: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown."""

    table: Promise
    number: int
    name: str
    changes: tuple[tuple[Promise | str, str, str], ...]
    errors: tuple[str, ...]


def tables(given: Mapping[str, bytes]) -> list[Table]:
    """Return the tables of the form."""
    return [
        Table(
            name,
            TITLES[name],
            ", ".join(NEEDED[name]),
            ", ".join(OPTIONAL[name]),
            _text(given.get(name, b"")),
        )
        for name in TABLES
    ]


def groups(preview: Preview) -> list[tuple[Becomes, Promise, list[Line]]]:
    """Return the rows by what becomes of them, wrong ones first; what stays is only counted."""
    return [
        (kind, title, [_line(row) for row in preview.rows if row.becomes is kind])
        for kind, title in BECOMES.items()
        if kind is not Becomes.SAME and any(row.becomes is kind for row in preview.rows)
    ]


def counts(preview: Preview) -> list[tuple[Promise, int]]:
    """Return how many rows there are of each sort."""
    return [(title, preview.counts.get(kind.value, 0)) for kind, title in BECOMES.items()]


def left_out(preview: Preview) -> list[tuple[Promise, list[str]]]:
    """Return the columns that no import reads, by table."""
    return [
        (title, [column for one, column in preview.left_out if one == table])
        for table, title in TITLES.items()
        if any(one == table for one, _column in preview.left_out)
    ]


def _line(row: Row) -> Line:
    changes = tuple(_change(row, one) for one in row.changes if not _is_name_of_new(row, one))
    errors = tuple(_error(row, column, code) for column, code in row.errors)
    return Line(TITLES[row.table], row.line, row.name, changes, errors)


def _is_name_of_new(row: Row, change: Change) -> bool:
    """Tell what stands above the changes already."""
    return row.becomes is Becomes.NEW and change.field == "name"


def _change(row: Row, change: Change) -> tuple[Promise | str, str, str]:
    if row.table != LIMITS:
        return _label(row, change.field), change.old, change.new
    name, currency = written.limit_label(change.field)
    old, new = (written.amount(one, currency) for one in (change.old, change.new))
    return name, old, new


def _label(row: Row, column: str) -> Promise | str:
    is_full = row.table == PEOPLE and column == "name"
    return _("Full name") if is_full else COLUMNS.get(column, column)


def _error(row: Row, column: str, code: str) -> str:
    said = fields.words(code)
    return f"{_label(row, column)}: {said}" if column else said


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")
