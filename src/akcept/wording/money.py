"""Amounts and account numbers as the reader's language writes them."""

from __future__ import annotations

from babel.numbers import format_currency, format_decimal

from akcept.engine.money import Money, digits
from akcept.wording.dates import NBSP, locale


def amount(money: Money) -> str:
    """Write 120 000,00 ₽ for a Russian reader and RUB 120,000.00 for an English one."""
    here = locale()
    number = _pattern(money)
    pattern = f"{number}{NBSP}¤" if here.language == "ru" else f"¤¤{NBSP}{number}"
    written = format_currency(
        money.decimal, money.currency, pattern, locale=here, currency_digits=False
    )
    return written.replace(" ", NBSP)


def plain(money: Money) -> str:
    """Write the amount alone, where its currency stands beside it already."""
    written = format_decimal(money.decimal, _pattern(money), locale=locale())
    return written.replace(" ", NBSP)


def _pattern(money: Money) -> str:
    places = digits(money.currency)
    return "#,##0" + ("." + "0" * places if places else "")
