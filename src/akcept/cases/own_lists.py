"""The fields of a type's own in lists of its documents: what they are narrowed to, and what the rows show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, DecimalException
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from akcept.cases import naming, own, rows
from akcept.cases.cards import CaseRow
from akcept.cases.models import Case, Value
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import FieldCard, TypeCard
from akcept.engine.doctypes import FieldKind
from akcept.engine.money import digits
from akcept.engine.refusals import InvalidInput
from akcept.kit import text

LOOKUPS = {"=": "", ">=": "__gte", "<=": "__lte"}
COMPARED = re.compile(r"(\w{1,32})(>=|<=|=)(.{1,300})", re.ASCII | re.DOTALL)
SUM = re.compile(r"(-?\d{1,15}(?:\.\d{1,3})?)(?: ([A-Z]{3}))?", re.ASCII)
# Sums without a currency are compared as those of most currencies.
USUAL = "EUR"
Lookups: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """What a field of its own has to be: a part of a text, a code, an id; for numbers, sums and days also a bound."""

    field: str
    op: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}{self.op}{self.value}"


def compared(said: str) -> Compared:
    """Read `code=value`, `code>=value` or `code<=value`; refuses anything else."""
    if (found := COMPARED.fullmatch(said)) is None:
        raise InvalidInput({"own": "UNKNOWN_FIELD"})
    return Compared(*found.groups())


def condition(doctype: str, wanted: Compared) -> Q:
    """Return what narrows to it; refuses a field that the type does not have, and a value that cannot be in it."""
    types = doctypes.type_cards(only_active=False)
    field = next((one.field(wanted.field) for one in types if one.code == doctype), None)
    if field is None or field.is_core or field.kind not in READ:
        raise InvalidInput({"own": "UNKNOWN_FIELD"})
    if wanted.op != "=" and field.kind not in ORDERED:
        raise InvalidInput({"own": "UNKNOWN_FIELD"})
    try:
        lookups = READ[field.kind](field, LOOKUPS[wanted.op], wanted.value)
    except (ValueError, DecimalException):
        raise InvalidInput({"own": "WRONG_SHAPE"}) from None
    held = Value.objects.filter(case=OuterRef("pk"), field=field.code, **lookups)
    return Q(Exists(held))


def shown(page: Mapping[UUID, CaseRow], doctype: str) -> dict[UUID, CaseRow]:
    """Return the rows of one type with what its own fields hold, and names for the ids in there: two queries."""
    types = doctypes.type_cards(only_active=False)
    type_ = next((one for one in types if one.code == doctype), None)
    if type_ is None or not type_.own or not page:
        return dict(page)
    folds = Case.objects.filter(id__in=list(page)).values_list("id", "fold")
    values = {key: _held(type_, rows.unpack(fold).card) for key, fold in folds}
    names = naming.names(values.values())
    return {key: replace(row, own=values[key], names=names) for key, row in page.items()}


def _held(type_: TypeCard, card: Mapping[str, Any]) -> dict[str, Any]:
    return {
        field.code: card[field.code]
        for field in type_.own
        if field.kind in READ and card.get(field.code) not in (None, "")
    }


def _text(_field: FieldCard, _bound: str, said: str) -> Lookups:
    return {"text__contains": text.fold(said)[: own.FOUND_TEXT]}


def _choice(field: FieldCard, _bound: str, said: str) -> Lookups:
    if field.option(said) is None:
        raise ValueError("NOT_A_CHOICE")
    return {"text": said}


def _number(_field: FieldCard, bound: str, said: str) -> Lookups:
    if not own.NUMBER.fullmatch(said):
        raise ValueError("NOT_A_NUMBER")
    return {f"number{bound}": own.scaled(said)}


def _money(_field: FieldCard, bound: str, said: str) -> Lookups:
    if (found := SUM.fullmatch(said)) is None:
        raise ValueError("NOT_A_NUMBER")
    amount, currency = found[1], found[2] or ""
    minor = Decimal(amount).scaleb(digits(currency or USUAL))
    if minor != int(minor):
        raise ValueError("TOO_PRECISE")
    return {f"number{bound}": int(minor)} | ({"text": currency} if currency else {})


def _day(_field: FieldCard, bound: str, said: str) -> Lookups:
    return {f"day{bound}": date.fromisoformat(said)}


def _ref(_field: FieldCard, _bound: str, said: str) -> Lookups:
    return {"ref": UUID(said)}


ORDERED = frozenset({FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE})
READ: Mapping[FieldKind, Callable[[FieldCard, str, str], Lookups]] = {
    FieldKind.TEXT: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _day,
    FieldKind.PERSON: _ref,
    FieldKind.COUNTERPARTY: _ref,
}
