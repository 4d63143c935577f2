"""Exchange rates: an amount in another currency, at a rate times 10^8."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

from akcept.engine.money import Money, digits

SCALE = 8


def convert(money: Money, rate_e8: int, base: str) -> Money:
    """Return the amount in the base currency, of which one unit of the other costs `rate_e8` / 10^8.

    ValueError on a rate that is not positive.
    """
    if rate_e8 <= 0:
        raise ValueError(f"rate {rate_e8}")
    with localcontext() as context:
        context.prec = 60
        minor = money.decimal * Decimal(rate_e8).scaleb(digits(base) - SCALE)
        return Money(int(minor.to_integral_value(ROUND_HALF_UP)), base)
