"""In which language and time zone a program is answered: what it asks for, else its owner's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation.trans_real import parse_accept_lang_header

from akcept.api.calls import Call


@contextmanager
def speaking(request: HttpRequest) -> Iterator[str]:
    """Word everything inside for the caller, and give the language chosen."""
    call = getattr(request, "auth", None)
    owner = call if isinstance(call, Call) else None
    language = _asked_for(request) or (owner.by.language if owner else "en")
    zone = ZoneInfo(owner.by.time_zone if owner else "UTC")
    with translation.override(language), timezone.override(zone):
        yield language


def _asked_for(request: HttpRequest) -> str | None:
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return None
