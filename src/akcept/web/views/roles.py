"""Roles: which rights stand under which name, and who holds them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.engine.refusals import NotFound
from akcept.people import access, queries, services
from akcept.people.cards import RoleCard
from akcept.people.codes import Right
from akcept.people.labels import RIGHTS
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.people import NewRoleForm, RightsForm
from akcept.web.views.changes import told
from akcept.wording import routes as wording


@door("GET")
def roles(request: HttpRequest) -> HttpResponseBase:
    """Show roles with their rights and their holders."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    holders = queries.holders_by_role()
    context = {
        "place": "people",
        "rows": [
            (card, wording.name(card), _rights(card), holders.get(card.code, ()))
            for card in queries.roles()
        ],
        "may_change": access.holds(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at),
    }
    return render(request, "web/people/roles.html", context)


@door("GET", "POST")
def edit(request: HttpRequest, role: str = "") -> HttpResponseBase:
    """Add a role, or change one."""
    asked = ask(request)
    access.require(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)
    known = _known(role) if role else None
    begin = {"name_en": known.name_en, "name_ru": known.name_ru, "may": sorted(known.rights)} if known else {}  # fmt: skip
    form = (RightsForm if known else NewRoleForm)(request.POST or None, initial=begin)
    done: list[object] = []
    if request.method == "POST" and filling.accepted(form, lambda given: done.append(_save(known, given, asked))):  # fmt: skip
        told(request, done[0])
        return redirect("web:roles")
    context = {
        "place": "people",
        "title": wording.name(known) if known else _("New role"),
        "back": reverse("web:roles"),
        "back_label": _("Roles"),
        "hint": _("Who holds it gets the rights at once, also those who hold it now."),
    }
    return filling.page(request, "web/settings/form.html", context, form=form)


def _save(known: RoleCard | None, given: dict[str, Any], asked: Ask) -> object:
    may = [Right(one) for one in given["may"]]
    names = {"name_en": given["name_en"], "name_ru": given["name_ru"]}
    by, at = asked.by.actor, asked.at
    if known is None:
        services.add_role(code=given["code"], **names, may=may, by=by, at=at)
        return None
    return services.save_role(code=known.code, **names, may=may, by=by, at=at)


def _known(code: str) -> RoleCard:
    found = next((card for card in queries.roles() if card.code == code), None)
    if found is None:
        raise NotFound
    return found


def _rights(card: RoleCard) -> list[str]:
    return [str(words) for right, words in RIGHTS.items() if right in card.rights]
