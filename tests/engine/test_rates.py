from __future__ import annotations

import pytest

from akcept.engine.money import Money
from akcept.engine.rates import convert


@pytest.mark.parametrize(
    ("money", "rate_e8", "base", "expected"),
    [
        (Money(231_000, "EUR"), 91_0000_0000, "RUB", 21_021_000),
        (Money(1, "USD"), 50_0000_0000, "JPY", 1),
        (Money(1, "USD"), 49_0000_0000, "JPY", 0),
        (Money(1_000, "JPY"), 5512_3456, "RUB", 55_123),
        (Money(1_500, "KWD"), 3_2500_0000, "USD", 488),
        (Money(10**13, "EUR"), 10**16, "RUB", 10**21),
        (Money(-5, "EUR"), 5000_0000, "USD", -3),
    ],
)
def test_amounts_are_converted_exactly_and_halves_go_up(
    money: Money, rate_e8: int, base: str, expected: int
) -> None:
    assert convert(money, rate_e8, base) == Money(expected, base)


@pytest.mark.parametrize("rate_e8", [0, -1])
def test_a_rate_is_positive(rate_e8: int) -> None:
    with pytest.raises(ValueError, match="rate"):
        convert(Money(1, "EUR"), rate_e8, "RUB")
