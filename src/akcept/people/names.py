"""Names of people, as lists show them and as they are searched for."""

from __future__ import annotations

import re

from akcept.kit import text

CYRILLIC = re.compile(r"[А-яЁё]")


def short(name: str) -> str:
    """Return a name for lists: Иванов Иван Иванович is Иванов И. И., Anna Maria Smith is A. Smith."""
    parts = name.split()
    if len(parts) < 2 or CYRILLIC.search(name):
        return initialled(name)
    return f"{parts[0][0]}. {parts[-1]}"


def initialled(name: str) -> str:
    """Return a Russian name with its initials, Иванов И. И., as such lists are read, and any other as it is."""
    parts = name.split()
    if len(parts) < 2 or not CYRILLIC.search(name):
        return name
    return " ".join([parts[0], *(f"{part[0]}." for part in parts[1:3])])


def search_text(*parts: str | None) -> str:
    """Return what a search looks through: the folded parts, and the same in Latin letters."""
    folded = text.fold(" ".join(part for part in parts if part))
    return f"{folded} {text.transliterate(folded)}"


def fits(name: str, typed: str) -> bool:
    """Tell whether the typed words begin words of a name, in either script and keyboard layout; nothing typed fits all."""
    known = text.words(name)
    readings = [text.words(said) for said in (typed, text.other_layout(typed))]
    return not typed.strip() or any(
        reading and all(any(word.startswith(part) for word in known) for part in reading)
        for reading in readings
    )
