"""Document types: the list, a new one, and changing one with its fields."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from akcept.doctypes import queries, services
from akcept.doctypes.cards import TypeCard
from akcept.engine.refusals import InvalidInput
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.doctypes import TypeSheet
from akcept.web.forms.document import DocumentForm
from akcept.web.present import blocks
from akcept.web.present.setting import around, looking, setting_up
from akcept.wording import documents

CHANGING = ("add", "up", "down")


@door("GET")
def doctypes(request: HttpRequest) -> HttpResponseBase:
    """Show the document types."""
    asked = ask(request)
    looking(asked)
    rows = [(card, documents.name(card)) for card in queries.type_cards(only_active=False)]
    return render(request, "web/settings/doctypes.html", around("doctypes", asked) | {"rows": rows})


@door("GET", "POST")
def doctype(request: HttpRequest, doctype: str = "") -> HttpResponseBase:
    """Show a document type or a new one; move or add a field, or keep it all."""
    asked = ask(request)
    looking(asked)
    card = queries.type_card(code=doctype) if doctype else None
    if request.method == "GET":
        return _page(request, asked, TypeSheet.of(card))
    setting_up(asked)
    if request.POST.get("do", "").partition("-")[0] in CHANGING:
        return _page(request, asked, TypeSheet.changed(request.POST, card))
    sheet = TypeSheet.sent(request.POST, card)
    if not sheet.is_valid() or not _kept(sheet, asked):
        return _page(request, asked, sheet, status=422)
    messages.success(request, _("Saved. It counts from now on, for what is under way, too."))
    return redirect("web:doctype", doctype=card.code if card else sheet.form.cleaned_data["code"])


def _kept(sheet: TypeSheet, asked: Ask) -> bool:
    who: dict[str, Any] = {"by": asked.by.actor, "at": asked.at}
    try:
        if sheet.card is None:
            code = sheet.form.cleaned_data["code"]
            services.create_type(code=code, fields=sheet.fields(), **who)
        else:
            services.change_type(code=sheet.card.code, fields=sheet.fields(), **who)
    except InvalidInput as refusal:
        sheet.refuse(refusal.errors)
        return False
    return True


def _page(request: HttpRequest, asked: Ask, sheet: TypeSheet, *, status: int = 200) -> HttpResponse:
    told = around("doctypes", asked) | {
        "sheet_of": sheet,
        "form": sheet.form,
        "rows": sheet.rows,
        "lists": [sheet.form["roles"], sheet.form["departments"]],
        "title": documents.name(sheet.card) if sheet.card else _("New document type"),
        "preview": _preview(sheet.card) if sheet.card else None,
    }
    return render(request, "web/settings/doctype.html", told, status=status)


def _preview(card: TypeCard) -> dict[str, Any]:
    """Return the sheet of the type as it is kept, to be looked at."""
    form = DocumentForm(card, auto_id="preview_%s")
    return {"first": blocks.first(form), "more": blocks.more(form), "form": form}
