"""What a right lets people do, for the reader who lacks it or grants it."""

from __future__ import annotations

from akcept.people.labels import RIGHTS


def words(right: str) -> str:
    """Name a right."""
    return str({code.value: label for code, label in RIGHTS.items()}[right])
