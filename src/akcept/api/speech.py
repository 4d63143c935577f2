"""In which language and time zone a program is answered: what it asks for, else its owner's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone, translation

from akcept.api.calls import Call
from akcept.api.languages import asked_for


@contextmanager
def speaking(request: HttpRequest) -> Iterator[str]:
    """Word everything inside for the caller, and give the language chosen."""
    call = getattr(request, "auth", None)
    owner = call if isinstance(call, Call) else None
    language = asked_for(request) or (owner.by.language if owner else "en")
    zone = ZoneInfo(owner.by.time_zone if owner else "UTC")
    with translation.override(language), timezone.override(zone):
        yield language
