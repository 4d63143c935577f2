"""What a company can set, with the value it has until somebody sets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from akcept.kit import codes, text

LANGUAGES = ("en", "ru")
Value = str | int | bool


@dataclass(frozen=True, slots=True)
class CompanySettings:
    """All settings of the company."""

    company_name: str = ""
    language: str = "en"
    base_currency: str = "RUB"
    undo_seconds: int = 10
    reminder_hours: int = 24
    request_needs_justification: bool = True
    # The third button: reject for good.
    offers_reject: bool = True
    # Where the seal of each day goes, outside of IT; empty: nowhere.
    seal_letter_to: str = ""
    # How long the link of an approver from outside works.
    outside_days: int = 7
    demo: bool = False


NAMES = tuple(field.name for field in fields(CompanySettings))


def check(name: str, value: object) -> Value:
    """Return a value fit for that setting; ValueError with a code on any other."""
    return CHECKS[name](value)


def from_rows(rows: Mapping[str, Value]) -> CompanySettings:
    """Lay what is stored over the defaults; what is no setting any more is left out."""
    return CompanySettings(**{name: value for name, value in rows.items() if name in NAMES})  # type: ignore[arg-type]


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("NOT_A_FLAG")
    return value


def _number(least: int, most: int) -> Callable[[object], int]:
    def parse(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError("NOT_A_NUMBER")
        if not least <= value <= most:
            raise ValueError("OUT_OF_RANGE")
        return value

    return parse


def _company_name(value: object) -> str:
    return text.clean_text(str(value), max_length=200)


def _address(value: object) -> str:
    address = text.clean_text(str(value), max_length=254)
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise ValueError("EMAIL_WRONG") from None
    return address


def _language(value: object) -> str:
    if value not in LANGUAGES:
        raise ValueError("UNKNOWN_LANGUAGE")
    return str(value)


def _currency(value: object) -> str:
    if value not in codes.currencies():
        raise ValueError("UNKNOWN_CURRENCY")
    return str(value)


CHECKS: Mapping[str, Callable[[object], Value]] = {
    "company_name": _company_name,
    "language": _language,
    "base_currency": _currency,
    "undo_seconds": _number(0, 60),
    "reminder_hours": _number(1, 24 * 30),
    "request_needs_justification": _flag,
    "offers_reject": _flag,
    "seal_letter_to": _address,
    "outside_days": _number(1, 60),
    "demo": _flag,
}
