"""What every request passes: its log line, the content policy, the person's language and time zone."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from zoneinfo import ZoneInfo

import structlog
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from akcept.kit import ids

Handler = Callable[[HttpRequest], HttpResponseBase]
log = structlog.get_logger("akcept.request")

POLICY = "; ".join(
    (
        "default-src 'self'",
        # pdf.js decodes some images by WebAssembly.
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)


class RequestLog:
    """Give the request an id, and write one line when it is answered (path without its query)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the id in X-Request-Id, the same that every log line of this request has."""
        request_id = ids.new_id().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        log.info(
            "request",
            method=request.method,
            path=_public_path(request),
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000, 1),
        )
        return response


def _public_path(request: HttpRequest) -> str:
    """Return the path without a secret that stands in it."""
    match = request.resolver_match
    if request.path.startswith("/x/") and match is None:
        # What was answered before it was resolved, such as a link without its last slash.
        return "/x/<token>"
    return f"/{match.route}" if match and "token" in match.kwargs else request.path


class ContentPolicy:
    """Allow nothing inline and nothing from elsewhere, unless a view has set a policy of its own."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the policy in its header."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class PersonLocale:
    """Show pages in the language and time zone of the person who is logged in, and let no proxy keep them for others."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Switch before the view; a stranger keeps what LocaleMiddleware has found."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language() or language
        zone = getattr(request.user, "time_zone", "")
        with timezone.override(ZoneInfo(zone)) if zone else nullcontext():
            response = self.get_response(request)
        # A browser may keep a page for going back; it asks again before it shows it anew.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
