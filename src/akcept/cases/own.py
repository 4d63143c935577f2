"""The fields that a document type has of its own: what a value may be, and how it is laid down to be found.

The card holds a text as it is, a date in ISO form, a number as a plain decimal, a choice by its code, a person or a
counterparty by id, a sum as {"minor", "currency"}. Files are attachments whose purpose is the field's code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from akcept.doctypes.cards import FieldCard, TypeCard
from akcept.engine.doctypes import FieldKind
from akcept.engine.money import LARGEST_MINOR
from akcept.engine.values import Json
from akcept.kit import codes, text

LONGEST = 1000
FIRST_YEAR, LAST_YEAR = 1900, 2200
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
# Numbers are found as integers, which both databases compare exactly.
SCALE = 6
FOUND_TEXT = 200


@dataclass(frozen=True, slots=True)
class Found:
    """How one value is laid down: what it is sorted and compared by, whatever database it is."""

    field: str
    text: str = ""
    number: int | None = None
    day: date | None = None
    ref: UUID | None = None

    @property
    def row(self) -> tuple[object, ...]:
        """Return it as the columns of its row."""
        return (self.field, self.text, self.number, self.day, self.ref)


def problem(field: FieldCard, value: Json, *, is_known: bool) -> str:
    """Return the code of what is wrong with a value, empty when nothing is; `is_known`: what it names exists."""
    if field.kind in (FieldKind.PERSON, FieldKind.COUNTERPARTY):
        return "" if value in (None, "") or is_known else "NOT_FOUND"
    if value in (None, ""):
        return ""
    return CHECKS[field.kind](field, value)


def cleaned(field: FieldCard, value: str) -> Json:
    """Return a value as it is kept: texts trimmed, numbers without needless zeros."""
    if field.kind is FieldKind.TEXT:
        return text.clean_text(value, max_length=LONGEST, multiline=True)
    if field.kind is not FieldKind.NUMBER or not value:
        return value
    number = Decimal(value)
    return f"{number.normalize():f}" if number else "0"


def found(type_: TypeCard, card: Mapping[str, Json]) -> list[Found]:
    """Return the values of a card's own fields, laid down to be found."""
    return [
        LAID[field.kind](field.code, value)
        for field in type_.own
        if field.kind in LAID and (value := card.get(field.code)) not in (None, "")
    ]


def words(type_: TypeCard, card: Mapping[str, Json]) -> str:
    """Return what a search looks through: texts, and choices in both languages."""
    said: list[str] = []
    for field in type_.own:
        value = card.get(field.code)
        if field.kind is FieldKind.TEXT:
            said.append(str(value or ""))
        elif option := field.option(value):
            said += [option.name_en, option.name_ru]
    return " ".join(said)


def scaled(number: str) -> int:
    """Return a plain decimal as the integer it is found by."""
    return int(Decimal(number).scaleb(SCALE))


def _text(field: FieldCard, value: Json) -> str:
    if not isinstance(value, str):
        return "NOT_A_TEXT"
    try:
        text.clean_text(value, max_length=LONGEST, multiline=True)
    except ValueError as error:
        return str(error)
    return ""


def _number(field: FieldCard, value: Json) -> str:
    return "" if isinstance(value, str) and NUMBER.fullmatch(value) else "NOT_A_NUMBER"


def _money(field: FieldCard, value: Json) -> str:
    if not isinstance(value, Mapping) or set(value) != {"minor", "currency"}:
        return "NOT_A_NUMBER"
    minor = value["minor"]
    if not isinstance(minor, int) or isinstance(minor, bool):
        return "NOT_A_NUMBER"
    if abs(minor) > LARGEST_MINOR:
        return "AMOUNT_TOO_LARGE"
    return "" if value["currency"] in codes.currencies() else "UNKNOWN_CURRENCY"


def _day(field: FieldCard, value: Json) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return "NOT_A_DATE"
    return "" if FIRST_YEAR <= day.year <= LAST_YEAR else "DATE_OUT_OF_RANGE"


def _choice(field: FieldCard, value: Json) -> str:
    """Refuse what the list never offered; a retired choice still means what it meant."""
    return "" if field.option(value) else "NOT_A_CHOICE"


def _file(field: FieldCard, value: Json) -> str:
    return "UNKNOWN_FIELD"


CHECKS: Mapping[FieldKind, Callable[[FieldCard, Json], str]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.FILE: _file,
}
LAID: Mapping[FieldKind, Callable[[str, Any], Found]] = {
    FieldKind.TEXT: lambda code, value: Found(code, text=text.fold(value)[:FOUND_TEXT]),
    FieldKind.NUMBER: lambda code, value: Found(code, number=scaled(value)),
    FieldKind.MONEY: lambda code, value: Found(code, text=value["currency"], number=value["minor"]),
    FieldKind.DATE: lambda code, value: Found(code, day=date.fromisoformat(value)),
    FieldKind.CHOICE: lambda code, value: Found(code, text=value),
    FieldKind.PERSON: lambda code, value: Found(code, ref=UUID(value)),
    FieldKind.COUNTERPARTY: lambda code, value: Found(code, ref=UUID(value)),
}
