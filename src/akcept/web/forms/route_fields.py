"""The fields that conditions of a route read, each with its comparisons and what there is to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.engine.doctypes import FieldKind
from akcept.engine.routes import FLAGS, ApprovalType, Op
from akcept.parties import queries as parties
from akcept.people import queries as people
from akcept.web import choices
from akcept.wording import approvals, documents
from akcept.wording import routes as wording

Choices = list[tuple[str, str]]


class Kind(StrEnum):
    """What sort of values a condition compares with."""

    AMOUNT = "AMOUNT"
    NUMBER = "NUMBER"
    CHOICE = "CHOICE"
    PARTY = "PARTY"
    TEXT = "TEXT"
    FLAG = "FLAG"


OPS: dict[Kind, tuple[Op, ...]] = {
    Kind.AMOUNT: (Op.AT_LEAST, Op.BELOW),
    Kind.NUMBER: (Op.AT_LEAST, Op.BELOW, Op.MISSING, Op.PRESENT),
    Kind.CHOICE: (Op.IN, Op.NOT_IN, Op.MISSING, Op.PRESENT),
    Kind.PARTY: (Op.IN, Op.NOT_IN, Op.MISSING, Op.PRESENT),
    Kind.TEXT: (Op.MISSING, Op.PRESENT),
    Kind.FLAG: (Op.IS_SET, Op.MISSING),
}
NUMBERS = (FieldKind.NUMBER, FieldKind.MONEY)
DICTIONARIES = {"category": "CATEGORY", "cost_centre": "COST_CENTRE", "project": "PROJECT"}


@dataclass(frozen=True, slots=True)
class Readable:
    """A field that conditions may read."""

    code: str
    label: str
    kind: Kind
    choices: Choices = field(default_factory=list)

    @property
    def ops(self) -> tuple[Op, ...]:
        """Return the ways it may be compared."""
        return OPS[self.kind]


def catalogue() -> dict[str, Readable]:
    """Return every field that conditions may read, the usual ones first."""
    offered = {
        "doctype": [(card.code, documents.name(card)) for card in doctypes.type_cards()],
        "approval_type": [(kind.value, approvals.words(kind)) for kind in ApprovalType],
        "entity": [(str(row.id), row.fields.short_name) for row in company.entities()],
        "currency": [(code, str(label)) for code, label in choices.currencies()[:12]],
        "counterparty_group": [(name, name) for name in parties.groups()],
        "department": [(str(row.id), row.name) for row in people.departments()],
        **{
            code: [(str(row.id), row.name) for row in doctypes.dictionary(name=name)]
            for code, name in DICTIONARIES.items()
        },
    }
    usual = [
        _readable("amount", Kind.AMOUNT),
        *(_readable(code, Kind.CHOICE, rows) for code, rows in offered.items()),
        _readable("counterparty", Kind.PARTY),
        _readable("contract", Kind.TEXT),
        *(_readable(code, Kind.FLAG) for code in FLAGS),
    ]
    found = {row.code: row for row in usual}
    return found | {row.code: row for row in _own() if row.code not in found}


def _readable(code: str, kind: Kind, rows: Choices | None = None) -> Readable:
    return Readable(code, wording.field(code), kind, rows or [])


def _own() -> Iterable[Readable]:
    """Yield the fields that document types have of their own."""
    for card in doctypes.type_cards():
        for row in card.fields:
            if row.is_core or row.kind in (FieldKind.ROWS, FieldKind.FILE):
                continue
            kind = Kind.NUMBER if row.kind in NUMBERS else Kind.TEXT
            yield _readable(row.code, Kind.FLAG if row.kind is FieldKind.FLAG else kind)


def role_choices() -> Choices:
    """Return the roles by their names."""
    return [(row.code, wording.name(row)) for row in people.roles()]
