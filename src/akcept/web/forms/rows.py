"""The rows of an invoice: planned payments and VAT. Usually one of each; a button adds more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.formsets import formset_factory
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from akcept.company import queries as company
from akcept.company.vat import VatRateCard
from akcept.web.forms.fields import NEEDED_TO_SEND, ChoiceField, DayField, MoneyField
from akcept.wording import dates, vat

MOST_ROWS = 12


class PlannedForm(forms.Form):
    """One planned payment; an empty amount of a single row means the whole."""

    on = DayField(label=_("Planned date"), required=False)
    amount = MoneyField(label=_("Part"))

    def __init__(self, *args: Any, is_needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_needed:
            self.fields["on"].help_text = NEEDED_TO_SEND


class VatForm(forms.Form):
    """One VAT rate with its sum; what is left empty is computed."""

    rate = ChoiceField(label=_("VAT"), required=False)
    base = MoneyField(label=_("Amount without VAT"))
    tax = MoneyField(label=_("VAT amount"))

    def __init__(self, *args: Any, rates: tuple[VatRateCard, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(rate.code, _label(rate)) for rate in rates]
        # What stands in the row stays, though it may be retired by now; the services know whether it exists.
        known = str(self["rate"].value() or "")
        if known and known not in dict(offered):
            offered.append((known, vat.words(known)))
        field = self.fields["rate"]
        assert isinstance(field, ChoiceField)
        field.choices = [("", _("not stated")), *offered]


class RatedRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows of VAT, all offered the same rates."""

    @cached_property
    def rates(self) -> tuple[VatRateCard, ...]:
        """Return what there is to choose from, read once."""
        return company.vat_rates()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Hand the rates to every row."""
        return super().get_form_kwargs(index) | {"rates": self.rates}


def _label(rate: VatRateCard) -> str:
    """Name a rate with the days it is for, as the old one and the new one are in use side by side."""
    said = {"rate": vat.name(rate)}
    if rate.ends_on:
        return gettext("%(rate)s, until %(day)s") % (said | {"day": dates.day(rate.ends_on)})
    if rate.starts_on:
        return gettext("%(rate)s, from %(day)s") % (said | {"day": dates.day(rate.starts_on)})
    return said["rate"]


class DatedRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The planned payments; of a document that is not sent without a day the first row says so."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Tell the first row what it is needed for."""
        given = super().get_form_kwargs(index)
        return given | {"is_needed": given.get("is_needed", False) and index == 0}


PlannedRows = formset_factory(
    PlannedForm, formset=DatedRows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)
VatRows = formset_factory(
    VatForm, formset=RatedRows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)


def counted(data: QueryDict, more: str = "") -> QueryDict:
    """Return the posted data with the counts of rows that formsets insist on, and one row `more` where asked."""
    grown = data.copy()
    for prefix in ("planned", "vat"):
        count = grown.get(f"{prefix}-TOTAL_FORMS", "")
        rows = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
        grown[f"{prefix}-TOTAL_FORMS"] = str(min(rows + (prefix == more), MOST_ROWS))
        grown[f"{prefix}-INITIAL_FORMS"] = "0"
    return grown
