"""What the search box of every page finds while one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from akcept.cases import queries
from akcept.web import formats
from akcept.web.asking import ask, door
from akcept.web.present.lines import CaseLine, case_line
from akcept.wording import states

LONGEST = 200


@door("GET")
def find(request: HttpRequest) -> HttpResponse:
    """Offer the newest invoices that fit, each leading to its card."""
    asked = ask(request)
    text = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    found = [
        case_line(found.row, by=asked.by)
        for found in queries.find(by=asked.by, text=text, at=asked.at)
    ]
    options = [
        {"value": line.id, "text": line.title, "href": line.url, "note": _note(line)}
        for line in found
    ]
    return render(request, "web/parts/options.html", {"options": options, "list": "found"})


def _note(line: CaseLine) -> str:
    amount = formats.amount(line.amount) if line.amount else ""
    parts = [amount, states.words(line.state), line.comment]
    return " · ".join(part for part in parts if part)
