"""The fields that every document type may use: what a value may be; nothing is looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from akcept.engine.doctypes import FieldKind
from akcept.engine.money import LARGEST_MINOR
from akcept.engine.routes import ApprovalType
from akcept.engine.values import Json
from akcept.kit import codes, text

LENGTHS = {"title": 300, "comment": 4000, "payment_purpose": 210}
LENGTH = 100
FIRST_YEAR, LAST_YEAR = 2000, 2100


def cleaned(code: str, value: str) -> str:
    """Return a text as it is kept; refuses one that is too long or has what no text has."""
    longest = LENGTHS.get(code, LENGTH)
    return text.clean_text(value, max_length=longest, multiline=code == "comment")


def problem(code: str, kind: FieldKind | None, value: Json) -> str:
    """Return the code of what is wrong with a value, empty when nothing is; `kind`: as what the type uses the field."""
    if kind is None:
        return "UNKNOWN_FIELD"
    if value is None or value == "":
        return ""
    return CHECKS.get(code, BY_KIND.get(kind, _text))(code, value)


def _text(code: str, value: Json) -> str:
    if not isinstance(value, str):
        return "NOT_A_TEXT"
    try:
        cleaned(code, value)
    except ValueError as error:
        return str(error)
    return ""


def _amount(code: str, value: Json) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return "NOT_A_NUMBER"
    if value > LARGEST_MINOR:
        return "AMOUNT_TOO_LARGE"
    return "" if value > 0 else "AMOUNT_POSITIVE"


def _day(code: str, value: Json) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return "NOT_A_DATE"
    return "" if FIRST_YEAR <= day.year <= LAST_YEAR else "DATE_OUT_OF_RANGE"


def _flag(code: str, value: Json) -> str:
    return "" if isinstance(value, bool) else "NOT_A_FLAG"


def _currency(code: str, value: Json) -> str:
    return "" if value in codes.currencies() else "UNKNOWN_CURRENCY"


def _approval_type(code: str, value: Json) -> str:
    return "" if value in set(ApprovalType) else "NOT_A_CHOICE"


def _vat(code: str, value: Json) -> str:
    if not isinstance(value, (list, tuple)) or len(value) > 20:
        return "NOT_VAT"
    return "" if all(_is_vat_line(line) for line in value) else "NOT_VAT"


def _is_vat_line(line: Json) -> bool:
    return (
        isinstance(line, Mapping)
        and set(line) == {"rate", "base", "tax"}
        and isinstance(line["rate"], str)
        and all(
            isinstance(line[part], int) and 0 <= int(str(line[part])) <= LARGEST_MINOR
            for part in ("base", "tax")
        )
    )


def _nothing(code: str, value: Json) -> str:
    return "UNKNOWN_FIELD"


Check = Callable[[str, Json], str]
CHECKS: Mapping[str, Check] = {
    "currency": _currency,
    "approval_type": _approval_type,
    "vat": _vat,
}
# Files come as attachments and planned dates on their own, never as fields of the card.
BY_KIND: Mapping[FieldKind, Check] = {
    FieldKind.MONEY: _amount,
    FieldKind.DATE: _day,
    FieldKind.FLAG: _flag,
    FieldKind.FILE: _nothing,
    FieldKind.ROWS: _nothing,
}
