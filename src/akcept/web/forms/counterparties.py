"""Counterparties and their bank accounts, as they are typed in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from akcept.parties.codes import How
from akcept.parties.labels import HOW
from akcept.parties.services import AccountFields, PartyFields
from akcept.web import choices
from akcept.web.forms.fields import TextField

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class PartyForm(forms.Form):
    """What is known of a counterparty; a name or an ИНН is enough to begin."""

    name = TextField(label=_("Name"), longest=300)
    country = forms.ChoiceField(label=_("Country"), choices=choices.countries)
    inn = TextField(label=_("ИНН"), longest=20, widget=forms.TextInput(DIGITS))
    kpp = TextField(label=_("КПП"), longest=20, widget=forms.TextInput(PLAIN))
    ogrn = TextField(label=_("ОГРН or ОГРНИП"), longest=20, widget=forms.TextInput(DIGITS))
    vat_id = TextField(label=_("VAT number"), longest=30, widget=forms.TextInput(PLAIN))

    group = TextField(
        label=_("Group"),
        longest=60,
        help_text=_(
            "A label that routes may ask for, like “Utilities”. Keepers of counterparties set it."
        ),
    )

    def fields_given(self) -> PartyFields:
        """Return what was said."""
        return PartyFields(**self.cleaned_data)


class AccountForm(forms.Form):
    """The requisites of one account."""

    number = TextField(
        label=_("Account number or IBAN"),
        longest=50,
        required=True,
        widget=forms.TextInput(PLAIN),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=choices.currencies)
    bic = TextField(
        label=_("БИК or BIC"),
        longest=20,
        widget=forms.TextInput(PLAIN),
        help_text=_("Nine digits for a Russian bank."),
    )
    bank_name = TextField(label=_("Bank"), longest=200)
    correspondent = TextField(
        label=_("Correspondent account"),
        longest=40,
        widget=forms.TextInput(DIGITS),
        help_text=_("For Russian banks."),
    )

    def fields_given(self) -> AccountFields:
        """Return what was said."""
        return AccountFields(**self.cleaned_data)


class VerifyForm(forms.Form):
    """How somebody made sure of an account."""

    how = forms.ChoiceField(
        label=_("How it was verified"),
        choices=[(how.value, HOW[how]) for how in How],
        widget=forms.RadioSelect({"class": "form-check-input"}),
    )
    note = TextField(
        label=_("Note"),
        longest=1000,
        lines=3,
        help_text=_("With whom you spoke, the number of the letter, and so on."),
    )


class ReasonForm(forms.Form):
    """Why an account is blocked or may be used again."""

    reason = TextField(label=_("Reason (required)"), longest=1000, lines=3, required=True)
