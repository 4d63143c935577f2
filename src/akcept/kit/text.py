"""Text as people type it, made comparable, searchable and safe to keep."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
SPACE = re.compile(r"\s+")
LINE_BREAK = re.compile(r"\r\n?|[\u2028\u2029\x85]")
# Turning the direction of text around lets a name or a number look like another one.
DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
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


def trigrams(text: str) -> set[str]:
    """Return the trigrams of every word, two spaces before and one after, in Latin letters.

    Both what is searched and what is searched for go through here, so «Ромашка» finds Romashka.
    """
    found: set[str] = set()
    for word in WORD.findall(transliterate(fold(text))):
        padded = f"  {word} "
        found.update(padded[start : start + 3] for start in range(len(padded) - 2))
    return found


def other_layout(text: str) -> str:
    """Return what the same keys would have typed in the other keyboard layout: hjvfirf, ромашка."""
    return text.translate(TO_LATIN if CYRILLIC.search(text) else TO_CYRILLIC)


def clean_text(value: str, *, max_length: int, multiline: bool = False) -> str:
    """Return a text fit to be kept: trimmed, composed, with plain line breaks or none at all.

    ValueError("CONTROL_CHARACTERS") on what nobody types: NUL, control characters, lone
    surrogates, turned direction. ValueError("TOO_LONG") on more than `max_length` characters.
    """
    text = LINE_BREAK.sub("\n", unicodedata.normalize("NFC", value))
    if any(_is_untypable(character) for character in text):
        raise ValueError("CONTROL_CHARACTERS")
    text = text.strip() if multiline else SPACE.sub(" ", text).strip()
    if len(text) > max_length:
        raise ValueError("TOO_LONG")
    return text


def _is_untypable(character: str) -> bool:
    if character in "\n\t":
        return False
    return unicodedata.category(character) in {"Cc", "Cs"} or character in DIRECTION
