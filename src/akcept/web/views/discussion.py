"""The discussion of a card: read, written, marked as read, and whom a message may name."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from akcept.cases import queries
from akcept.cases.discussion import reading, writing
from akcept.cases.discussion.writing import Words
from akcept.cases.inputs import NewFile
from akcept.engine.refusals import Refusal
from akcept.web.asking import Ask, ask, door
from akcept.web.forms import uploads
from akcept.web.forms.acts import Said
from akcept.web.present import discussion as present
from akcept.web.present.sheets import uuid_of
from akcept.web.reading import whole
from akcept.web.views import card

MOST_CHOSEN = 50


@door("GET", "POST")
def discussion(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Show what was said, for a card that is open; or say something."""
    asked = ask(request)
    if request.method == "POST":
        return _say(request, asked, case_id)
    found = queries.case_card(by=asked.by, case_id=case_id, at=asked.at)
    thread = reading.thread(card=found, by=asked.by, at=asked.at)
    return render(request, "web/case/thread.html", present.context(found, thread, request.GET))


@door("POST")
def read(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Note how far the discussion was read."""
    asked = ask(request)
    upto = whole(request.POST.get("upto")) or 0
    writing.mark_read(case_id=case_id, by=asked.by, upto=upto, at=asked.at)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect(_here(case_id))


@door("GET")
def people(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Offer whom a message may name: who takes part first."""
    asked = ask(request)
    search = request.GET.get("q", "").replace("\0", "")[:100]
    found = reading.may_be_named(case_id=case_id, by=asked.by, search=search, at=asked.at)
    told = {"people": found, "list": request.GET.get("list", "people")[:60]}
    return render(request, "web/case/people.html", told)


def _say(request: HttpRequest, asked: Ask, case_id: UUID) -> HttpResponseBase:
    said = Said(case_id, asked, request.POST)
    files = uploads.gather(request, by=asked.by.id, at=asked.at)
    try:
        _send(said, files)
    except Refusal as refusal:
        return card.page(request, asked, case_id, refusal=refusal, kept=files.kept)
    request.session["draft_done"] = request.POST.get("draft", "")
    return redirect(_here(case_id))


def _send(said: Said, files: uploads.Uploads) -> None:
    text, data = said.data.get("text", ""), said.data
    chosen = tuple(
        key for value in data.getlist("mention")[:MOST_CHOSEN] if (key := uuid_of(value))
    )
    add_observers = bool(data.get("add_observers"))
    if data.get("message"):
        words = Words(text, mentions=chosen)
        message = said.number("message")
        writing.edit(**said.common, message=message, words=words, add_observers=add_observers)
        return
    files.refuse_failed()
    words = Words(
        text,
        mentions=chosen,
        reply_to=said.number("reply_to") if data.get("reply_to") else None,
        files=tuple(NewFile("OTHER", file.sha256, file.name) for file in files.kept),
        asks=said.person("asks") if data.get("asks") or data.get("asks_text", "").strip() else None,
        guest=uuid_of(data.get("guest", "")),
    )
    writing.say(**said.common, words=words, add_observers=add_observers)


def _here(case_id: UUID) -> str:
    return f"{reverse('web:case', args=[case_id])}?tab=discussion#talk-end"
