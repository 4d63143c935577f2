"""The one-time code that guards the set-up of an empty database: printed at start, kept only as a digest."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from django.conf import settings

# Without letters and digits that look alike.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def make() -> str:
    """Return a fresh code; any earlier one stops being good."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    path = _path()
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(_digest(letters), encoding="ascii")
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def check(code: str) -> bool:
    """Tell whether this is the code, however it was typed."""
    letters = "".join(letter for letter in code.upper() if letter in ALPHABET)
    path = _path()
    known = path.read_text(encoding="ascii") if path.exists() else ""
    return hmac.compare_digest(known, _digest(letters))


def forget() -> None:
    """Let the code be good no more, once the set-up is done."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.AKCEPT_HOME) / "setup_code"


def _digest(letters: str) -> str:
    return hashlib.sha256(letters.encode()).hexdigest()
