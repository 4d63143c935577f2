"""What rooms hand on as codes and plain numbers (amounts, limits, days), as the reader writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from akcept.engine.money import Money, digits
from akcept.web.forms.people import document_types
from akcept.wording import dates, money

BETWEEN_DAYS, BETWEEN_LIMITS, BETWEEN_SCOPES = " – ", ", ", " · "


def amount(said: str, currency: str) -> str:
    """Write an amount in major units; nothing stays nothing."""
    if not said:
        return said
    return money.amount(Money(int(Decimal(said).scaleb(digits(currency))), currency))


def limits(said: str) -> str:
    """Write `300000.00 RUB, CONTRACT: 5000.00 EUR`."""
    names = _types()
    return "; ".join(_limit(one, names) for one in said.split(BETWEEN_LIMITS))


def limit_by_order(said: str) -> str:
    """Write `300000.00 RUB, 17-k`: a limit with the number of the order that grants it."""
    number, _, order = said.partition(BETWEEN_LIMITS)
    return f"{amount(*number.split(' '))}, {order}"


def days(said: str) -> str:
    """Write `2026-11-25 – 2026-11-26`."""
    return BETWEEN_DAYS.join(dates.day(date.fromisoformat(one)) for one in said.split(BETWEEN_DAYS))


def scope(said: str) -> str:
    """Write `Velmira · CONTRACT`: a payer, a document type, or both."""
    names = _types()
    return BETWEEN_SCOPES.join(names.get(one, one) for one in said.split(BETWEEN_SCOPES))


def limit_label(said: str) -> tuple[str, str]:
    """Return the document type and the currency of `CONTRACT EUR`, or of `EUR` alone: for all types."""
    *code, currency = said.split(" ")
    return _types().get("".join(code), said), currency


def _limit(said: str, names: Mapping[str, str]) -> str:
    code, _, number = said.rpartition(": ")
    written = amount(*number.split(" "))
    return f"{names.get(code, code)}: {written}" if code else written


def _types() -> dict[str, str]:
    return {code: str(name) for code, name in document_types()}
