from __future__ import annotations

import pytest

from akcept.kit import codes, text


def test_case_yo_and_spaces_do_not_matter() -> None:
    assert text.fold("  ЁЛКА\u00a0и\tёж ") == text.fold("елка и еж") == "елка и еж"


def test_full_width_and_ligatures_are_plain_letters() -> None:
    assert text.fold("ＡＢＣ ﬁ") == "abc fi"


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("ромашка", "romashka"), ("щука", "shchuka"), ("объект", "obekt"), ("юный", "yunyy")],
)
def test_cyrillic_is_written_in_latin(cyrillic: str, latin: str) -> None:
    assert text.transliterate(cyrillic) == latin


def test_a_name_in_either_script_is_the_same_word() -> None:
    assert text.words("Ромашка") == text.words("ROMASHKA")


def test_trigrams_know_where_a_word_begins_and_ends() -> None:
    assert text.trigrams("a12") == {"  a", " a1", "a12", "12 "}
    assert text.trigrams("a12", is_whole=False) == {"  a", " a1", "a12"}
    assert text.words("«»") == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("hjvfirf", "ромашка"), ("фьф", "ama"), ("Jrcfyf", "Оксана")]
)
def test_the_wrong_layout_is_read_as_the_other_one(typed: str, meant: str) -> None:
    assert text.other_layout(typed) == meant


@pytest.mark.parametrize("bad", ["a\0b", "a\x1bb", "a\ud800", "invoice\u202efdp.exe"])
def test_what_nobody_types_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="CONTROL_CHARACTERS"):
        text.clean_text(bad, max_length=100)


def test_too_long_a_text_is_refused() -> None:
    assert text.clean_text("я" * 300, max_length=300) == "я" * 300
    with pytest.raises(ValueError, match="TOO_LONG"):
        text.clean_text("я" * 301, max_length=300)


def test_one_line_stays_one_line_and_many_stay_many() -> None:
    assert text.clean_text(" ООО\r\n«Ромашка»\t ", max_length=99) == "ООО «Ромашка»"
    assert text.clean_text("за\r\nмай\u2028🙂", max_length=99, multiline=True) == "за\nмай\n🙂"


def test_codes_of_today_are_known_and_those_of_yesterday_are_not() -> None:
    assert {"RUB", "EUR", "USD", "JPY", "KWD"} <= codes.currencies()
    assert "DEM" not in codes.currencies()
    assert {"RU", "DE"} <= codes.countries()
    assert not {"SU", "ZZ"} & codes.countries()
