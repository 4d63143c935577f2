"""What a query string may say; nonsense counts as nothing said."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

MOST_KEYS = 100
# Fits every key of a database, and no more.
WHOLE = re.compile(r"[0-9]{1,18}")


def whole(text: str | None) -> int | None:
    """Read a whole number that is not negative."""
    return int(text) if text and WHOLE.fullmatch(text) else None


def key(text: str | None) -> str | None:
    """Read the id of a row, as the next page is asked for."""
    try:
        return str(UUID(text)) if text else None
    except ValueError:
        return None


def keys(text: str | None) -> list[UUID]:
    """Read the ids of the rows that a page shows, as many as a page has at most."""
    found = (key(word) for word in (text or "").split()[:MOST_KEYS])
    return [UUID(word) for word in found if word]


def back(request: HttpRequest, otherwise: str) -> str:
    """Return where a form wants to go on; only a path of ours is a way back."""
    there = request.POST.get("next", "")
    is_ours = there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return there if is_ours else otherwise
