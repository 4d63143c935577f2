"""Which of two hundred routes, each with twenty conditions, a document takes: milliseconds and statements."""

from __future__ import annotations

import time
from statistics import median
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from akcept.engine.routes import choose
from akcept.routes import queries as routes
from akcept.routes.models import Route, RouteVersion
from bench import life

ROUTES, CONDITIONS = 200, 20
CARD = {"amount": 12_000_000, "currency": "RUB", "doctype": "INVOICE"}


class Chosen(NamedTuple):
    """What choosing took."""

    milliseconds: float
    statements: int


def fill() -> None:
    """Put routes before the usual ones whose last condition alone does not hold."""
    usual = RouteVersion.objects.select_related("route").earliest("published_at").definition
    Route.objects.update(priority=F("priority") + ROUTES)
    made = [
        Route(code=f"BENCH{n}", name_en=f"Bench {n}", name_ru=f"Bench {n}", priority=n)
        for n in range(ROUTES)
    ]
    Route.objects.bulk_create(made)
    RouteVersion.objects.bulk_create(
        RouteVersion(
            route=route, number=1, definition=_narrowed(usual, place), published_at=life.now()
        )
        for place, route in enumerate(made)
    )


def _narrowed(usual: dict[str, Any], place: int) -> dict[str, Any]:
    holds = [
        {"field": "amount", "op": "AT_LEAST", "values": [place + n]} for n in range(CONDITIONS - 1)
    ]
    fails = {"field": "amount", "op": "BELOW", "values": [1_000_000]}
    return {**usual, "conditions": [*holds, fails]}


def choose_often(times: int) -> Chosen:
    """Read the routes in force and choose, as a submission does; the first time compiles them."""
    _choose()
    with CaptureQueriesContext(connection) as captured:
        _choose()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        _choose()
        taken.append((time.perf_counter() - started) * 1000)
    return Chosen(median(taken), len(captured))


def _choose() -> None:
    current = routes.current()
    if len(current) <= ROUTES or choose(current, CARD) is None:
        raise AssertionError(len(current))
