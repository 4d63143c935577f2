from __future__ import annotations

from typing import Any

import pytest

from akcept.engine.evolve import Envelope, evolve
from akcept.engine.money import Money
from engine.world import NOON, Story


def test_money_of_one_currency_adds_up() -> None:
    assert Money(1, "RUB") + Money(2, "RUB") == Money(3, "RUB")
    with pytest.raises(ValueError, match="RUB"):
        Money(1, "RUB") + Money(1, "EUR")


def test_what_is_no_event_is_a_bug_and_not_silence() -> None:
    nonsense: Any = object()
    with pytest.raises(TypeError, match="object"):
        evolve(Story().case, nonsense, Envelope("anna", NOON))
