"""What the comboboxes and the account list of a form offer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from akcept.parties import queries as parties
from akcept.people import queries as directory
from akcept.web.asking import door
from akcept.web.present.sheets import uuid_of

LONGEST = 300


@door("GET")
def counterparties(request: HttpRequest) -> HttpResponseBase:
    """Offer counterparties by name or number."""
    found = parties.suggest(text=_typed(request))
    offered = [
        {"value": row.id, "text": row.name, "note": " · ".join(filter(None, (row.inn, row.vat_id)))}
        for row in found
    ]
    return _options(request, offered)


@door("GET")
def people(request: HttpRequest) -> HttpResponseBase:
    """Offer people by name; those from outside only where they may be chosen."""
    only_inside = request.GET.get("outside") != "1"
    found = directory.directory(search=_typed(request), only_inside=only_inside)
    offered = [{"value": row.id, "text": row.name, "note": row.position} for row in found]
    return _options(request, offered)


@door("GET")
def accounts(request: HttpRequest) -> HttpResponseBase:
    """Offer the accounts of a counterparty."""
    party = uuid_of(request.GET.get("counterparty", ""))
    found = parties.accounts_of(counterparty_id=party) if party else ()
    return render(request, "web/case/accounts.html", {"accounts": found})


def _typed(request: HttpRequest) -> str:
    # PostgreSQL takes no NUL, not even to find nothing.
    return request.GET.get("q", "").replace("\0", "")[:LONGEST]


def _options(request: HttpRequest, offered: list[dict[str, object]]) -> HttpResponseBase:
    told = {"options": offered, "list": request.GET.get("list", "options")[:60]}
    return render(request, "web/parts/options.html", told)
