"""Changes that wait for a second person: looking at them, confirming, declining, withdrawing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from akcept.cases import confirming
from akcept.engine.refusals import NotFound
from akcept.people import access
from akcept.people.codes import Right
from akcept.people.proposals import Waiting
from akcept.web.asking import ask, door
from akcept.web.present import changes as present


@door("GET")
def changes(request: HttpRequest) -> HttpResponseBase:
    """Show what waits for a second person, and what was settled last."""
    asked = ask(request)
    by, at = asked.by.actor, asked.at
    context = {
        "place": "people",
        "waiting": present.waiting(confirming.waiting(by=by, at=at), asked.by.id),
        "settled": present.settled(confirming.settled(by=by, at=at)),
        "may_change": access.holds(right=Right.ADMINISTER, by=by, at=at),
    }
    return render(request, "web/people/changes.html", context)


@door("POST")
def settle(request: HttpRequest, change_id: UUID, verb: str) -> HttpResponseBase:
    """Confirm a change, or drop it."""
    asked = ask(request)
    by, at = asked.by.actor, asked.at
    access.require(right=Right.ADMINISTER, by=by, at=at)
    match verb:
        case "confirm":
            confirming.confirm(change_id=change_id, by=by, at=at)
            messages.success(request, _("Confirmed. The change is in force."))
        case "decline":
            remark = request.POST.get("remark", "")
            confirming.decline(change_id=change_id, remark=remark, by=by, at=at)
            messages.success(request, _("The change was dropped."))
        case _:
            raise NotFound
    return redirect("web:changes")


def told(request: HttpRequest, result: object) -> None:
    """Say that something is saved, or that it waits for a second person."""
    if isinstance(result, Waiting):
        words = _("This is to your own advantage, so it waits until another administrator confirms it: People, Waiting changes.")  # fmt: skip
        messages.warning(request, words)
    else:
        messages.success(request, _("Saved."))
