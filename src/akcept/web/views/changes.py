"""Changes that wait for a second person: looking at them, confirming, declining, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from akcept.cases import confirming
from akcept.cases.confirming import WaitingChange
from akcept.people import access
from akcept.people.codes import Right
from akcept.people.proposals import Waiting
from akcept.web.asking import Ask, ask, door
from akcept.web.present import changes as present


@door("GET")
def changes(request: HttpRequest) -> HttpResponseBase:
    """Show what waits for a second person, and what was settled last."""
    asked = ask(request)
    by, at = asked.by.actor, asked.at
    context = {
        "place": "people",
        **_waiting(confirming.waiting(by=by, at=at), asked),
        "settled": present.settled(confirming.settled(by=by, at=at)),
        "may_change": access.holds(right=Right.ADMINISTER, by=by, at=at),
    }
    return render(request, "web/people/changes.html", context)


@door("POST")
def confirm(request: HttpRequest, change_id: UUID) -> HttpResponseBase:
    """Make a change in one's own name."""
    asked = ask(request)
    confirming.confirm(change_id=change_id, by=asked.by.actor, at=asked.at)
    messages.success(request, _("Confirmed. The change is in force."))
    return redirect("web:changes")


@door("POST")
def decline(request: HttpRequest, change_id: UUID) -> HttpResponseBase:
    """Drop a change, or withdraw one's own; whoever only owns routes goes back to their list."""
    asked = ask(request)
    by, at = asked.by.actor, asked.at
    remark = request.POST.get("remark", "")
    confirming.decline(change_id=change_id, remark=remark, by=by, at=at)
    messages.success(request, _("The change was dropped."))
    return redirect("web:changes" if access.looks(by=by, at=at) else "web:routes")


def of_routes(asked: Ask, route_id: UUID | None = None) -> dict[str, object]:
    """Return which changes of routes, or of one of them, wait for a second person, for a page of routes."""
    by, at = asked.by.actor, asked.at
    found = confirming.waiting_for_routes(by=by, at=at, route_id=route_id)
    return _waiting(found, asked) | {"sees_changes": access.looks(by=by, at=at)}


def _waiting(found: Iterable[WaitingChange], asked: Ask) -> dict[str, object]:
    shown = present.waiting(found, asked.by.id)
    is_asking = any(one.is_own for one in shown)
    confirmers = confirming.confirmers(by=asked.by.actor, at=asked.at) if is_asking else ()
    return {"waiting": shown, "confirmers": confirmers}


def told(request: HttpRequest, result: object) -> None:
    """Say that something is saved, or that it waits for a second person."""
    if isinstance(result, Waiting):
        words = _("This would give you more say, or let your own documents pass with fewer people. So it waits until another administrator confirms it: People, Waiting changes.")  # fmt: skip
        messages.warning(request, words)
    else:
        messages.success(request, _("Saved."))
