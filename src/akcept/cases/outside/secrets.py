"""The link and the codes of somebody from outside. Both are derived when a letter is worded, so neither is ever kept.

What is derived from the installation's secret key is as good as random to whoever does not have the key, and a letter
that goes a second time after a crash carries the same link.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

DIGITS = 6


def token(link_id: UUID) -> str:
    """Return the secret of a link, 256 bits."""
    return urlsafe_b64encode(_derived("link", str(link_id))).rstrip(b"=").decode()


def digest(secret: str) -> str:
    """Return what is kept of a link."""
    return sha256(secret.encode(errors="replace")).hexdigest()


def code(link_id: UUID, number: int) -> str:
    """Return the number-th code sent for a link."""
    value = int.from_bytes(_derived("code", f"{link_id} {number}"))
    return str(value % 10**DIGITS).zfill(DIGITS)


def is_code(link_id: UUID, number: int, typed: str) -> bool:
    """Say whether that is the code, in a time that does not tell how much of it."""
    return hmac.compare_digest(code(link_id, number).encode(), typed.encode(errors="replace"))


def _derived(purpose: str, value: str) -> bytes:
    return salted_hmac(f"akcept.outside.{purpose}", value, algorithm="sha256").digest()
