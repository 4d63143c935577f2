"""Routes by priority: the first that a document meets is taken."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.company import queries as company
from akcept.engine.refusals import NotFound, Refusal
from akcept.people.proposals import Waiting
from akcept.routes import access, queries, services
from akcept.web import filling
from akcept.web.asking import Ask, ask, door, words
from akcept.web.forms.routes_list import RouteNameForm
from akcept.web.present.routing import names_of
from akcept.web.present.sheets import uuid_of
from akcept.web.views.changes import of_routes, told
from akcept.wording import routes as wording


@door("GET")
def routes(request: HttpRequest) -> HttpResponseBase:
    """Show every route in its order, those out of use below."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    lines = queries.route_lines()
    versions = [line.latest for line in lines]
    names = names_of(versions, lines)
    currency = company.settings_of().base_currency
    rows = [
        {
            "line": line,
            "name": wording.name(line),
            "when": [wording.condition(row, names, currency) for row in line.latest.conditions],
            "stages": [wording.stage_title(stage, names) for stage in line.latest.stages],
        }
        for line in lines
    ]
    context = {
        "place": "routes",
        **of_routes(asked),
        "rows": [row for row, line in zip(rows, lines, strict=True) if line.is_active],
        "retired": [row for row, line in zip(rows, lines, strict=True) if not line.is_active],
        "may_change": access.owns(by=asked.by.actor, at=asked.at),
    }
    return render(request, "web/routes/list.html", context)


@door("POST")
def reorder(request: HttpRequest) -> HttpResponseBase:
    """Put the routes in use into the order of the page, after one press of up or down; those out of use stay behind."""
    asked = ask(request)
    access.require_owner(by=asked.by.actor, at=asked.at)
    known = {line.id: line for line in queries.route_lines()}
    posted = [found for text in request.POST.getlist("route") if (found := uuid_of(text))]
    order = [one for one in dict.fromkeys(posted) if one in known]
    verb, _dash, place = request.POST.get("do", "").partition("-")
    at = int(place) if place.isascii() and place.isdigit() else -1
    to = at + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= at < len(order) and 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    rest = [one for one in known if one not in order]
    done = services.reorder_routes(order=[*order, *rest], by=asked.by.actor, at=asked.at)
    if isinstance(done, Waiting):
        told(request, done)
    return redirect("web:routes")


@door("GET", "POST")
def new(request: HttpRequest) -> HttpResponseBase:
    """Open a route: its name first, then the designer."""
    asked = ask(request)
    access.require_owner(by=asked.by.actor, at=asked.at)
    made: list[UUID] = []
    form = RouteNameForm(request.POST or None)
    if request.method == "POST" and filling.accepted(
        form,
        lambda given: made.append(
            services.create_route(**given, by=asked.by.actor, at=asked.at, key=asked.key)
        ),
    ):
        return redirect("web:route", made[0])
    return filling.page(request, "web/settings/form.html", _around(_("New route")), form=form)


@door("GET", "POST")
def rename(request: HttpRequest, route_id: UUID) -> HttpResponseBase:
    """Give a route another name."""
    asked = ask(request)
    access.require_owner(by=asked.by.actor, at=asked.at)
    line = queries.route_line(route_id=route_id)
    form = RouteNameForm(request.POST or None, initial={"name_en": line.name_en, "name_ru": line.name_ru})  # fmt: skip
    if request.method == "POST" and filling.accepted(
        form,
        lambda given: services.rename_route(
            route_id=route_id, **given, by=asked.by.actor, at=asked.at
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("web:route", route_id)
    return filling.page(request, "web/settings/form.html", _around(wording.name(line)), form=form)


@door("POST")
def act(request: HttpRequest, route_id: UUID, deed: str) -> HttpResponseBase:
    """Take a route out of use, bring it back, make it the default one, or throw its draft away."""
    asked = ask(request)
    access.require_owner(by=asked.by.actor, at=asked.at)
    if deed not in ACTS:
        raise NotFound
    service, said = ACTS[deed]
    try:
        done = service(route_id, asked)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, words(refusal))
    else:
        if isinstance(done, Waiting):
            told(request, done)
        else:
            messages.success(request, said())
    return redirect("web:routes")


def _around(title: str) -> dict[str, object]:
    return {
        "place": "routes",
        "title": title,
        "back": reverse("web:routes"),
        "back_label": _("Routes"),
    }


def _retire(route_id: UUID, asked: Ask) -> Waiting | None:
    return services.retire_route(route_id=route_id, by=asked.by.actor, at=asked.at)


def _bring_back(route_id: UUID, asked: Ask) -> Waiting | None:
    return services.bring_back_route(route_id=route_id, by=asked.by.actor, at=asked.at)


def _default(route_id: UUID, asked: Ask) -> Waiting | None:
    return services.make_default(route_id=route_id, by=asked.by.actor, at=asked.at)


def _drop(route_id: UUID, asked: Ask) -> None:
    services.drop_draft(route_id=route_id, by=asked.by.actor, at=asked.at)


ACTS: dict[str, tuple[Callable[[UUID, Ask], Waiting | None], Callable[[], str]]] = {
    "retire": (_retire, lambda: _("Out of use. Documents already under way keep it.")),
    "bring-back": (_bring_back, lambda: _("In use again.")),
    "make-default": (_default, lambda: _("This is the default route now.")),
    "drop-draft": (_drop, lambda: _("The draft is gone; what is published stays.")),
}
