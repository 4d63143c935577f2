"""Which of our languages a request asks for."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header


def asked_for(request: HttpRequest) -> str | None:
    """Return the first language of Accept-Language that Akcept speaks, if there is one."""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return None
