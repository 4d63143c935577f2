"""What the registry of one document type can be narrowed to besides: the fields of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from akcept.cases.own_lists import Compared
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import FieldCard
from akcept.engine.doctypes import FieldKind
from akcept.engine.money import Money
from akcept.web.forms import own, typed
from akcept.web.forms.fields import DayField, MoneyField, wrong
from akcept.wording.details import label_of
from akcept.wording.documents import is_russian

PICKED = (FieldKind.PERSON, FieldKind.COUNTERPARTY)
BOUNDS = {"-from": ">=", "-to": "<="}
# Sums of any currency are compared; they are read with two digits.
USUAL = "EUR"


@dataclass(frozen=True, slots=True)
class Asked:
    """One input of the filter: the field it narrows, and how it compares."""

    field: FieldCard
    op: str


class OwnFilters:
    """Puts inputs for a type's own fields into the form of filters, and reads what they ask for."""

    def __init__(self, doctype: str, form: forms.Form) -> None:
        self.form = form
        self.fields: dict[str, Asked] = {}
        self.compared: tuple[Compared, ...] = ()
        type_ = next((card for card in doctypes.type_cards() if card.code == doctype), None)
        for field in type_.own if type_ else ():
            for name, op, shown in _inputs(field):
                self.fields[name] = Asked(field, op)
                form.fields[name] = shown

    def names(self, *, picked: bool) -> list[str]:
        """Return the inputs that name somebody from a list, or all others."""
        return [name for name, one in self.fields.items() if (one.field.kind in PICKED) == picked]

    def is_party(self, name: str) -> bool:
        """Tell whether an input names a counterparty."""
        return name in self.fields and self.fields[name].field.kind is FieldKind.COUNTERPARTY

    def clean(self) -> None:
        """Read what was typed; what is no number or sum is said at its input."""
        found = []
        for name, asked in self.fields.items():
            if not (said := self.form.cleaned_data.get(name)):
                continue
            try:
                found.append(Compared(asked.field.code, asked.op, _plain(asked.field, said)))
            except ValueError as error:
                self.form.add_error(name, wrong(str(error)))
        self.compared = tuple(found)


def _inputs(field: FieldCard) -> Iterator[tuple[str, str, forms.Field]]:
    """Give name, comparison and input; a range has two of them, a file none."""
    name, label = f"{own.PREFIX}{field.code}", label_of(field)
    match field.kind:
        case FieldKind.NUMBER | FieldKind.MONEY | FieldKind.DATE:
            kind = DayField if field.kind is FieldKind.DATE else MoneyField
            first = pgettext("filter", "%(field)s from") % {"field": label}
            last = pgettext("filter", "%(field)s to") % {"field": label}
            for end, words in zip(BOUNDS, (first, last), strict=True):
                yield name + end, BOUNDS[end], kind(label=words, required=False)
        case FieldKind.CHOICE:
            options = [
                (one.code, one.name_ru if is_russian() else one.name_en) for one in field.options
            ]
            offered: list[Any] = [("", _("All")), *options]
            yield name, "=", forms.ChoiceField(label=label, required=False, choices=offered)
        case FieldKind.PERSON | FieldKind.COUNTERPARTY:
            yield name, "=", forms.UUIDField(label=label, required=False)
        case FieldKind.TEXT:
            yield name, "=", forms.CharField(label=label, required=False, max_length=200)
        case _:
            return


def _plain(field: FieldCard, said: Any) -> str:
    match field.kind:
        case FieldKind.NUMBER:
            return own.number(said) or ""
        case FieldKind.MONEY:
            return f"{Money(typed.signed(said, USUAL), USUAL).decimal:f}"
        case FieldKind.DATE:
            day: date = said
            return day.isoformat()
        case _:
            return str(said).replace("\0", "")
