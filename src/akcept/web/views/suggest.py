"""What comboboxes ask: people, counterparties and their accounts by a few typed letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from akcept.parties import queries as parties
from akcept.parties.labels import ACCOUNT_STATES
from akcept.people import queries
from akcept.web.asking import door

LONGEST = 200
LIST = re.compile(r"[\w-]{1,80}")


class Option(NamedTuple):
    """One line of a combobox."""

    value: str
    text: str
    note: str = ""
    href: str = ""


@door("GET")
def people(request: HttpRequest) -> HttpResponseBase:
    """Suggest active people by name, position or e-mail."""
    found = queries.directory(search=_typed(request))
    return options(request, [Option(str(one.id), one.name, one.position) for one in found])


@door("GET")
def counterparties(request: HttpRequest) -> HttpResponseBase:
    """Suggest counterparties by name or by the beginning of a number."""
    found = parties.suggest(text=_typed(request))
    return options(request, [Option(str(one.id), one.name, numbers(one)) for one in found])


@door("GET")
def accounts(request: HttpRequest, counterparty_id: UUID) -> HttpResponseBase:
    """List the accounts of a counterparty as options of a select."""
    parties.counterparty_line(counterparty_id=counterparty_id)
    found = parties.accounts_of(counterparty_id=counterparty_id)
    cards = [{"card": card, "state": ACCOUNT_STATES[card.state]} for card in found]
    return render(request, "web/counterparties/account_options.html", {"accounts": cards})


def options(request: HttpRequest, found: Iterable[Option]) -> HttpResponse:
    """Answer a combobox."""
    named = request.GET.get("list", "")
    context = {"options": found, "list": named if LIST.fullmatch(named) else "list"}
    return render(request, "web/parts/options.html", context)


def numbers(line: parties.PartyLine) -> str:
    """Return what a counterparty is known by beside its name."""
    known = [("ИНН", line.inn), ("КПП", line.kpp), ("VAT", line.vat_id)]
    return " · ".join(f"{label} {number}" for label, number in known if number) or line.country


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST].replace("\0", "")
