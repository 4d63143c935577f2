"""Text as people type it, made comparable, searchable and safe to keep."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
SPACE = re.compile(r"\s+")
LONGEST_WORD = 32
# Shorter words have too few trigrams to tell a slip from another word.
SHORTEST_SLIP = 4
# The part of its trigrams that a word typed with a slip still shares with the one that was meant.
LIKE_ENOUGH = 0.25
# From so many letters on, two of them may be wrong.
LONG_WORD = 6
LINE_BREAK = re.compile(r"\r\n?|[\u2028\u2029\x85]")
# Turning the direction of text around lets a name or a number look like another one.
DIRECTION = "\u202a-\u202e\u2066-\u2069"
# Control characters but the tab and the line break, and lone surrogates.
UNTYPABLE = re.compile(f"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{DIRECTION}]")
LATIN = str.maketrans(
    dict(
        zip(
            "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґў",
            "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya i yi ye g u"
            .replace(".", "").split(" "),
            strict=True,
        )
    )
)  # fmt: skip
LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
LATIN_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
TO_CYRILLIC = str.maketrans(LATIN_KEYS + LATIN_SHIFTED, CYRILLIC_KEYS + CYRILLIC_KEYS.upper())
TO_LATIN = str.maketrans(CYRILLIC_KEYS + CYRILLIC_KEYS.upper(), LATIN_KEYS + LATIN_SHIFTED)
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


def fold(text: str) -> str:
    """Reduce a text to what matters when it is compared: no case, no ё, plain spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return SPACE.sub(" ", unicodedata.normalize("NFKC", plain).replace("ё", "е")).strip()


def transliterate(folded: str) -> str:
    """Write folded Cyrillic in Latin letters."""
    return folded.translate(LATIN)


def words(text: str) -> list[str]:
    """Return the words of a text folded, in Latin letters, none longer than is kept.

    Both what is searched and what is searched for go through here, so «Ромашка» finds Romashka.
    """
    return [word[:LONGEST_WORD] for word in WORD.findall(transliterate(fold(text)))]


def trigrams(word: str, *, is_whole: bool = True) -> set[str]:
    """Return the trigrams of a folded word: two spaces before it and, if it is typed to its end, one after."""
    padded = f"  {word} " if is_whole else f"  {word}"
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def is_slip(typed: str, word: str) -> bool:
    """Tell whether a folded word, or its beginning, was probably meant: a letter wrong, missing, too many or swapped."""
    if len(typed) < SHORTEST_SLIP or not typed.isalpha():
        return False
    return _slips(typed, word) <= (1 if len(typed) < LONG_WORD else 2)


def _slips(typed: str, word: str) -> int:
    """Count the slips between what was typed and the beginning of a word that is nearest to it."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for place, letter in enumerate(typed, 1):
        older, before, row = before, row, [place]
        for other, meant in enumerate(word, 1):
            cost = min(before[other] + 1, row[-1] + 1, before[other - 1] + (letter != meant))
            is_swapped = (
                other > 1 < place and letter == word[other - 2] and typed[place - 2] == meant
            )
            row.append(min(cost, older[other - 2] + 1) if is_swapped else cost)
    return min(row)


def other_layout(text: str) -> str:
    """Return what the same keys would have typed in the other keyboard layout: hjvfirf, ромашка."""
    return text.translate(TO_LATIN if CYRILLIC.search(text) else TO_CYRILLIC)


def clean_text(value: str, *, max_length: int, multiline: bool = False) -> str:
    """Return a text fit to be kept: trimmed, composed, with plain line breaks or none at all.

    ValueError("CONTROL_CHARACTERS") on what nobody types: NUL, control characters, lone
    surrogates, turned direction. ValueError("TOO_LONG") on more than `max_length` characters.
    """
    text = LINE_BREAK.sub("\n", unicodedata.normalize("NFC", value))
    if UNTYPABLE.search(text):
        raise ValueError("CONTROL_CHARACTERS")
    text = text.strip() if multiline else SPACE.sub(" ", text).strip()
    if len(text) > max_length:
        raise ValueError("TOO_LONG")
    return text


def readable(value: str, *, multiline: bool = False) -> str:
    """Return a text from elsewhere without what nobody types: for what is kept as it came and cannot be refused."""
    text = LINE_BREAK.sub("\n", unicodedata.normalize("NFC", value))
    typed = UNTYPABLE.sub("", text)
    return typed.strip() if multiline else SPACE.sub(" ", typed).strip()
