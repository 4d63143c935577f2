"""What administrators set up for the whole company."""

from __future__ import annotations

from dataclasses import asdict
from datetime import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.company import queries as company
from akcept.delivery import queries as delivery
from akcept.doctypes import queries as doctypes
from akcept.doctypes import services as dictionaries
from akcept.engine.refusals import NotFound
from akcept.people import services
from akcept.people.queries import picks
from akcept.routes import queries as routes
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.settings import CompanyForm, LineForm, PayerForm
from akcept.web.present import chronicle
from akcept.web.present.setting import DICTIONARIES, around, looking, setting_up
from akcept.wording import documents


@door("GET", "POST")
def settings(request: HttpRequest) -> HttpResponseBase:
    """Show and change the settings of the company."""
    asked = ask(request)
    looking(asked)
    form = CompanyForm(request.POST or None, initial=asdict(company.settings_of()))
    if request.method == "POST" and filling.accepted(form, lambda given: _change(given, asked)):
        messages.success(request, _("Saved."))
        return redirect("web:settings")
    return filling.page(request, "web/settings/company.html", around("settings", asked), form=form)


@door("GET")
def payers(request: HttpRequest) -> HttpResponseBase:
    """Show the payer entities."""
    asked = ask(request)
    looking(asked)
    rows = company.entities(only_active=False)
    return render(request, "web/settings/payers.html", around("payers", asked) | {"rows": rows})


@door("GET", "POST")
def payer(request: HttpRequest, entity_id: UUID | None = None) -> HttpResponseBase:
    """Add a payer entity, or change one; auditors only read it."""
    asked = ask(request)
    (looking if entity_id and request.method == "GET" else setting_up)(asked)
    known = company.entity(entity_id=entity_id) if entity_id else None
    begin = asdict(known.fields) if known else {"postpone_at": time(11), "is_active": True}
    form = PayerForm(request.POST or None, initial=begin)
    if request.method == "POST" and filling.accepted(form, lambda _: _keep(form, entity_id, asked)):
        messages.success(request, _("Saved."))
        return redirect("web:payers")
    back = {"back": reverse("web:payers"), "back_label": _("Payers")}
    title = {"title": known.fields.short_name if known else _("New payer")}
    return filling.page(
        request, "web/settings/form.html", around("payers", asked) | back | title, form=form
    )


@door("GET", "POST")
def dictionary(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show a dictionary, and add a line to it."""
    asked = ask(request)
    looking(asked)
    code = name.upper().replace("-", "_")
    if code not in DICTIONARIES:
        raise NotFound
    form = LineForm(request.POST or None)
    if request.method == "POST" and filling.accepted(form, lambda given: _add(code, given, asked)):
        messages.success(request, _("Added."))
        return redirect("web:dictionary", name)
    shown = {"rows": doctypes.dictionary(name=code), "title": DICTIONARIES[code], "name": name}
    return filling.page(
        request,
        "web/settings/dictionary.html",
        around(f"dictionary/{name}", asked) | shown,
        form=form,
    )


@door("POST")
def retire_line(request: HttpRequest, name: str, line_id: UUID) -> HttpResponseBase:
    """Take a line of a dictionary out of choice."""
    asked = ask(request)
    setting_up(asked)
    code = name.upper().replace("-", "_")
    if code not in DICTIONARIES:
        raise NotFound
    dictionaries.retire_line(dictionary=code, line_id=line_id, by=asked.by.actor, at=asked.at)
    messages.success(request, _("Retired. Documents that have it keep it."))
    return redirect("web:dictionary", name)


@door("GET")
def undelivered(request: HttpRequest) -> HttpResponseBase:
    """Show the letters that were given up."""
    asked = ask(request)
    looking(asked)
    rows = delivery.given_up()
    names = picks(person_ids=[row.person_id for row in rows])
    shown = {
        "rows": [(row, names[row.person_id].name) for row in rows if row.person_id in names],
        "seen_at": delivery.last_heartbeat(),
    }
    return render(request, "web/settings/undelivered.html", around("undelivered", asked) | shown)


@door("GET")
def history(request: HttpRequest) -> HttpResponseBase:
    """Show who changed what is set up."""
    asked = ask(request)
    looking(asked)
    payers = {card.id: card.fields.short_name for card in company.entities(only_active=False)}
    ways = {
        line.id: line.name_ru if documents.is_russian() else line.name_en
        for line in routes.route_lines()
    }
    found = [*company.history(), *routes.history()]
    shown = {"rows": chronicle.lines(found, names=payers | ways)}
    return render(request, "web/settings/history.html", around("settings-history", asked) | shown)


def _change(given: dict[str, Any], asked: Ask) -> None:
    services.change_settings(changes=given, by=asked.by.actor, at=asked.at)


def _keep(form: PayerForm, entity_id: UUID | None, asked: Ask) -> None:
    fields, by, at = form.fields_given(), asked.by.actor, asked.at
    if entity_id is None:
        services.create_entity(entity=fields, by=by, at=at)
    else:
        services.change_entity(entity_id=entity_id, entity=fields, by=by, at=at)


def _add(code: str, given: dict[str, Any], asked: Ask) -> None:
    dictionaries.add_line(
        dictionary=code, code=given["code"], name=given["name"], by=asked.by.actor, at=asked.at
    )
