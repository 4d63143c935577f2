"""Words that English does not tell apart and Russian does: a union of catalogues that overlooks what is meant shows here."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext


@pytest.mark.parametrize(
    ("word", "meant", "russian"),
    [
        ("Name", "", "Название"),
        ("Name", "act in a list", "Назначить"),
        ("left", "", "осталось"),
        ("left", "person", "отключён"),
        ("Answer", "", "Ответ"),
        ("Answer", "reply", "Ответить"),
        ("until", "", "до"),
        ("until", "day", "по"),
        ("Keys", "", "Клавиши"),
        ("Keys", "of programs", "Ключи"),
        ("What it is for", "", "Для чего"),
        ("What it is for", "document", "Комментарий"),
    ],
)
def test_a_word_means_in_russian_what_is_meant(word: str, meant: str, russian: str) -> None:
    with translation.override("ru"):
        assert (pgettext(meant, word) if meant else gettext(word)) == russian
