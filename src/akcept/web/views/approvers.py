"""The people of the sequential route, in their order; built up on the page, published when saved."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from akcept.engine.routes import ApprovalType, Who
from akcept.people.proposals import Waiting
from akcept.people.queries import picks
from akcept.routes import queries, services
from akcept.web import filling
from akcept.web.asking import ask, door
from akcept.web.forms.settings import AddApproverForm
from akcept.web.present.setting import around, looking
from akcept.web.present.sheets import uuid_of
from akcept.web.views.changes import told


@door("GET", "POST")
def approvers(request: HttpRequest) -> HttpResponseBase:
    """Show the list; every button but Save only rearranges what is on the page."""
    asked = ask(request)
    looking(asked)
    form = AddApproverForm(request.POST or None)
    people = _posted(request.POST) if request.method == "POST" else _published()
    if request.method == "POST" and form.is_valid():
        done: list[object] = []
        people = _rearranged(people, request.POST.get("do", "save"), form.cleaned_data["person"])
        if request.POST.get("do", "save") == "save" and filling.accepted(
            form,
            lambda _: done.append(services.set_list(people=people, by=asked.by.actor, at=asked.at)),
        ):
            if isinstance(done[0], Waiting):
                told(request, done[0])
            else:
                messages.success(request, _("Published. Documents already under way keep their people."))  # fmt: skip
            return redirect("web:approvers")
    named = picks(person_ids=people)
    is_new = request.method == "POST"
    if not form.errors:
        form = AddApproverForm()
    shown = {"people": [named[one] for one in people if one in named], "is_changed": is_new}
    return filling.page(request, "web/settings/approvers.html", around("approvers", asked) | shown, form=form)  # fmt: skip


def _published() -> list[UUID]:
    route = queries.route_card(code=ApprovalType.LIST)
    named = (stage for stage in route.version.stages if stage.who is Who.NAMED)
    return [UUID(person) for stage in named for person in stage.people]


def _posted(data: QueryDict) -> list[UUID]:
    return [person for text in data.getlist("people") if (person := uuid_of(text))]


def _rearranged(people: list[UUID], deed: str, added: UUID | None) -> list[UUID]:
    """Return the list after one press: up-2, down-2, remove-2, or add."""
    verb, _dash, place = deed.partition("-")
    at = int(place) if place.isascii() and place.isdigit() else -1
    moved = list(people)
    if verb == "remove" and 0 <= at < len(moved):
        del moved[at]
    if verb == "up" and 0 < at < len(moved):
        moved[at - 1], moved[at] = moved[at], moved[at - 1]
    if verb == "down" and 0 <= at < len(moved) - 1:
        moved[at], moved[at + 1] = moved[at + 1], moved[at]
    return [*moved, added] if added else moved
