"""Intake: letters with files that are no documents yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.delivery import queries as delivery
from akcept.engine.refusals import InvalidInput
from akcept.intake import queries, services
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.intake import AsideForm, GiveForm
from akcept.web.present import intake as present
from akcept.web.present.sheets import uuid_of
from akcept.web.reading import whole
from akcept.web.views import files

PLACE = {"place": "intake"}


@door("GET")
def intake(request: HttpRequest) -> HttpResponseBase:
    """Show what waits, or what is settled."""
    asked = ask(request)
    is_settled = request.GET.get("tab") == "settled"
    before = uuid_of(request.GET.get("before", ""))
    page = queries.items(by=asked.by, at=asked.at, is_waiting=not is_settled, before=before)
    here = reverse("web:intake")
    settled = f"{here}?tab=settled"
    path = settled if is_settled else here
    joint = "&" if is_settled else "?"
    context = PLACE | {
        "rows": [present.line(item) for item in page.items],
        "tab": "settled" if is_settled else "waiting",
        "tabs": [
            {"code": "waiting", "url": here, "label": _("Waiting")},
            {"code": "settled", "url": settled, "label": _("Settled")},
        ],
        "box": delivery.intake_addresses(by=asked.by),
        "newest_url": path if before else "",
        "older_url": f"{path}{joint}before={page.older}" if page.older else "",
    }
    return render(request, "web/intake/list.html", context)


@door("GET")
def item(request: HttpRequest, item_id: UUID) -> HttpResponseBase:
    """Show a letter with its files, and what can be done with it."""
    return _page(request, ask(request), item_id, AsideForm(), GiveForm())


@door("GET")
def file(request: HttpRequest, item_id: UUID, position: int) -> HttpResponseBase:
    """Show a file of a letter; what browsers do not show safely is downloaded."""
    asked = ask(request)
    found = queries.file(item_id=item_id, position=position, by=asked.by, at=asked.at)
    assert found.blob is not None
    return files.sent(request, found.blob.sha256, found.name, found.blob.media_type)


@door("POST")
def set_aside(request: HttpRequest, item_id: UUID) -> HttpResponseBase:
    """Say that no document comes of a letter."""
    asked = ask(request)
    form = AsideForm(request.POST)
    if not _done(
        form,
        lambda given: services.set_aside(
            item_id=item_id, by=asked.by, reason=given["reason"], at=asked.at, key=asked.key
        ),
    ):
        return _page(request, asked, item_id, form, GiveForm())
    messages.success(request, _("Set aside. It stands among the settled ones."))
    return redirect("web:intake")


@door("POST")
def put_back(request: HttpRequest, item_id: UUID) -> HttpResponseBase:
    """Let a letter that was set aside wait again."""
    asked = ask(request)
    services.put_back(item_id=item_id, by=asked.by, at=asked.at, key=asked.key)
    messages.success(request, _("Put back. It waits again."))
    return redirect("web:intake-item", item_id)


@door("POST")
def give(request: HttpRequest, item_id: UUID) -> HttpResponseBase:
    """Pass a letter on to a colleague."""
    asked = ask(request)
    form = GiveForm(request.POST)
    if not _done(
        form,
        lambda given: services.give(
            item_id=item_id, to=given["person"], by=asked.by, at=asked.at, key=asked.key
        ),
    ):
        return _page(request, asked, item_id, AsideForm(), form)
    messages.success(request, _("Passed on."))
    return redirect("web:intake")


def _done(form: forms.Form, act: Callable[[dict[str, Any]], None]) -> bool:
    """Do what a form says; False where a field was refused. That somebody came first is said by the door."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except InvalidInput as refusal:
            filling.put(form, refusal.errors)
    return not form.errors


def _page(
    request: HttpRequest, asked: Ask, item_id: UUID, aside: forms.Form, give: forms.Form
) -> HttpResponseBase:
    card = queries.item(item_id=item_id, by=asked.by, at=asked.at)
    shown = present.card(card, position=whole(request.GET.get("file")))
    context = PLACE | {"give": give, "id": item_id} | shown
    return filling.page(request, "web/intake/item.html", context, form=aside, other=give)
