"""Writing a new document: file first, the form beside it, whom it will go to before it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from akcept.cases import queries, services
from akcept.cases.cards import Outcome
from akcept.cases.services import CardInput
from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import TypeCard
from akcept.doctypes.codes import INVOICE
from akcept.engine import refusals as no
from akcept.engine.routes import ApprovalType
from akcept.intake import queries as intake
from akcept.intake import services as letters
from akcept.intake.codes import State
from akcept.intake.queries import ItemCard
from akcept.people.askers import Asker
from akcept.web.asking import Ask, ask, door, words
from akcept.web.forms.sheet import ADDING, Sheet
from akcept.web.present import sheets
from akcept.web.present.preview import closed_days, preview_of
from akcept.wording import documents

DRAFT = "draft"


class _Said(TypedDict):
    """What every way to a new document is given."""

    by: Asker
    doctype: str
    content: CardInput
    submit: bool
    duplicate_reason: str
    at: datetime
    key: str | None


@door("GET", "POST")
def new(request: HttpRequest, doctype: str = INVOICE) -> HttpResponseBase:
    """Show an empty sheet of a document type, or take the one that was written."""
    asked = ask(request)
    type_ = _startable(doctype, asked)
    copied = sheets.uuid_of(request.GET.get("copy", ""))
    if request.method == "GET":
        brought = _brought(request)
        if brought is not None and brought.line.state != State.WAITING:
            return redirect("web:intake-item", brought.line.id)
        return _page(request, asked, _begun(type_, asked, copied, brought))
    sheet = Sheet.sent(type_, request, asked)
    if request.POST.get("do", "begin") in {"begin", *ADDING}:
        return _page(request, asked, sheet)
    try:
        done = _create(request, sheet, asked, copied)
    except no.Refusal as refusal:
        return refuse(request, asked, sheet, refusal)
    if done is None:
        return _page(request, asked, sheet, status=422)
    request.session["draft_done"] = _draft_key(request, type_)
    messages.success(request, _said(type_, done, sent=request.POST.get("do") != DRAFT))
    return redirect("web:case", case_id=done.case_id)


@door("POST")
def preview(request: HttpRequest) -> HttpResponseBase:
    """Say whom the document would go to as it stands; nothing is kept and nothing changes."""
    asked = ask(request)
    doctype = request.POST.get("type", INVOICE)
    sheet = Sheet.read(doctypes.type_card(code=doctype), request)
    sheet.is_valid()
    case_id, content = sheets.uuid_of(request.POST.get("case", "")), sheet.content()
    route = queries.preview(
        by=asked.by, doctype=doctype, content=content, case_id=case_id, at=asked.at
    )
    shown = {
        "route": preview_of(route),
        "closed": _closed(content),
        "is_unchosen": content.card.get("approval_type") == ApprovalType.MY_CHOICE
        and not content.card.get("choice"),
    }
    return render(request, "web/case/preview.html", shown)


def _closed(content: CardInput) -> list[str]:
    """Return what to say of planned days on which the payer does not pay."""
    payer = next((e for e in company.entities() if str(e.id) == content.card.get("entity")), None)
    if payer is None:
        return []
    return closed_days((day for day, _minor in content.planned or ()), entity=payer.fields)


def _startable(code: str, asked: Ask) -> TypeCard:
    """Return a type of which the person may begin a document; refuses any other."""
    type_ = doctypes.type_card(code=code)
    if not doctypes.may_start(types=[type_], person_id=asked.by.id, at=asked.at):
        raise no.NotAllowed
    return type_


def _brought(request: HttpRequest) -> ItemCard | None:
    """Return the letter of which the document is made, if it is made of one."""
    item_id = sheets.uuid_of(request.GET.get("intake", ""))
    if item_id is None:
        return None
    asked = ask(request)
    found = intake.item(item_id=item_id, by=asked.by, at=asked.at)
    if not found.may_handle:
        raise no.NotAllowed
    return found


def _draft_key(request: HttpRequest, type_: TypeCard) -> str:
    """Name what the browser keeps of the sheet while it is typed."""
    begun_with = request.GET.get("intake") or request.GET.get("copy")
    source = sheets.uuid_of(begun_with or "")
    return f"new-{type_.code}-{source}" if source else f"new-{type_.code}"


def _begun(type_: TypeCard, asked: Ask, copied: UUID | None, brought: ItemCard | None) -> Sheet:
    """Return the sheet to begin with: empty, or what a letter brings or an earlier document of the type said."""
    if brought is not None:
        return sheets.brought(brought, type_=type_, by=asked.by, at=asked.at)
    if copied is None:
        return sheets.empty(type_=type_, by=asked.by, at=asked.at)
    card = queries.case_card(by=asked.by, case_id=copied, at=asked.at)
    if card.row.type.code != type_.code:
        raise no.NotFound
    return sheets.copied(card)


def refuse(request: HttpRequest, asked: Ask, sheet: Sheet, refusal: no.Refusal) -> HttpResponseBase:
    """Show the sheet again with what was refused at its place; nothing typed is lost."""
    if isinstance(refusal, no.NotFound):
        raise refusal
    if isinstance(refusal, no.InvalidInput):
        sheet.refuse(refusal)
        return _page(request, asked, sheet, status=422)
    return _page(request, asked, sheet, status=409, refusal=refusal)


def _create(request: HttpRequest, sheet: Sheet, asked: Ask, copied: UUID | None) -> Outcome | None:
    if not sheet.is_valid():
        return None
    sheet.add_parties(asked)
    said: _Said = {
        "by": asked.by,
        "doctype": sheet.type.code,
        "content": sheet.content(),
        "submit": request.POST.get("do") != DRAFT,
        "duplicate_reason": sheet.duplicate_reason,
        "at": asked.at,
        "key": asked.key,
    }
    item_id = sheets.uuid_of(request.GET.get("intake", ""))
    if item_id is not None:
        return letters.make_document(item_id=item_id, **said)
    return services.create(copy_of=copied, **said)


def _page(
    request: HttpRequest,
    asked: Ask,
    sheet: Sheet,
    *,
    status: int = 200,
    refusal: no.Refusal | None = None,
) -> HttpResponse:
    told = sheets.context(sheet) | {
        "refusal": words(refusal) if refusal else "",
        "twins": sheets.twins(refusal, by=asked.by, at=asked.at),
        "key": asked.key,
        "brought": _brought(request),
        "draft_key": _draft_key(request, sheet.type),
    }
    return render(request, "web/case/new.html", told, status=status)


def _said(type_: TypeCard, done: Outcome, *, sent: bool) -> str:
    name = documents.label(type_, done.number)
    if sent:
        return _("%(document)s was sent for approval.") % {"document": name}
    return _("%(document)s was saved as a draft.") % {"document": name}
