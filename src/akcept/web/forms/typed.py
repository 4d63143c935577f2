"""Amounts and days as people type them; ValueError carries the code of what is wrong."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from akcept.engine.money import LARGEST_MINOR, Money, digits
from akcept.wording.documents import is_russian

NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*[.,]?")
FIRST_YEAR, LAST_YEAR = 2000, 2100
RUSSIAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


def amount(text: str, currency: str) -> int:
    """Return minor units of "120 000,00", "120,000.00" or "120000".

    Refuses what is no number, is not above zero, is absurdly large, or has more digits than the currency.
    """
    minor = signed(text, currency)
    if minor <= 0:
        raise ValueError("AMOUNT_POSITIVE")
    if minor > LARGEST_MINOR:
        raise ValueError("AMOUNT_TOO_LARGE")
    return minor


def signed(text: str, currency: str) -> int:
    """Return minor units of a number of any sign and size."""
    plain = re.sub(r"[\s'’_]", "", text)
    if not NUMBER.fullmatch(plain) or len(plain) > 40:
        raise ValueError("NOT_A_NUMBER")
    whole, part = _split(plain, digits(currency))
    part = part.rstrip("0")
    if len(part) > digits(currency):
        raise ValueError("TOO_PRECISE")
    return int(Decimal(f"{whole}.{part or '0'}").scaleb(digits(currency)))


def plain(minor: int, currency: str) -> str:
    """Write minor units as a field shows them: 120 000,00 to a Russian reader, 120,000.00 to others."""
    written = f"{Money(minor, currency).decimal:,f}"
    if not is_russian():
        return written
    return written.replace(",", " ").replace(".", ",")


def share(gross: int, percent: Decimal) -> int:
    """Return the tax inside a sum that includes it, rounded to whole minor units."""
    tax = Decimal(gross) * percent / (100 + percent)
    return int(tax.quantize(Decimal(1), ROUND_HALF_UP))


def tax_on(base: int, percent: Decimal) -> int:
    """Return the tax on top of a sum without it."""
    return int((Decimal(base) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def day(text: str) -> date:
    """Return the day of "2026-11-21" or "21.11.2026"; refuses other things and far years."""
    written = text.strip()
    if found := RUSSIAN_DAY.fullmatch(written):
        written = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    try:
        value = date.fromisoformat(written)
    except ValueError:
        raise ValueError("NOT_A_DATE") from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError("DATE_OUT_OF_RANGE")
    return value


def _split(plain: str, places: int) -> tuple[str, str]:
    """Part a number at its decimal separator: the last one, unless it groups thousands."""
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return plain, ""
    head, tail = plain[:last], plain[last + 1 :]
    alone = plain.count(plain[last]) == 1
    mixed = any(sign in head for sign in ".,")
    first, *groups = re.split(r"[.,]", head.lstrip("+-"))
    # Nobody groups 120000.001 or 0.500: there the sign can only be the decimal one.
    is_grouped = 0 < len(first) <= 3 and not first.startswith("0")
    if (groups and not is_grouped) or any(len(group) != 3 for group in groups):
        raise ValueError("NOT_A_NUMBER")
    if alone and (mixed or len(tail) != 3 or places == 3 or not is_grouped):
        return re.sub(r"[.,]", "", head), tail
    if len(tail) != 3 or not is_grouped:
        raise ValueError("NOT_A_NUMBER")
    if alone and (is_russian() or plain[last] != ","):
        # Their decimal sign: read as such it may be a thousandth of what was meant, read as none a thousandfold.
        raise ValueError("TOO_PRECISE")
    return re.sub(r"[.,]", "", plain), ""
