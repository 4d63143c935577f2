"""Two spellings of one supplier number are one number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akcept.engine.duplicates import normalise_number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("inv-0012", "INV 12"),
        ("№ 77", "77"),
        ("No. 77", "77"),
        ("АВ-15", "AB15"),  # Cyrillic and Latin
        ("INVO12", "INV012"),
        ("2026/007", "2026-7"),
        ("００７", "7"),  # full width
        ("000", "0"),
    ],
)
def test_the_same_number(one: str, other: str) -> None:
    assert normalise_number(one) == normalise_number(other)


@pytest.mark.parametrize(("one", "other"), [("INV-12", "INV-21"), ("10", "1"), ("A-1", "B-1")])
def test_another_number(one: str, other: str) -> None:
    assert normalise_number(one) != normalise_number(other)


def test_a_number_without_letters_and_digits_is_none() -> None:
    assert normalise_number(" — ") == ""


@given(st.text())
def test_case_and_spaces_never_matter(text: str) -> None:
    assert normalise_number(f"  {text} ") == normalise_number(text)
