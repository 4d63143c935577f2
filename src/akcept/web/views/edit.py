"""Changing an invoice that is there: a draft, one on rework, or one under way, which voids its approvals."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from akcept.cases import queries, services
from akcept.cases.cards import CaseCard, Outcome
from akcept.engine import refusals as no
from akcept.engine.case import State
from akcept.engine.verbs import Verb
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.sheet import ADDING, Sheet
from akcept.web.present import case as present
from akcept.web.present import corrections, sheets
from akcept.web.present.refusal import told
from akcept.wording import documents


@door("GET", "POST")
def edit(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Show the sheet of an invoice, or save it and perhaps send it on."""
    asked = ask(request)
    card = queries.case_card(by=asked.by, case_id=case_id, at=asked.at)
    if Verb.REVISE not in card.options:
        raise no.WrongState(card.row.state) if card.row.state in sheets.CLOSED else no.NotYourTurn
    if request.method == "GET":
        return _page(request, asked, card, sheets.of_card(card))
    sheet = Sheet.sent(card.row.type, request, asked)
    if request.POST.get("do", "begin") in {"begin", *ADDING}:
        return _page(request, asked, card, sheet)
    try:
        done = _save(request, sheet, asked, card)
    except no.NotFound:
        raise
    except no.Refusal as refusal:
        return _page(request, asked, card, sheet, refusal=refusal)
    if done is None:
        return _page(request, asked, card, sheet, status=422)
    request.session["draft_done"] = f"edit-{case_id}"
    messages.success(request, _said(card, done))
    return redirect("web:case", case_id=case_id)


def _save(request: HttpRequest, sheet: Sheet, asked: Ask, card: CaseCard) -> Outcome | None:
    if not sheet.is_valid():
        return None
    revision = corrections.revision(request.POST)
    if card.row.state is State.REWORK and request.POST.get("do") == "send":
        corrections.check(request.POST, card)
    sheet.add_parties(asked)
    content = sheet.changes(card.values, [(row.on, row.amount.minor) for row in card.planned])
    common = {"case_id": card.row.id, "by": asked.by, "at": asked.at, "key": asked.key}
    if request.POST.get("do") != "send" or card.row.state not in {State.DRAFT, State.REWORK}:
        return services.revise(**common, revision=revision, content=content)  # type: ignore[arg-type]
    said = {"content": content, "duplicate_reason": sheet.duplicate_reason, "revision": revision}
    if card.row.state is State.DRAFT:
        return services.submit(**common, **said)  # type: ignore[arg-type]
    answers = corrections.answers(request.POST, card)
    return services.resubmit(**common, **said, answers=answers)  # type: ignore[arg-type]


def _page(
    request: HttpRequest,
    asked: Ask,
    card: CaseCard,
    sheet: Sheet,
    *,
    status: int = 200,
    refusal: no.Refusal | None = None,
) -> HttpResponse:
    shown = sheets.context(sheet) | corrections.context(card, request.POST)
    shown["shown"] = shown["shown"] or present.main_document(card)
    shown |= {"twins": sheets.twins(refusal, by=asked.by, at=asked.at), "key": asked.key}
    if isinstance(refusal, no.InvalidInput):
        sheet.refuse(refusal)
        status = 422
    elif refusal:
        record = queries.history(by=asked.by, case_id=card.row.id, at=asked.at)
        shown["refused"] = told(refusal, record, card, asked.by, asked.at)
        shown["asks_why"] = isinstance(refusal, no.DuplicateSuspected)
        status = 409
    return render(request, "web/case/edit.html", shown, status=status)


def _said(card: CaseCard, done: Outcome) -> str:
    name = documents.label(card.row.type, done.number)
    if done.state is State.IN_APPROVAL and card.row.state is not State.IN_APPROVAL:
        return _("%(document)s was sent for approval.") % {"document": name}
    if done.state is State.REWORK and card.row.state is not State.REWORK:
        text = _(
            "%(document)s was changed, so it has to be approved anew. Send it when it is ready."
        )
        return text % {"document": name}
    return _("%(document)s is saved.") % {"document": name}
