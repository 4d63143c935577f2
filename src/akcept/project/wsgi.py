"""The door a WSGI server opens: collected files are answered in front of Django, everything else by it.

Not by the middleware of servestatic: it is asynchronous, and each request of a page would start an event loop and a
thread for it, a third of the time an approval takes.
"""

from __future__ import annotations

import os
from wsgiref.headers import Headers

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from servestatic import ServeStatic

from akcept.project.middleware import POLICY


def _safely(headers: Headers, _path: str, _url: str) -> None:
    """Say of a file what Django's middleware says of a page."""
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akcept.project.settings")
application = ServeStatic(
    get_wsgi_application(),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    allow_all_origins=False,
    add_headers_function=_safely,
)
