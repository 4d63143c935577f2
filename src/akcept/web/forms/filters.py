"""What the registry can be narrowed to, as a form that lives in the URL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from akcept.cases.filters import RegistryFilter
from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.engine.case import State
from akcept.kit import codes
from akcept.web.forms import typed
from akcept.web.forms.fields import DayField, MoneyField, wrong
from akcept.web.forms.own_filters import OwnFilters
from akcept.wording import documents, states

Choices = Iterable[tuple[str, str]]
AMOUNTS = ("amount_from", "amount_to")
# Amounts of any currency are compared by minor units; without a currency they are read with two digits.
USUAL = "EUR"


class FilterForm(forms.Form):
    """Every field narrows; an empty one does not."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False)
    states = forms.MultipleChoiceField(
        label=_("Status"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    entity = forms.ChoiceField(label=_("Payer"), required=False)
    planned_from = DayField(label=_("Planned from"), required=False)
    planned_to = DayField(label=_("Planned to"), required=False)
    due_from = DayField(label=_("Due from"), required=False)
    due_to = DayField(label=_("Due to"), required=False)
    issued_from = DayField(label=_("Issued from"), required=False)
    issued_to = DayField(label=_("Issued to"), required=False)
    paid_from = DayField(label=_("Paid from"), required=False)
    paid_to = DayField(label=_("Paid to"), required=False)
    amount_from = MoneyField(label=_("Amount from"))
    amount_to = MoneyField(label=_("Amount to"))
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    cost_centre = forms.ChoiceField(label=_("Cost centre"), required=False)
    project = forms.ChoiceField(label=_("Project"), required=False)
    doctype = forms.ChoiceField(label=_("Document type"), required=False)
    counterparty = forms.UUIDField(label=_("Counterparty"), required=False)
    initiator = forms.UUIDField(label=_("Initiator"), required=False)
    holder = forms.UUIDField(label=_("Now with"), required=False)
    in_file = forms.CharField(label=_("Text in files"), max_length=200, required=False)
    mine = forms.BooleanField(label=_("My invoices"), required=False)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    due_this_week = forms.BooleanField(label=_("Due this week"), required=False)
    held = forms.BooleanField(label=_("On hold"), required=False)
    flagged = forms.BooleanField(label=_("Flagged"), required=False)
    no_contract = forms.BooleanField(label=_("No contract"), required=False)
    no_file = forms.BooleanField(label=_("No file"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="f-%s")
        self._minor: dict[str, int] = {}
        everything: list[tuple[str, Any]] = [("", _("All"))]
        self._choose("states", [(state.value, states.words(state)) for state in State])
        payers = [(str(card.id), card.fields.short_name) for card in company.entities()]
        self._choose("entity", [*everything, *payers])
        self._choose(
            "currency", [*everything, *((code, code) for code in sorted(codes.currencies()))]
        )
        self._choose(
            "doctype",
            [*everything, *((card.code, documents.name(card)) for card in doctypes.type_cards())],
        )
        for dictionary, lines in doctypes.choices().items():
            self._choose(dictionary.lower(), [*everything, *lines])

        self.own = OwnFilters(data.get("doctype", ""), self)

    def _choose(self, name: str, choices: Choices) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices)
        field.error_messages["invalid_choice"] = _("Choose one of the list.")

    def clean_q(self) -> str:
        """Drop what no text can hold."""
        return self._text("q")

    def clean_in_file(self) -> str:
        """Drop what no text can hold."""
        return self._text("in_file")

    def _text(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        return text.replace("\0", "")

    def clean(self) -> dict[str, Any]:
        """Refuse what is no amount, or none that a document could have."""
        currency = self.cleaned_data.get("currency") or USUAL
        self._minor = {}
        for name in AMOUNTS:
            if said := self.cleaned_data.get(name):
                try:
                    self._minor[name] = typed.amount(said, currency)
                except ValueError as error:
                    self.add_error(name, wrong(str(error)))
        self.own.clean()
        return self.cleaned_data

    def filters(self) -> RegistryFilter:
        """Return the filter; what could not be understood does not narrow."""
        self.is_valid()
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in ("", None, []) and name not in self.own.fields
        }
        if "q" in said:
            said["text"] = said.pop("q")
        if "states" in said:
            said["states"] = tuple(State(code) for code in said["states"])
        return RegistryFilter(**said | self._minor, own=self.own.compared)
