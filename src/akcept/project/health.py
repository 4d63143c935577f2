"""Two answers for whoever watches the machine."""

from __future__ import annotations

from datetime import datetime

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from akcept.delivery import queries as delivery
from akcept.delivery.periodic import SILENT
from akcept.kit import clock


@require_safe
@never_cache
def alive(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers too (503 when it does not), and whether a worker has been seen lately.

    Without one, pages work and letters wait: that is said, but it takes nobody away from the pages.
    """
    try:
        seen = delivery.last_heartbeat()
    except DatabaseError:
        return HttpResponse("database\n", content_type="text/plain", status=503)
    return HttpResponse(f"ok\n{_worker(seen)}\n", content_type="text/plain")


def _worker(seen: datetime | None) -> str:
    if seen is None:
        return "worker never seen"
    is_alive = clock.now() - seen < SILENT
    return "worker ok" if is_alive else f"worker silent since {seen:%Y-%m-%dT%H:%M:%SZ}"
