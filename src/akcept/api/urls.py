"""/api/v1/: every operation, the description of all of them, and its pages to browse."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja.openapi.docs import Swagger

from akcept.api import (
    calendar,
    company,
    counterparties,
    decisions,
    discussion,
    doctypes,
    drafts,
    guests,
    inbox,
    intake,
    notices,
    oversight,
    paying,
    people,
    problems,
    route_moves,
    route_trials,
    routes,
    uploads,
    views,
)
from akcept.api.door import Api, StrictParser, translate

DESCRIPTION = """\
From "please pay this" to paid, for programs. Same rules and same refusals as the pages.

Send your token as `Authorization: Bearer akc_…`. Give every POST and PATCH an `Idempotency-Key`: sent again, it is
answered with the first outcome. Amounts are exact strings with a currency, days ISO dates, moments RFC 3339 in UTC.
Everything refused is `application/problem+json` with a stable `code`.
"""

api = Api(
    title="Akcept",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    parser=StrictParser(),
    # Every operation drawn at once takes seconds, and nobody finds theirs among them.
    docs=Swagger(settings={"docExpansion": "none"}),
)
translate(api)
for room in (
    drafts,
    decisions,
    discussion,
    guests,
    inbox,
    intake,
    paying,
    calendar,
    uploads,
    counterparties,
    company,
    doctypes,
    people,
    oversight,
    routes,
    notices,
    views,
    route_trials,
    route_moves,
):
    api.add_router("", room.door)


@csrf_exempt
def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer every other address under the API."""
    return problems.problem(request, 404)


urlpatterns = [path("", api.urls), re_path("", nowhere)]
