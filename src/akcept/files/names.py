"""The name a file goes by: what people see and what their computer saves."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 300
UNNAMED = "file"
# Turning the direction of text around makes “gpj.exe” look like “exe.jpg”; zero width hides letters.
_UNSEEN = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean(name: str) -> str:
    """Return a file name without folders, control characters and turned direction, 300 at most."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(sign for sign in last if _is_seen(sign))
    tidy = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", seen)).strip(" .")
    return _cut(tidy) or UNNAMED


def extension(name: str) -> str:
    """Return the extension of a name in lower case without the dot, or nothing."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem and len(last) <= 10 else ""


def with_extension(name: str, allowed: tuple[str, ...]) -> str:
    """Return the name ending in one of the extensions of its type, so that no computer runs it."""
    if extension(name) in allowed:
        return name
    return _cut(f"{name[: LONGEST - len(allowed[0]) - 1]}.{allowed[0]}")


def _is_seen(sign: str) -> bool:
    return sign not in _UNSEEN and (
        sign in "\t\n" or unicodedata.category(sign) not in {"Cc", "Cs", "Co", "Cn"}
    )


def _cut(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    ending = f".{extension(name)}" if extension(name) else ""
    return name[: LONGEST - len(ending)].rstrip(" .") + ending
