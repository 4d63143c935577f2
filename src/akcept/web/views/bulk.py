"""Approving several tasks together: what it would mean, then what became of each, and all of it taken back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from akcept.cases import bulk
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.web.asking import ask, door
from akcept.web.present import bulk as present
from akcept.web.reading import whole


@door("GET", "POST")
def approve_several(request: HttpRequest) -> HttpResponse:
    """Show what was ticked with its count and totals, or approve what was confirmed."""
    asked = ask(request)
    if request.method == "GET":
        ticked = [_id(text) for text in request.GET.getlist("case")]
        nothing = bulk.BulkPlan((), ())
        plan = bulk.look_over(by=asked.by, case_ids=ticked, at=asked.at) if ticked else nothing
        return render(request, "web/inbox/bulk.html", present.plan(plan))
    rows = [_row(text) for text in request.POST.getlist("row")]
    results = bulk.approve(by=asked.by, rows=rows, at=asked.at, key=asked.key)
    told = present.approved(results) | {"next": f"{reverse('web:tasks')}?tab=decide"}
    return render(request, "web/inbox/bulk_done.html", told)


@door("POST")
def undo_several(request: HttpRequest) -> HttpResponse:
    """Take back several decisions, and show what became of each."""
    asked = ask(request)
    rows = [_row(text) for text in request.POST.getlist("row")]
    results = bulk.undo(by=asked.by, rows=rows, at=asked.at, key=asked.key)
    return render(request, "web/inbox/bulk_done.html", present.taken_back(results))


def _row(text: str) -> tuple[UUID, int]:
    case_id, _, written = text.partition(" ")
    number = whole(written)
    if number is None:
        raise InvalidInput({"rows": "REQUIRED"})
    return _id(case_id), number


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
