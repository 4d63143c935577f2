"""Building a route: every press shows the page again with all that is typed; only Save and Publish keep anything."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from akcept.company import queries as company
from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound, Refusal
from akcept.people.proposals import Waiting
from akcept.routes import access, definitions, queries, services, soundness
from akcept.routes.queries import RouteLine
from akcept.web.asking import Ask, ask, door, words
from akcept.web.forms import route_deeds
from akcept.web.forms import routes as typed
from akcept.web.forms.route_fields import Readable, catalogue
from akcept.web.forms.routes import Sketch
from akcept.web.present import designer
from akcept.web.present.drawing import picture
from akcept.web.present.route_tabs import around
from akcept.web.present.routing import names_of, people_names
from akcept.web.reading import whole
from akcept.web.views import changes

KEEPING = ("save", "publish", "try")


@door("GET", "POST")
def route(request: HttpRequest, route_id: UUID) -> HttpResponseBase:
    """Show a route as it is to be, and take what is typed."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    line = queries.route_line(route_id=route_id)
    currency = company.settings_of().base_currency
    if request.method == "GET":
        begun = typed.from_version(line.latest, currency)
        return _page(request, asked, line, begun, seen=line.draft.revision if line.draft else 0)
    access.require_owner(by=asked.by.actor, at=asked.at)
    fields = catalogue()
    sketch = typed.fitted(typed.read(request.POST), fields)
    deed, seen = request.POST.get("do", "save"), whole(request.POST.get("seen")) or 0
    if deed not in KEEPING:
        sketch, focus = route_deeds.done(sketch, deed)
        return _page(request, asked, line, sketch, seen=seen, focus=focus, is_changed=True)
    noted, said = typed.definition(sketch, fields, currency)
    if noted.errors:
        return _page(request, asked, line, noted, seen=seen, is_changed=True, status=422)
    return _kept(request, asked, line, noted, said, deed, seen)


def _kept(
    request: HttpRequest,
    asked: Ask,
    line: RouteLine,
    sketch: Sketch,
    said: dict[str, object],
    deed: str,
    seen: int,
) -> HttpResponseBase:
    """Keep the draft and go on to what was asked for; what is refused stands on the page with all that was typed."""
    by, at = asked.by.actor, asked.at
    published: UUID | Waiting | None = None
    try:
        is_live = line.draft is None and line.live and definitions.dump(line.live) == said
        if not is_live:
            seen = services.save_draft(route_id=line.id, definition=said, seen=seen, by=by, at=at)
        if deed == "publish":
            published = services.publish_route(route_id=line.id, seen=seen, by=by, at=at)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        # A draft that was kept and only not published is the one to go on with.
        line = queries.route_line(route_id=line.id)
        is_changed = line.draft is None or line.draft.revision != seen
        return _page(request, asked, line, sketch, seen=seen, refused=words(refusal), is_changed=is_changed, status=409)  # fmt: skip
    if deed == "try":
        return redirect("web:try_route", line.id)
    if isinstance(published, Waiting):
        changes.told(request, published)
        return redirect("web:route", line.id)
    told = _("Published. Documents already under way keep their route.") if deed == "publish" else _("The draft is saved. It counts once it is published.")  # fmt: skip
    messages.success(request, told)
    return redirect("web:route", line.id)


def _page(
    request: HttpRequest,
    asked: Ask,
    line: RouteLine,
    sketch: Sketch,
    *,
    seen: int,
    focus: str = "",
    refused: str = "",
    is_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    fields = catalogue()
    may_change = access.owns(by=asked.by.actor, at=asked.at)
    context: dict[str, Any] = {
        **around(line, "route", may_change=may_change),
        **designer.shown(sketch, fields),
        **_drawn(asked, line, sketch, fields),
        **changes.of_routes(asked, line.id),
        "seen": seen,
        "focus": focus,
        "refused": refused,
        "is_changed": is_changed,
        "errors": sketch.errors,
        "may_change": may_change,
    }
    return render(request, "web/routes/design.html", context, status=status)


def _drawn(
    asked: Ask, line: RouteLine, sketch: Sketch, fields: dict[str, Readable]
) -> dict[str, object]:
    """Return the picture of what is typed and what is wrong with it, as far as it can be understood."""
    currency = company.settings_of().base_currency
    _noted, said = typed.definition(sketch, fields, currency)
    try:
        version = definitions.parse(
            said,
            route=line.code,
            priority=line.latest.priority,
            is_default=line.is_default,
            is_draft=True,
        )
    except InvalidInput:
        return {"picture": None, "problems": []}
    names = names_of([version], queries.route_lines())
    found = soundness.check(route=line, version=version, at=asked.at)
    # Whom a problem is about need not stand in the route.
    names |= people_names(person for problem in found for person in problem.people)
    return {
        "picture": picture(version, names, currency),
        "problems": designer.problems(found, version, names, currency),
    }
