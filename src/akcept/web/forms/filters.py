"""What the registry can be narrowed to, as a form that lives in the URL."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from akcept.cases.filters import RegistryFilter
from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.engine.case import State
from akcept.engine.money import LARGEST_MINOR, digits
from akcept.kit import codes
from akcept.wording import states

Choices = Iterable[tuple[str, str]]
DAY = {"type": "date"}
DICTIONARIES = {"category": "CATEGORY", "cost_centre": "COST_CENTRE", "project": "PROJECT"}
USUAL_DIGITS = 2


class AmountField(forms.Field):
    """An amount as people type it, with spaces and with a comma or a point; gives a Decimal."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput, **options)
        self.widget.attrs |= {"inputmode": "decimal", "class": "ak-input-money", "maxlength": "30"}

    def to_python(self, value: object) -> Any:
        """Refuse what is no amount, or none that a document could have."""
        text = "".join(str(value or "").split())
        if not text:
            return None
        try:
            amount = Decimal(text.replace(",", "."))
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount < LARGEST_MINOR:
            raise forms.ValidationError(_("Enter an amount, for example 1 500.00."))
        return amount


class DayField(forms.DateField):
    """A day; browsers send it in ISO form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            error_messages={"invalid": _("Enter a date, for example 2026-11-30.")},
            **options,
        )


class FilterForm(forms.Form):
    """Every field narrows; an empty one does not."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False)
    states = forms.MultipleChoiceField(
        label=_("Status"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    entity = forms.ChoiceField(label=_("Payer"), required=False)
    planned_from = DayField(label=_("Planned from"))
    planned_to = DayField(label=_("Planned to"))
    due_from = DayField(label=_("Due from"))
    due_to = DayField(label=_("Due to"))
    issued_from = DayField(label=_("Issued from"))
    issued_to = DayField(label=_("Issued to"))
    amount_from = AmountField(label=_("Amount from"))
    amount_to = AmountField(label=_("Amount to"))
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    cost_centre = forms.ChoiceField(label=_("Cost centre"), required=False)
    project = forms.ChoiceField(label=_("Project"), required=False)
    doctype = forms.ChoiceField(label=_("Document type"), required=False)
    counterparty = forms.UUIDField(label=_("Counterparty"), required=False)
    initiator = forms.UUIDField(label=_("Initiator"), required=False)
    holder = forms.UUIDField(label=_("Now with"), required=False)
    mine = forms.BooleanField(label=_("My invoices"), required=False)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    held = forms.BooleanField(label=_("On hold"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="f-%s")
        everything: list[tuple[str, Any]] = [("", _("All"))]
        self._choose("states", [(state.value, states.words(state)) for state in State])
        payers = [(str(card.id), card.fields.short_name) for card in company.entities()]
        self._choose("entity", [*everything, *payers])
        self._choose(
            "currency", [*everything, *((code, code) for code in sorted(codes.currencies()))]
        )
        self._choose(
            "doctype", [*everything, *((card.code, card.code) for card in doctypes.type_cards())]
        )
        for name, dictionary in DICTIONARIES.items():
            lines = ((str(line.id), line.name) for line in doctypes.dictionary(name=dictionary))
            self._choose(name, [*everything, *lines])

    def _choose(self, name: str, choices: Choices) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices)
        field.error_messages["invalid_choice"] = _("Choose one of the list.")

    def clean_q(self) -> str:
        """Drop what no text can hold."""
        text: str = self.cleaned_data["q"]
        return text.replace("\0", "")

    def filters(self) -> RegistryFilter:
        """Return the filter; what could not be understood does not narrow."""
        self.is_valid()
        said = {
            name: value for name, value in self.cleaned_data.items() if value not in ("", None, [])
        }
        if "q" in said:
            said["text"] = said.pop("q")
        if "states" in said:
            said["states"] = tuple(State(code) for code in said["states"])
        places = digits(said["currency"]) if "currency" in said else USUAL_DIGITS
        for name in ("amount_from", "amount_to"):
            if name in said:
                said[name] = int(said[name].scaleb(places))
        return RegistryFilter(**said)
