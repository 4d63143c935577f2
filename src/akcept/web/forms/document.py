"""The form of a document, whatever its type asks for: what is typed becomes the JSON of the card, and what is refused finds its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import TypeCard
from akcept.engine.doctypes import FieldKind, Gate
from akcept.engine.routes import ApprovalType
from akcept.engine.values import Json
from akcept.parties import queries as parties
from akcept.people import queries as people
from akcept.web import choices
from akcept.web.forms import typed
from akcept.web.forms.fields import (
    NEEDED_TO_SEND,
    ChoiceField,
    DayField,
    MoneyField,
    TextField,
    wrong,
)
from akcept.web.forms.own import OwnFields
from akcept.wording import approvals, fields
from akcept.wording.details import label_of

TEXTS = (
    "title",
    "comment",
    "supplier_number",
    "contract",
    "client_request",
    "payment_purpose",
)
DICTIONARIES = ("category", "cost_centre", "project")
CHOSEN = ("choice_1", "choice_2", "choice_3")
REFERENCES = (
    "currency", "entity", "counterparty", "approval_type", "account", "category", "cost_centre",
    "project",
)  # fmt: skip
# The fields of the form that a field of the card is made of.
PARTS = {
    **{code: (code,) for code in TEXTS},
    **{code: (code,) for code in DICTIONARIES},
    "amount": ("amount",),
    "currency": ("currency",),
    "vat": ("vat",),
    "entity": ("entity",),
    "counterparty": ("counterparty", "counterparty_text", "new_name", "new_inn", "new_country"),
    "account": (
        "account", "account_number", "account_bic", "account_bank", "account_correspondent",
    ),
    "issued_on": ("issued_on",),
    "due_on": ("due_on",),
    "planned_on": ("planned_on",),
    "approval_type": ("approval_type",),
    "choice": (*CHOSEN, *(f"{code}_text" for code in CHOSEN)),
    "payment_order_required": ("payment_order_required",),
}  # fmt: skip
SHOWN_AT = {"counterparty": "counterparty_text"}
# What has a value of its own accord, or is judged with what stands beside it.
UNDEMANDING = frozenset({"currency", "entity", "approval_type", "counterparty", "account"})
# Which field of the form shows what is wrong with which field of the card or of a counterparty.
PLACES = {
    "choice": "choice_1_text",
    "justification": "attached",
    "files": "attached",
    "file": "attached",
    "name": "new_name",
    "inn": "new_inn",
    "country": "new_country",
    "number": "account_number",
    "bic": "account_bic",
    "bank_name": "account_bank",
    "correspondent": "account_correspondent",
}


def _pick() -> forms.CharField:
    return forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class DocumentForm(forms.Form):
    """Everything of the card that stands in one place; rows and files come beside it.

    What the type does not ask for is taken out, what it has of its own is put in.
    """

    title = TextField(
        label=_("Title"),
        longest=300,
        help_text=_("Left empty, it is made of number and counterparty."),
    )
    comment = TextField(label=_("Comment"), longest=4000, lines=3)
    amount = MoneyField(label=_("Amount"), required=True)
    currency = ChoiceField(label=_("Currency"))
    entity = ChoiceField(label=_("Payer"))
    counterparty = _pick()
    counterparty_text = TextField(label=_("Counterparty"), longest=300)
    new_name = TextField(label=_("Name"), longest=300)
    new_inn = TextField(label=_("Tax number (ИНН)"), longest=12)
    new_country = ChoiceField(label=_("Country"), required=False)
    account = ChoiceField(label=_("Bank details"), required=False)
    account_number = TextField(label=_("Account number or IBAN"), longest=42)
    account_bic = TextField(label=_("БИК or BIC"), longest=11)
    account_bank = TextField(label=_("Bank"), longest=200)
    account_correspondent = TextField(label=_("Correspondent account"), longest=24)
    supplier_number = TextField(label=_("Supplier No."))
    issued_on = DayField(label=_("Issue date"), required=True)
    due_on = DayField(label=_("Due date"), required=False)
    contract = TextField(label=_("Contract"))
    client_request = TextField(label=_("Client request No."))
    category = ChoiceField(label=_("Expense item"), required=False)
    cost_centre = ChoiceField(label=_("Cost centre"), required=False)
    project = ChoiceField(label=_("Project"), required=False)
    approval_type = ChoiceField(label=_("Approval type"), required=False, widget=forms.RadioSelect)
    choice_1 = _pick()
    choice_2 = _pick()
    choice_3 = _pick()
    choice_1_text = TextField(label=_("First approver"), longest=300)
    choice_2_text = TextField(label=_("Second approver"), longest=300)
    choice_3_text = TextField(label=_("Third approver"), longest=300)
    payment_order_required = forms.BooleanField(label=_("Payment order required"), required=False)
    payment_purpose = TextField(label=_("Purpose of payment"), longest=210, lines=2)
    planned_on = forms.CharField(label=_("Planned date"), required=False)
    vat = forms.CharField(label=pgettext_lazy("tax", "VAT"), required=False)
    attached = forms.Field(label=_("Files"), required=False)
    duplicate_reason = TextField(label=_("Why it is not a duplicate"), longest=1000, lines=2)

    def __init__(self, type_: TypeCard, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = type_
        self.own = OwnFields(type_, self)
        self._offered: dict[str, list[Any]] = {}
        self._offer("entity", [(str(row.id), row.fields.short_name) for row in company.entities()])
        self._offer("currency", choices.currency_codes())
        self._offer("new_country", choices.countries())
        self._offer("approval_type", [(kind.value, approvals.words(kind)) for kind in ApprovalType])
        lines = doctypes.choices()
        for code in DICTIONARIES:
            self._offer(code, [("", "—"), *lines[code.upper()]])
        self.offer_accounts()
        self.fields["payment_purpose"].widget.attrs["data-count"] = "210"
        self._suit()

    @property
    def has_dictionaries(self) -> dict[str, bool]:
        """Tell which dictionaries have anything to choose from."""
        return {code: len(self._offered[code]) > 1 for code in DICTIONARIES}

    @property
    def has_choice_of_payers(self) -> bool:
        """Tell whether there is more than one payer entity."""
        return len(self._offered["entity"]) > 1

    @property
    def needs_party(self) -> bool:
        """Tell whether a counterparty has to be named."""
        return self.needs("counterparty")

    @property
    def makes_party(self) -> bool:
        """Tell whether a counterparty is to be created on the spot."""
        return bool(self.cleaned_data.get("new_name") or self.cleaned_data.get("new_inn"))

    @property
    def makes_account(self) -> bool:
        """Tell whether an account is to be entered on the spot."""
        return bool(self.cleaned_data.get("account_number"))

    def clean(self) -> dict[str, Any]:
        """Read what needs two fields: amounts with their currency, names without their ids."""
        cleaned = self.cleaned_data
        if cleaned.get("amount") and cleaned.get("currency"):
            self._read_amount(cleaned)
        if "counterparty" in self.fields:
            self._find_party(cleaned)
        if "approval_type" in self.fields:
            self._find_people(cleaned)
        self.own.clean()
        return cleaned

    def offer_accounts(self) -> None:
        """Offer the accounts of the counterparty that stands in the form by now."""
        self._offer("account", [("", "—"), *self._accounts()])

    def card(self) -> dict[str, Json]:
        """Return the fields of the card as JSON."""
        cleaned = self.cleaned_data
        card: dict[str, Json] = {code: cleaned.get(code) or "" for code in TEXTS}
        for code in REFERENCES:
            card[code] = cleaned.get(code) or None
        for code in ("issued_on", "due_on"):
            card[code] = cleaned[code].isoformat() if cleaned.get(code) else None
        card["amount"] = cleaned.get("minor")
        # A sum that is not named has no currency either.
        card["currency"] = card["currency"] if self.needs("amount") or card["amount"] else None
        card["payment_order_required"] = bool(cleaned.get("payment_order_required"))
        chosen = [cleaned[code] for code in CHOSEN if cleaned.get(code)]
        card["choice"] = chosen if card["approval_type"] == ApprovalType.MY_CHOICE else []
        asked = {code: value for code, value in card.items() if self.type.asks_for(code)}
        return asked | self.own.card()

    def needs(self, code: str) -> bool:
        """Tell whether the document cannot be saved without a field."""
        field = self.type.rules.fields.get(code)
        return field is not None and field.required_at is Gate.SAVE

    def _suit(self) -> None:
        """Take out what the type does not ask for; name and demand the rest as it does."""
        for code, parts in PARTS.items():
            if not self.type.asks_for(code):
                for part in parts:
                    del self.fields[part]
        for field in self.type.used:
            shown = self.fields.get(SHOWN_AT.get(field.code, field.code))
            if shown is None or not field.is_core:
                continue
            shown.label = label_of(field)
            if field.code not in UNDEMANDING:
                shown.required = self.needs(field.code)
                if shown.required and field.code == "title":
                    # It has to be given, so nothing is made of it.
                    shown.help_text = ""
                elif field.required_at is Gate.SUBMIT:
                    shown.help_text = NEEDED_TO_SEND

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Show what a service found wrong, at its field."""
        for code, problem in errors.items():
            code = code.split(".")[0]
            place = PLACES.get(code, code)
            if place == "counterparty":
                place = "counterparty_text"
            self._tell(place, code, problem)

    def _tell(self, place: str, code: str, problem: str) -> None:
        field = self.type.field(code)
        if field and field.kind is FieldKind.FILE:
            self.add_error("attached", f"{label_of(field)}: {fields.words(problem)}")
        elif field and not field.is_core:
            self.add_error(self.own.place(field), fields.words(problem))
        else:
            self.add_error(place if place in self.fields else None, fields.words(problem))

    def _offer(self, code: str, choices: list[Any]) -> None:
        field = self.fields[code]
        assert isinstance(field, ChoiceField)
        field.choices = choices
        self._offered[code] = choices

    def _accounts(self) -> list[tuple[str, str]]:
        known = self.data.get("counterparty") if self.is_bound else self.initial.get("counterparty")
        party = _uuid(known)
        if party is None:
            return []
        return [
            (str(row.id), f"{row.number} · {row.bank_name or row.bic or row.currency}")
            for row in parties.accounts_of(counterparty_id=party)
        ]

    def _read_amount(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["minor"] = typed.amount(cleaned["amount"], cleaned["currency"])
        except ValueError as error:
            self.add_error("amount", wrong(str(error)))

    def _find_party(self, cleaned: dict[str, Any]) -> None:
        party = _uuid(cleaned.get("counterparty"))
        if self.makes_party or (party and parties.lines(ids=[party])):
            return
        cleaned["counterparty"] = ""
        name = cleaned.get("counterparty_text") or ""
        if not name:
            if self.needs("counterparty"):
                self.add_error("counterparty_text", wrong("REQUIRED"))
            return
        found = parties.suggest(text=name, limit=2)
        if len(found) == 1:
            cleaned["counterparty"] = str(found[0].id)
        else:
            self.add_error("counterparty_text", str(SEVERAL if found else UNKNOWN))

    def _find_people(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("approval_type") != ApprovalType.MY_CHOICE:
            return
        known = people.picks(
            person_ids=[key for code in CHOSEN if (key := _uuid(cleaned.get(code)))]
        )
        for code in CHOSEN:
            name = cleaned.get(f"{code}_text") or ""
            if _uuid(cleaned.get(code)) in known:
                continue
            cleaned[code] = ""
            found = people.directory(search=name, limit=2) if name else ()
            if len(found) == 1:
                cleaned[code] = str(found[0].id)
            elif name:
                self.add_error(f"{code}_text", str(SEVERAL if found else NOBODY))


SEVERAL = _("Several fit this. Choose one from the list, or type more.")
UNKNOWN = _("Nobody of this name is known yet. Choose from the list, or add a new counterparty.")
NOBODY = _("Nobody of this name is known. Choose from the list.")


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
