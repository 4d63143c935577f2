"""A document that might be sent, typed to see where it would go."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from akcept.cases.trying import Sample
from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.engine.routes import FLAGS, ApprovalType
from akcept.engine.values import Json
from akcept.web import choices
from akcept.web.forms import typed
from akcept.web.forms.fields import ChoiceField, DayField, MoneyField, TextField, wrong
from akcept.web.forms.laid import LaidForm
from akcept.web.forms.picking import PersonField
from akcept.wording import approvals, documents
from akcept.wording import routes as wording

COPIED = ("entity", "currency", "approval_type", "category", "cost_centre", "project", "contract")


class TrialForm(LaidForm):
    """Everything that routes usually ask for."""

    halves: ClassVar[frozenset[str]] = frozenset(
        {
            "initiator", "on", "doctype", "entity", "amount", "currency", "approval_type", "choice",
            "category", "cost_centre", "project", "contract", "counterparty",
        }
    )  # fmt: skip
    initiator = PersonField(label=_("Initiator"), required=True)
    on = DayField(label=_("On the day"), required=True)
    doctype = ChoiceField(label=_("Document type"), required=True)
    entity = ChoiceField(label=_("Payer"), required=True)
    amount = MoneyField(label=_("Amount"))
    currency = ChoiceField(label=_("Currency"), required=True)
    approval_type = ChoiceField(label=_("Approval type"), required=True)
    choice = PersonField(label=_("Chosen by the initiator"), required=False)
    counterparty = ChoiceField(label=_("Counterparty"), required=False)
    category = ChoiceField(label=_("Expense item"), required=False)
    cost_centre = ChoiceField(label=_("Cost centre"), required=False)
    project = ChoiceField(label=_("Project"), required=False)
    contract = TextField(label=_("Contract"))
    flags = forms.MultipleChoiceField(
        label=_("What is odd about it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, parties: list[tuple[str, str]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        offered: dict[str, Any] = {
            "doctype": [(card.code, documents.name(card)) for card in doctypes.type_cards()],
            "entity": [(str(row.id), row.fields.short_name) for row in company.entities()],
            "currency": choices.currencies(),
            "approval_type": [(kind.value, approvals.words(kind)) for kind in ApprovalType],
            "counterparty": [("", "—"), *parties],
            "flags": [(code, wording.field(code)) for code in FLAGS],
        }
        for code, name in (("category", "CATEGORY"), ("cost_centre", "COST_CENTRE"), ("project", "PROJECT")):  # fmt: skip
            rows = doctypes.dictionary(name=name)
            offered[code] = [("", "—"), *((str(row.id), row.name) for row in rows)]
        for code, rows_ in offered.items():
            field = self.fields[code]
            assert isinstance(field, forms.ChoiceField)
            field.choices = rows_

    def clean_initiator(self) -> object:
        """Refuse nobody."""
        if not self.cleaned_data["initiator"]:
            raise wrong("REQUIRED")
        return self.cleaned_data["initiator"]

    def clean_amount(self) -> str:
        """Refuse what is no amount."""
        text = str(self.cleaned_data["amount"])
        if text:
            self._minor(text)
        return text

    def sample(self) -> Sample:
        """Return the document."""
        given = self.cleaned_data
        card: dict[str, Json] = {code: given[code] for code in COPIED}
        card["counterparty"] = given["counterparty"]
        card["amount"] = self._minor(given["amount"]) if given["amount"] else None
        card["choice"] = [str(given["choice"])] if given["choice"] else None
        return Sample(
            initiator=given["initiator"],
            doctype=given["doctype"],
            card=card,
            on=given["on"],
            flags=frozenset(given["flags"]),
        )

    def _minor(self, text: str) -> int:
        currency = str(self.data.get("currency") or "RUB")
        try:
            return typed.amount(text, currency)
        except (ValueError, KeyError) as error:
            raise wrong(str(error) if isinstance(error, ValueError) else "NOT_A_NUMBER") from None
