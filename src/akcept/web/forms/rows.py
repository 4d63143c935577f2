"""The rows of an invoice: planned payments and VAT. Usually one of each; a button adds more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.formsets import formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from akcept.web.forms.fields import ChoiceField, DayField, MoneyField
from akcept.wording import vat

MOST_ROWS = 12
RATES = ("NONE", "VAT22", "VAT20", "VAT10", "VAT7", "VAT5", "VAT0")


class PlannedForm(forms.Form):
    """One planned payment; an empty amount of a single row means the whole."""

    on = DayField(label=_("Planned date"), required=False)
    amount = MoneyField(label=_("Part"))


class VatForm(forms.Form):
    """One VAT rate with its sum; what is left empty is computed."""

    rate = ChoiceField(label=_("VAT"), required=False)
    base = MoneyField(label=_("Amount without VAT"))
    tax = MoneyField(label=_("VAT amount"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rates = list(RATES)
        known = str(self.initial.get("rate") or "")
        if known and known not in rates:
            rates.append(known)
        self.fields["rate"] = ChoiceField(
            label=_("VAT"),
            required=False,
            choices=[("", _("not stated")), *((code, vat.words(code)) for code in rates)],
        )


PlannedRows = formset_factory(PlannedForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
VatRows = formset_factory(VatForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def counted(data: QueryDict, more: str = "") -> QueryDict:
    """Return the posted data with the counts of rows that formsets insist on, and one row `more` where asked."""
    grown = data.copy()
    for prefix in ("planned", "vat"):
        count = grown.get(f"{prefix}-TOTAL_FORMS", "")
        rows = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
        grown[f"{prefix}-TOTAL_FORMS"] = str(min(rows + (prefix == more), MOST_ROWS))
        grown[f"{prefix}-INITIAL_FORMS"] = "0"
    return grown
