"""The registry: rows, the filters in the URL as chips, presets, and the columns of the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from akcept.cases.pages import Totals
from akcept.cases.saved import ViewCard
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import FieldCard, TypeCard
from akcept.engine.doctypes import FieldKind
from akcept.parties import queries as parties
from akcept.people import queries as people
from akcept.people.askers import Asker
from akcept.web import formats
from akcept.web.forms.filters import FilterForm
from akcept.wording import states

# More would not fit beside what every document has; the export has all.
OWN_COLUMNS = 3
NAMING = ("counterparty", "initiator", "holder")
# The place in the list is no part of what is looked for.
NOT_A_FILTER = ("after", "view", "csrfmiddlewaretoken", "key", "format", "columns", "saved", "all")
# What the table may show beside the number and the counterparty, in its order.
COLUMNS: Mapping[str, Promise] = {
    "amount": gettext_lazy("Amount"),
    "payer": gettext_lazy("Payer"),
    "initiator": gettext_lazy("Initiator"),
    "supplier_number": gettext_lazy("Supplier No."),
    "issued": gettext_lazy("Issued"),
    "planned": gettext_lazy("Planned"),
    "due": gettext_lazy("Due"),
    "status": gettext_lazy("Status"),
    "now_with": gettext_lazy("Now with"),
    "created": gettext_lazy("Created"),
}
PAYING_DAYS = ("planned", "due")
USUAL_COLUMNS = ("amount", "payer", "planned", "due", "status", "now_with")
ALWAYS_SHOWN = frozenset(
    {
        "q",
        "doctype",
        "entity",
        "states",
        "mine",
        "overdue",
        "held",
        "holder",
        "due_this_week",
        "flagged",
        "no_contract",
    }
)


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the filter, and the address without it."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A saved view as the menu shows it."""

    card: ViewCard
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Views:
    """The menu of saved views; `query` is what would be saved now."""

    own: list[SavedLine]
    shared: list[SavedLine]
    current: SavedLine | None
    is_changed: bool
    query: str
    has_first: bool


def address(asked: QueryDict, *, view: str = "", **changes: str) -> str:
    """Return the address of the registry with the filters and columns asked for, changed here and there."""
    wanted = state_of(asked, view=view)
    if asked.get("saved"):
        wanted["saved"] = str(asked["saved"])
    for name, value in changes.items():
        wanted[name] = value
    path, query = reverse("web:registry"), wanted.urlencode()
    return f"{path}?{query}" if query else path


def kept(asked: QueryDict, *, view: str) -> list[tuple[str, str]]:
    """Return what the form of filters takes along: columns, saved view, table or board."""
    told = [("columns", code) for code in asked.getlist("columns") if code in COLUMNS]
    told += [("saved", str(asked["saved"]))] if asked.get("saved") else []
    return [*told, ("view", view)] if view else told


def narrowing(asked: QueryDict) -> list[tuple[str, str]]:
    """Return what the choice of columns takes along: every filter, and the saved view."""
    wanted = filters_of(asked)
    if asked.get("saved"):
        wanted["saved"] = str(asked["saved"])
    return [(name, value) for name in wanted for value in wanted.getlist(name)]


def everything(*, view: str, has_first: bool) -> str:
    """Return the address without any filter, past the view that a person begins with."""
    query = urlencode({"view": view} if view else {"all": "on"} if has_first else {})
    return f"{reverse('web:registry')}?{query}" if query else reverse("web:registry")


def state_of(asked: QueryDict, *, view: str) -> QueryDict:
    """Return everything of an address that a saved view keeps: filters, columns, table or board."""
    wanted = filters_of(asked)
    if chosen := [code for code in asked.getlist("columns") if code in COLUMNS]:
        wanted.setlist("columns", chosen)
    if view:
        wanted["view"] = view
    return wanted


def filters_of(asked: QueryDict) -> QueryDict:
    """Return only the filters of a query string."""
    wanted = asked.copy()
    for name in NOT_A_FILTER:
        wanted.pop(name, None)
    for name in list(wanted):
        # What was typed beside a choice from a list is no choice.
        if name.endswith("_text") or not any(wanted.getlist(name)):
            del wanted[name]
    return wanted


def chips(form: FilterForm, asked: QueryDict, *, view: str) -> list[Chip]:
    """Return a chip for each part of the filter that holds."""
    return [Chip(words, _without(asked, name, value, view)) for name, value, words in _parts(form)]


def columns(asked: QueryDict, *, doctype: str) -> list[str]:
    """Return the columns that an address asks for, the usual ones of its type when it names none."""
    chosen = set(asked.getlist("columns")) & COLUMNS.keys()
    types = [card for card in doctypes.type_cards(only_active=False) if card.code == doctype]
    usual = [code for code in USUAL_COLUMNS if all(_has(card, code) for card in types)]
    return [code for code in COLUMNS if code in (chosen or usual)]


def views(cards: Iterable[ViewCard], asked: QueryDict, *, view: str) -> Views:
    """Return the saved views with their addresses, and how the one that is open stands to what is shown."""
    now = state_of(asked, view=view).urlencode()
    offered = [
        SavedLine(
            card, f"{reverse('web:registry')}?{opening(card)}", asked.get("saved") == str(card.id)
        )
        for card in cards
    ]
    current = next((line for line in offered if line.is_on), None)
    return Views(
        own=[line for line in offered if line.card.is_own],
        shared=[line for line in offered if not line.card.is_own],
        current=current,
        is_changed=current is not None and current.card.query != now,
        query=now,
        has_first=any(line.card.is_first for line in offered),
    )


def opening(card: ViewCard) -> str:
    """Return the query of an address that opens a saved view."""
    return "&".join(part for part in (card.query, f"saved={card.id}") if part)


def presets(asked: QueryDict, *, by: Asker, view: str) -> list[dict[str, object]]:
    """Return the filters people use most; one is lit when it is all that is asked for."""
    choices = [
        (_("Waiting for me"), f"holder={by.id}"),
        (_("My invoices"), "mine=on"),
        (_("Overdue"), "overdue=on"),
        (_("Due this week"), "due_this_week=on"),
        (_("No contract"), "no_contract=on"),
        (_("Flagged"), "flagged=on"),
        (_("To pay"), "states=TO_PAY"),
        (_("On hold"), "held=on"),
    ]
    now = filters_of(asked).urlencode()
    return [
        {
            "label": words,
            "url": address(_with_columns(query, asked), view=view),
            "is_on": now == query,
        }
        for words, query in choices
    ]


def count_words(totals: Totals) -> str:
    """Write a count; it stops at 10 000+."""
    return f"{formats.number(totals.count)}{'+' if totals.is_capped else ''}"


def is_narrow(form: FilterForm) -> bool:
    """Tell whether a filter is set or wrong that the closed panel would hide."""
    said = {name for name, value in form.cleaned_data.items() if value}
    return bool((said | set(form.errors)) - ALWAYS_SHOWN)


def _with_columns(query: str, asked: QueryDict) -> QueryDict:
    wanted = QueryDict(query, mutable=True)
    wanted.setlist("columns", asked.getlist("columns"))
    return wanted


def _without(asked: QueryDict, name: str, value: str, view: str) -> str:
    wanted = asked.copy()
    wanted.setlist(name, [kept for kept in wanted.getlist(name) if value and kept != value])
    return address(wanted, view=view)


def _parts(form: FilterForm) -> Iterator[tuple[str, str, str]]:
    """Give name, value (where several stand side by side) and words of each part."""
    for name, value in form.cleaned_data.items():
        if not value:
            continue
        label = str(form.fields[name].label)
        if name == "states":
            yield from ((name, code, states.words(code)) for code in value)
        elif value is True:
            yield name, "", label
        else:
            yield name, "", f"{label}: {_said(form, name, value)}"


def picks(form: FilterForm) -> list[Mapping[str, str]]:
    """Return the inputs that name somebody from a list: counterparty, people, and those of a type's own fields."""
    return [
        {
            "id": f"f-{name}",
            "name": name,
            "label": str(form.fields[name].label),
            "value": str(value) if (value := form.cleaned_data.get(name)) else "",
            "text": _said(form, name, value) if value else "",
            "url": reverse(
                "web:party-options"
                if name == "counterparty" or form.own.is_party(name)
                else "web:people-options"
            ),
        }
        for name in (*NAMING, *form.own.names(picked=True))
    ]


def _has(type_: TypeCard, column: str) -> bool:
    """Say whether documents of a type have what a column shows."""
    if column in PAYING_DAYS:
        return type_.ends_in_payment
    return column != "amount" or type_.asks_for("amount")


def own_columns(doctype: str) -> list[FieldCard]:
    """Return the fields of its own that the table of a type shows."""
    types = doctypes.type_cards(only_active=False)
    type_ = next((card for card in types if card.code == doctype), None)
    asked = [field for field in type_.own if not field.is_retired] if type_ else []
    return [field for field in asked if field.kind is not FieldKind.FILE][:OWN_COLUMNS]


def _said(form: FilterForm, name: str, value: Any) -> str:
    if name == "counterparty" or form.own.is_party(name):
        line = parties.lines(ids=[value]).get(value)
        return line.name if line else "—"
    if isinstance(value, UUID):
        pick = people.picks(person_ids=[value]).get(value)
        return pick.name if pick else "—"
    choices = getattr(form.fields[name], "choices", None)
    if choices:
        return str(dict(choices)[value])
    return formats.day(value) if hasattr(value, "year") else str(value)
