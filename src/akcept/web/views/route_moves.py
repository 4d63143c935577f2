"""Documents under way by older versions of a route: what a move would change, chosen and done, each with its result."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from akcept.cases import moving
from akcept.engine.refusals import InvalidInput
from akcept.routes import access, queries
from akcept.web.asking import ask, door
from akcept.web.present import moves
from akcept.web.present.route_tabs import around
from akcept.web.present.sheets import uuid_of
from akcept.web.reading import key, whole
from akcept.wording import fields


@door("GET", "POST")
def running(request: HttpRequest, route_id: UUID) -> HttpResponseBase:
    """Show what runs by older versions, and move what was chosen."""
    asked = ask(request)
    access.require_owner(by=asked.by.actor, at=asked.at)
    results: tuple[moving.Moved, ...] = ()
    wrong = ""
    if request.method == "POST":
        posted = (uuid_of(text) for text in request.POST.getlist("case"))
        chosen = {one: whole(request.POST.get(f"seen-{one}")) for one in posted if one}
        try:
            if not chosen:
                raise InvalidInput({"case": "REQUIRED"})
            results = moving.move(
                route_id=route_id,
                version=uuid_of(request.POST.get("version", "")) or route_id,
                chosen=chosen,
                by=asked.by,
                at=asked.at,
            )
        except InvalidInput as refusal:
            wrong = " ".join(fields.words(code) for code in refusal.errors.values())
    after = key(request.GET.get("after"))
    page = moving.running(
        route_id=route_id, by=asked.by, at=asked.at, after=UUID(after) if after else None
    )
    line = queries.route_line(route_id=route_id)
    context = around(line, "running_route", may_change=True) | moves.shown(page, results)
    return render(
        request, "web/routes/running.html", context | {"wrong": wrong}, status=422 if wrong else 200
    )
