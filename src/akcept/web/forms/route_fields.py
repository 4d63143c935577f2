"""The fields that conditions of a route read, each with its comparisons and what there is to choose from."""

from __future__ import annotations

from collections import defaultdict
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
OWN_KINDS = {
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.MONEY: Kind.NUMBER,
    FieldKind.FLAG: Kind.FLAG,
    FieldKind.COUNTERPARTY: Kind.PARTY,
}
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
    """Yield the fields that document types have of their own; one that several have offers the choices of all."""
    offered = dict(own_options())
    for card in doctypes.type_cards():
        for row in card.used:
            if not row.is_core and row.kind not in (FieldKind.ROWS, FieldKind.FILE):
                rows = list(offered.get(row.code, {}).items())
                kind = OWN_KINDS.get(row.kind, Kind.TEXT)
                yield _readable(row.code, Kind.CHOICE if rows else kind, rows)


def own_options(*, with_retired: bool = False) -> dict[str, dict[str, str]]:
    """Return what the own lists of fields offer: by field, the name of each choice."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for card in doctypes.type_cards(only_active=not with_retired):
        for row in card.fields if with_retired else card.used:
            for one in row.options:
                if with_retired or not one.is_retired:
                    found[row.code].setdefault(one.code, wording.name(one))
    return found


def own_parties() -> list[str]:
    """Return the fields of a type's own that hold a counterparty."""
    cards = doctypes.type_cards(only_active=False)
    return [row.code for card in cards for row in card.own if row.kind is FieldKind.COUNTERPARTY]


def role_choices() -> Choices:
    """Return the roles by their names."""
    return [(row.code, wording.name(row)) for row in people.roles()]
