"""Exchange rates into the base currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from akcept.company.models import Rate
from akcept.engine.rates import SCALE

LARGEST_E8 = 10**16


@dataclass(frozen=True, slots=True)
class RateCard:
    """What one unit of a currency costs in the base currency from a day on, times 10^8."""

    currency: str
    on: date
    value_e8: int
    source: str


def rate_for(*, currency: str, on: date) -> RateCard | None:
    """Return the last rate known for that day, or None: a missing rate blocks."""
    rate = Rate.objects.filter(currency=currency, on__lte=on).order_by("-on").first()
    if rate is None:
        return None
    return RateCard(rate.currency, rate.on, rate.value_e8, rate.source)


def parse_value(value: str) -> int:
    """Return a typed rate times 10^8.

    ValueError with a code on what is no number, not positive, too large or too precise.
    """
    try:
        number = Decimal(value.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        raise ValueError("NOT_A_NUMBER") from None
    if not number.is_finite() or number <= 0:
        raise ValueError("NOT_POSITIVE")
    if number.adjusted() + SCALE > len(str(LARGEST_E8)):
        raise ValueError("OUT_OF_RANGE")
    scaled = number.scaleb(SCALE)
    if scaled != int(scaled):
        raise ValueError("TOO_PRECISE")
    return int(scaled)
