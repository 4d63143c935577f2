"""The card of a case."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from akcept.cases import queries
from akcept.cases.discussion import reading
from akcept.cases.outside import inviting
from akcept.engine.refusals import DuplicateSuspected, Refusal
from akcept.reports import approval_sheet as sheets
from akcept.web.asking import Ask, ask, door, status_of
from akcept.web.forms import uploads
from akcept.web.present import case as present
from akcept.web.present import discussion, inbox, outside
from akcept.web.present.refusal import told
from akcept.web.reading import whole


@door("GET")
def case(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Show the card."""
    return page(request, ask(request), case_id)


@door("GET")
def approval_sheet(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Show the approval sheet, in the language of the reader."""
    asked = ask(request)
    name, content = sheets.pdf(by=asked.by, case_id=case_id, at=asked.at)
    answer = FileResponse(BytesIO(content), filename=name, content_type="application/pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@door("GET")
def news(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say what has happened after the entry that the open card shows last, leaving the card as it is."""
    asked, after = ask(request), whole(request.GET.get("after")) or 0
    entries = queries.history(by=asked.by, case_id=case_id, at=asked.at, after=after)
    told = present.news(entries, tab=request.GET.get("tab", ""))
    return render(request, "web/case/news.html", told)


def page(
    request: HttpRequest,
    asked: Ask,
    case_id: UUID,
    *,
    refusal: Refusal | None = None,
    kept: Sequence[uploads.Kept] | None = None,
) -> HttpResponse:
    """Show the card with what was just refused, a message with its files where it was written; to strangers it does not exist."""
    found = queries.case_card(by=asked.by, case_id=case_id, at=asked.at)
    shown = present.context(
        found,
        tab=request.GET.get("tab", ""),
        only=request.GET.get("only", ""),
        file=request.GET.get("file", ""),
    )
    shown["at_page"] = whole(request.GET.get("page")) or ""
    if shown["tab"] == "discussion":
        thread = reading.thread(card=found, by=asked.by, at=asked.at)
        shown |= discussion.context(found, thread, request.GET)
    if refusal and kept is not None:
        shown["writing"] = discussion.again(shown, request.POST, kept, refusal)
    elif refusal:
        shown["refused"] = told(refusal, found.history, found, asked.by, asked.at)
        shown["asks_why"] = isinstance(refusal, DuplicateSuspected)
        shown["said"] = (request.POST.get("reason") or request.POST.get("text") or "").strip()
    shown["next_url"] = inbox.next_url(found.history, by=asked.by, at=asked.at)
    shown["guests"] = ()
    if any(seat.is_outside for seat in found.seats):
        links = inviting.links_of(case_id=case_id, by=asked.by, at=asked.at)
        shown["guests"] = outside.links(links)
    shown["draft_done"] = request.session.pop("draft_done", "") if not refusal else ""
    return render(
        request, "web/case/card.html", shown, status=status_of(refusal) if refusal else 200
    )
