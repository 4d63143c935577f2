from __future__ import annotations

from typing import Any

import pytest

from akcept.engine.evolve import Envelope, evolve
from akcept.engine.money import Money
from akcept.engine.requisites import Problem, Requisites, account_problems, is_union_vat_country
from engine.world import NOON, Story


def test_money_of_one_currency_adds_up() -> None:
    assert Money(1, "RUB") + Money(2, "RUB") == Money(3, "RUB")
    with pytest.raises(ValueError, match="RUB"):
        Money(1, "RUB") + Money(1, "EUR")


def test_what_is_no_event_is_a_bug_and_not_silence() -> None:
    nonsense: Any = object()
    with pytest.raises(TypeError, match="object"):
        evolve(Story().case, nonsense, Envelope("anna", NOON))


def test_a_correspondent_account_has_twenty_characters_at_most() -> None:
    problems = account_problems(Requisites("1", "BANKSESS", "SEK", "1" * 21, "SE"))
    assert problems["correspondent"] == Problem.CORRESPONDENT_LENGTH


def test_greece_counts_as_a_country_with_a_union_vat_number() -> None:
    assert is_union_vat_country("GR")
    assert not is_union_vat_country("US")
