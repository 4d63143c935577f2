"""When are two supplier numbers the same number?"""

from __future__ import annotations

import re
import unicodedata

# Cyrillic letters that look like Latin ones, then the letter O and the digit 0, which people mix up.
_LOOK_ALIKES = str.maketrans("АВЕЁЗІЈКМНОРСТУХЅO", "ABEE3IJKMH0PCTYXS0")
_NUMBER_SIGN = re.compile(r"^\s*(?:№|#|no\.?(?=[\s\d])|n°)\s*", re.IGNORECASE)


def normalise_number(text: str) -> str:
    """Return what is left of a supplier number when case, punctuation, look-alikes and leading zeros go."""
    folded = unicodedata.normalize("NFKC", _NUMBER_SIGN.sub("", text)).upper()
    parts = re.findall(r"[^\W\d_]+|\d+", folded.translate(_LOOK_ALIKES))
    return "".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)
