"""Counterparties: the list, the card, adding and changing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.cases import queries as cases
from akcept.cases.filters import RegistryFilter
from akcept.parties import queries, services
from akcept.people.access import holds
from akcept.people.codes import Right
from akcept.people.queries import picks
from akcept.web import choices, filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.counterparties import PartyForm
from akcept.web.present.accounts import account_lines
from akcept.web.present.lines import case_line
from akcept.web.present.sheets import uuid_of

LAST = 10
LONGEST = 200


@door("GET")
def counterparties(request: HttpRequest) -> HttpResponseBase:
    """Show counterparties by name; searching takes any case, either script, and numbers."""
    wanted = request.GET.get("q", "")[:LONGEST].strip()
    after = uuid_of(request.GET.get("after", ""))
    found = queries.page(search=wanted, after=after)
    context = {
        "place": "counterparties",
        "lines": found.lines,
        "wanted": wanted,
        "older_url": _page_url(wanted, str(found.next)) if found.next else "",
        "newest_url": _page_url(wanted) if after else "",
    }
    return render(request, "web/counterparties/list.html", context)


@door("GET", "POST")
def new(request: HttpRequest) -> HttpResponseBase:
    """Add a counterparty."""
    asked = ask(request)
    made: list[UUID] = []
    form = PartyForm(request.POST or None, initial={"country": "RU", "name": request.GET.get("name", "")})  # fmt: skip
    if request.method == "POST" and filling.accepted(
        form, lambda _: made.append(_create(form, asked))
    ):
        return redirect("web:counterparty", made[0])
    context = {
        "place": "counterparties",
        "back": reverse("web:counterparties"),
        "may_group": _may_group(asked),
    }
    return filling.page(request, "web/counterparties/form.html", context, form=form)


@door("GET")
def counterparty(request: HttpRequest, counterparty_id: UUID) -> HttpResponseBase:
    """Show the requisites of a counterparty, its accounts and its last invoices."""
    asked = ask(request)
    return render(request, "web/counterparties/card.html", card_context(counterparty_id, asked))


@door("GET", "POST")
def edit(request: HttpRequest, counterparty_id: UUID) -> HttpResponseBase:
    """Change a counterparty."""
    asked = ask(request)
    line = queries.counterparty_line(counterparty_id=counterparty_id)
    set_now = {name: getattr(line, name) for name in PartyForm.base_fields}
    form = PartyForm(request.POST or None, initial=set_now)
    if request.method == "POST" and filling.accepted(form, lambda _: _edit(form, line.id, asked)):
        messages.success(request, _("Saved."))
        return redirect("web:counterparty", line.id)
    context = {
        "place": "counterparties",
        "line": line,
        "back": reverse("web:counterparty", args=[line.id]),
        "may_group": _may_group(asked),
    }
    return filling.page(request, "web/counterparties/form.html", context, form=form)


def card_context(counterparty_id: UUID, asked: Ask) -> dict[str, Any]:
    """Return everything the card shows, with what this person may do."""
    card = queries.counterparty_card(counterparty_id=counterparty_id)
    filters = RegistryFilter(counterparty=counterparty_id)
    invoices = cases.registry(by=asked.by, filters=filters, at=asked.at, limit=LAST)
    may_verify = holds(right=Right.VERIFY_ACCOUNTS, by=asked.by.actor, at=asked.at)
    made_it = card.line.is_new and card.created_by == asked.by.id
    authors = picks(person_ids=[card.created_by] if card.created_by else [])
    return {
        "place": "counterparties",
        "line": card.line,
        "card": card,
        "country": choices.name_of(choices.countries, card.line.country),
        "author": next((one.name for one in authors.values()), ""),
        "accounts": account_lines(card.accounts, by=asked.by, may_verify=may_verify),
        "may_edit": made_it or holds(right=Right.EDIT_PARTIES, by=asked.by.actor, at=asked.at),
        "invoices": [case_line(row, by=asked.by) for row in invoices.rows],
        "all_url": f"{reverse('web:registry')}?counterparty={counterparty_id}",
        "has_more": bool(invoices.older),
    }


def _may_group(asked: Ask) -> bool:
    return holds(right=Right.EDIT_PARTIES, by=asked.by.actor, at=asked.at)


def _create(form: PartyForm, asked: Ask) -> UUID:
    return services.create_counterparty(
        fields=form.fields_given(), by=asked.by.actor, at=asked.at, key=asked.key
    )


def _edit(form: PartyForm, counterparty_id: UUID, asked: Ask) -> None:
    services.edit_counterparty(
        counterparty_id=counterparty_id,
        fields=form.fields_given(),
        by=asked.by.actor,
        at=asked.at,
    )


def _page_url(wanted: str, after: str = "") -> str:
    query = QueryDict(mutable=True)
    for name, value in (("q", wanted), ("after", after)):
        if value:
            query[name] = value
    return f"{reverse('web:counterparties')}?{query.urlencode()}"
