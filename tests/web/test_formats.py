"""Amounts and dates as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from akcept.engine.money import Money
from akcept.web import formats

MORNING = datetime(2026, 11, 21, 7, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "money", "written"),
    [
        ("ru", Money(12_000_000, "RUB"), "120 000,00 ₽"),
        ("en", Money(12_000_000, "RUB"), "RUB 120,000.00"),
        ("ru", Money(231_000, "EUR"), "2 310,00 €"),
        ("en", Money(5000, "JPY"), "JPY 5,000"),
        ("en", Money(-1_500, "KWD"), "-KWD 1.500"),
    ],
)
def test_amounts_read_as_the_language_writes_them(
    language: str, money: Money, written: str
) -> None:
    with translation.override(language):
        assert formats.amount(money) == written.replace(" ", formats.NBSP)


@pytest.mark.parametrize(("language", "written"), [("ru", "21.11.2026"), ("en", "21 Nov 2026")])
def test_days_read_as_the_language_writes_them(language: str, written: str) -> None:
    with translation.override(language):
        assert formats.day(date(2026, 11, 21)) == written.replace(" ", formats.NBSP)


@pytest.mark.parametrize(("language", "written"), [("ru", "3 часа назад"), ("en", "3 hours ago")])
def test_moments_are_told_relative_to_now(language: str, written: str) -> None:
    with translation.override(language):
        assert formats.ago(MORNING, at=MORNING + timedelta(hours=3)) == written


@pytest.mark.parametrize(
    ("name", "letters"), [("Anna Belova", "AB"), ("Петров П. П.", "ПП"), ("", "?"), ("🙂", "?")]
)
def test_initials_are_letters(name: str, letters: str) -> None:
    assert formats.initials(name) == letters
