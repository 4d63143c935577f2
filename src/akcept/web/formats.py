"""Amounts, days and moments as the reader's language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol

from babel import Locale
from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_currency, get_currency_symbol
from django.utils import timezone
from django.utils.translation import get_language

from akcept.engine.money import digits

NBSP = "\N{NO-BREAK SPACE}"
DAYS = {"en": "d MMM y", "ru": "dd.MM.y"}
MOMENTS = {"en": "d MMM y, HH:mm zzz", "ru": "dd.MM.y, HH:mm zzz"}


class Sum(Protocol):
    """What can be shown as an amount: engine.money.Money and everything alike."""

    @property
    def minor(self) -> int:
        """Return minor units."""

    @property
    def currency(self) -> str:
        """Return the ISO code."""


def locale() -> Locale:
    """Return the reader's locale, English when Babel does not know it."""
    return Locale.parse((get_language() or "en").split("-")[0])


def amount(money: Sum) -> str:
    """Write 120 000,00 ₽ for a Russian reader and RUB 120,000.00 for an English one."""
    here = locale()
    places = digits(money.currency)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    pattern = f"{pattern}{NBSP}¤" if here.language == "ru" else f"¤¤{NBSP}{pattern}"
    value = format_currency(
        Decimal(money.minor).scaleb(-places),
        money.currency,
        pattern,
        locale=here,
        currency_digits=False,
    )
    return value.replace(" ", NBSP)


def symbol(currency: str) -> str:
    """Return the sign or code that stands beside an amount of this currency."""
    here = locale()
    return get_currency_symbol(currency, here) if here.language == "ru" else currency


def day(value: date) -> str:
    """Write 21.11.2026 for a Russian reader and 21 Nov 2026 for an English one."""
    here = locale()
    at = datetime(value.year, value.month, value.day, tzinfo=UTC)
    return format_datetime(at, DAYS.get(here.language, "medium"), locale=here).replace(" ", NBSP)


def moment(value: datetime) -> str:
    """Write a moment exactly, with the zone of the reader."""
    here = locale()
    local = timezone.localtime(value)
    return format_datetime(local, MOMENTS.get(here.language, "long"), locale=here)


def ago(value: datetime, *, at: datetime) -> str:
    """Write how long before or after `at` a moment lies."""
    return format_timedelta(value - at, add_direction=True, locale=locale())


def lasted(value: datetime, *, at: datetime) -> str:
    """Write the time since a moment as a length: "3 h"."""
    return format_timedelta(at - value, format="short", locale=locale())


def initials(name: str) -> str:
    """Return up to two first letters of a name."""
    words = [word for word in name.replace(".", " ").split() if word[:1].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or "?"
