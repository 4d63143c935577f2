"""The registry: rows, the filters in the URL as chips, presets, and the columns of the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.cases.cards import Column, Totals
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import FieldCard
from akcept.engine.case import State
from akcept.engine.doctypes import FieldKind
from akcept.engine.verbs import Verb
from akcept.parties import queries as parties
from akcept.people import queries as people
from akcept.people.askers import Asker
from akcept.web import formats
from akcept.web.forms.filters import FilterForm
from akcept.web.present.lines import CaseLine, case_line
from akcept.wording import states, verbs

# More would not fit beside what every document has; the export has all.
OWN_COLUMNS = 3
# The place in the list is no part of what is looked for.
NOT_A_FILTER = ("after", "view", "csrfmiddlewaretoken", "key", "format")
MOVES = {
    Verb.SUBMIT: State.IN_APPROVAL,
    Verb.RESUBMIT: State.IN_APPROVAL,
    Verb.APPROVE: State.TO_PAY,
    Verb.PAY: State.PAID,
    Verb.RETURN: State.REWORK,
    Verb.REFUSE_PAYMENT: State.REWORK,
    Verb.REJECT: State.REJECTED,
    Verb.WITHDRAW: State.WITHDRAWN,
}
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
class Lane:
    """A column of the board."""

    state: str
    words: str
    count: str
    sums: list[Any]
    cards: list[tuple[CaseLine, list[str]]]
    more_url: str


def address(asked: QueryDict, *, view: str = "", **changes: str) -> str:
    """Return the address of the registry with the filters asked for, changed here and there."""
    wanted = filters_of(asked)
    if view:
        wanted["view"] = view
    for name, value in changes.items():
        wanted[name] = value
    path, query = reverse("web:registry"), wanted.urlencode()
    return f"{path}?{query}" if query else path


def filters_of(asked: QueryDict) -> QueryDict:
    """Return only the filters of a query string."""
    wanted = asked.copy()
    for name in NOT_A_FILTER:
        wanted.pop(name, None)
    for name in list(wanted):
        if not any(wanted.getlist(name)):
            del wanted[name]
    return wanted


def chips(form: FilterForm, asked: QueryDict, *, view: str) -> list[Chip]:
    """Return a chip for each part of the filter that holds."""
    return [Chip(words, _without(asked, name, value, view)) for name, value, words in _parts(form)]


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
        {"label": words, "url": address(QueryDict(query), view=view), "is_on": now == query}
        for words, query in choices
    ]


def lanes(columns: Iterable[Column], asked: QueryDict, *, by: Asker) -> list[Lane]:
    """Return the columns of the board with their newest cases and totals."""
    return [
        Lane(
            state=column.state.value,
            words=states.words(column.state),
            count=count_words(column.totals),
            sums=list(column.totals.sums),
            cards=[
                (
                    case_line(row, by=by),
                    moves(column.options[row.id], ends_in_payment=row.type.ends_in_payment),
                )
                for row in column.rows
            ],
            more_url=_only(asked, column) if column.totals.count > len(column.rows) else "",
        )
        for column in columns
    ]


def moves(offered: Iterable[Verb], *, ends_in_payment: bool) -> list[str]:
    """Return what would move a case, as offered to the reader; it is done on the card, with all its checks."""
    ends = MOVES if ends_in_payment else {**MOVES, Verb.APPROVE: State.APPROVED}
    return [
        _("%(state)s: %(act)s") % {"state": states.words(ends[verb]), "act": verbs.words(verb)}
        for verb in offered
        if verb in ends
    ]


def count_words(totals: Totals) -> str:
    """Write a count; it stops at 10 000+."""
    return f"{formats.number(totals.count)}{'+' if totals.is_capped else ''}"


def is_narrow(form: FilterForm) -> bool:
    """Tell whether a filter is set or wrong that the closed panel would hide."""
    said = {name for name, value in form.cleaned_data.items() if value}
    return bool((said | set(form.errors)) - ALWAYS_SHOWN)


def _only(asked: QueryDict, column: Column) -> str:
    wanted = filters_of(asked)
    wanted.setlist("states", [column.state.value])
    return address(wanted)


def _without(asked: QueryDict, name: str, value: str, view: str) -> str:
    wanted = filters_of(asked)
    wanted.setlist(name, [kept for kept in wanted.getlist(name) if value and kept != value])
    return address(filters_of(wanted), view=view)


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
    """Return the inputs of a type's own fields that name somebody from a list."""
    return [
        {
            "id": f"f-{name}",
            "name": name,
            "label": str(form.fields[name].label),
            "value": str(value) if (value := form.cleaned_data.get(name)) else "",
            "text": _said(form, name, value) if value else "",
            "url": reverse(
                "web:party-options" if form.own.is_party(name) else "web:people-options"
            ),
        }
        for name in form.own.names(picked=True)
    ]


def is_paid(doctype: str) -> bool:
    """Tell whether documents of a type, or of all, have days of payment to show."""
    types = doctypes.type_cards(only_active=False)
    return all(card.ends_in_payment for card in types if card.code == doctype)


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
