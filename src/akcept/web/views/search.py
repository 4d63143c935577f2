"""The search of every page: what it offers while one types, and the same as a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from akcept.web.asking import ask, door
from akcept.web.present import find as present
from akcept.web.shell import menu

LONGEST = 200
MOST_ACTS = 20


@door("GET")
def search(request: HttpRequest) -> HttpResponse:
    """Show what fits as a page, for who has no script or no dialog."""
    typed = _typed(request)
    found = present.groups(typed, asked=ask(request), around=menu(request))
    return render(request, "web/find/page.html", {"typed": typed, "groups": found})


@door("GET")
def find(request: HttpRequest) -> HttpResponse:
    """Offer what fits: acts of the open page (named by it, in `act`), places, documents, counterparties, people."""
    acts = [words[:LONGEST] for words in request.GET.getlist("act")[:MOST_ACTS]]
    found = present.groups(_typed(request), asked=ask(request), around=menu(request), acts=acts)
    return render(request, "web/find/options.html", {"groups": found})


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST].replace("\0", "")
