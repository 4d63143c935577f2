"""What tells whether a text is in the reader's language."""

from __future__ import annotations

import re

from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import TypeCard

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
HOLE = re.compile(r"%\(|%[sd]")


def is_in(language: str, text: str) -> bool:
    """Tell whether a text is whole, and Russian for Russian readers."""
    if not text or HOLE.search(text):
        return False
    return bool(CYRILLIC.search(text)) if language == "ru" else True


def invoice() -> TypeCard:
    """Return the invoice as every installation has it."""
    return doctypes.type_card(code="INVOICE")
