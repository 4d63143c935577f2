"""Bringing people along as tables: choose the files, look at what would change, save it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from akcept.doctypes import queries as doctypes
from akcept.engine.refusals import ImportChanged
from akcept.people import access, carrying_out
from akcept.people.codes import Right
from akcept.people.import_previews import Preview
from akcept.people.tables import TABLES
from akcept.web.asking import Ask, ask, door, words
from akcept.web.present import imports as present

# Large enough for two thousand rows.
LARGEST = 1_000_000


@door("GET", "POST")
def import_people(request: HttpRequest) -> HttpResponseBase:
    """Show what an import would change, and do it once that was looked at."""
    asked = ask(request)
    access.require(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)
    given = _given(request) if request.method == "POST" else {}
    problem = ""
    if any(len(content) > LARGEST for content in given.values()):
        given, problem = {}, _("The table is too large: two thousand rows at most.")
    given = {table: content for table, content in given.items() if content.strip()}
    if request.method == "POST" and not given and not problem:
        problem = _("Choose a file or paste a table.")
    if given and request.POST.get("do") == "save":
        try:
            _save(given, request.POST.get("seen", ""), asked)
        except ImportChanged as refusal:
            problem = words(refusal)
        else:
            messages.success(request, _("Imported."))
            return redirect("web:people")
    return _page(request, given, problem, asked)


def _page(
    request: HttpRequest, given: dict[str, bytes], problem: str, asked: Ask
) -> HttpResponseBase:
    preview = _look(given, asked) if given else None
    context: dict[str, Any] = {
        "place": "people",
        "problem": problem,
        "tables": present.tables(given),
        "preview": preview,
        "groups": present.groups(preview) if preview else (),
        "counts": present.counts(preview) if preview else (),
        "left_out": present.left_out(preview) if preview else (),
    }
    status = 422 if problem or (preview and not preview.is_clean) else 200
    return render(request, "web/people/import.html", context, status=status)


def _given(request: HttpRequest) -> dict[str, bytes]:
    """Return the tables as files, else as pasted or kept from the preview."""
    found = {}
    for table in TABLES:
        upload = request.FILES.get(f"{table}_file")
        pasted = request.POST.get(table, "").encode()
        found[table] = upload.read(LARGEST + 1) if upload else pasted
    return found


def _look(given: dict[str, bytes], asked: Ask) -> Preview:
    codes = [card.code for card in doctypes.type_cards()]
    return carrying_out.preview_import(files=given, doctypes=codes, by=asked.by.actor, at=asked.at)


def _save(given: dict[str, bytes], seen: str, asked: Ask) -> None:
    codes = [card.code for card in doctypes.type_cards()]
    carrying_out.import_org(files=given, doctypes=codes, seen=seen, by=asked.by.actor, at=asked.at)
