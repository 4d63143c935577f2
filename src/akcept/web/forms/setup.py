"""The first page of an empty company."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from akcept.company.checks import EntityFields
from akcept.kit import setup_code
from akcept.people.fields import PersonFields
from akcept.people.founding import Founding
from akcept.web import choices

ADMINISTRATOR, OTHER = "ADMINISTRATOR", "OTHER"
RADIO = {"class": "form-check-input"}
REQUIRED = _("Please fill this in.")


class SetUpForm(forms.Form):
    """Everything a company begins with, asked once."""

    code = forms.CharField(
        label=_("Set-up code"),
        max_length=40,
        help_text=_("Akcept has printed it in the console where it was started."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    company_name = forms.CharField(label=_("Name of the company"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language of the company"),
        choices=choices.LANGUAGES,
        help_text=_("Everybody can choose another one for themselves."),
    )
    administrator_name = forms.CharField(
        label=_("Your full name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    administrator_email = forms.EmailField(
        label=_("Your e-mail"), widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 8 characters, not a common word and not digits alone."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    entity_country = forms.ChoiceField(label=_("Country"), choices=choices.countries)
    entity_name = forms.CharField(label=_("Full name of the payer"), max_length=300)
    entity_short_name = forms.CharField(
        label=_("Short name"), max_length=60, help_text=_("Shown in lists.")
    )
    entity_inn = forms.CharField(
        label=_("ИНН"), max_length=20, required=False, help_text=_("For Russian payers.")
    )
    entity_kpp = forms.CharField(label=_("КПП"), max_length=20, required=False)
    entity_vat_id = forms.CharField(
        label=_("VAT number"), max_length=30, required=False, help_text=_("For other payers.")
    )
    entity_currency = forms.ChoiceField(
        label=_("Currency"),
        choices=choices.currencies,
        help_text=_("Limits are compared in it."),
    )
    entity_time_zone = forms.ChoiceField(label=_("Time zone"), choices=choices.time_zones)
    entity_working_calendar = forms.ChoiceField(
        label=_("Working calendar"), choices=choices.working_calendars
    )
    director = forms.ChoiceField(
        label=_("Who is the director?"),
        choices=[(ADMINISTRATOR, _("I am")), (OTHER, _("Somebody else"))],
        widget=forms.RadioSelect(RADIO),
    )
    director_name = forms.CharField(
        label=_("Full name of the director"), max_length=200, required=False
    )
    director_email = forms.EmailField(label=_("E-mail of the director"), required=False)
    peer = forms.ChoiceField(
        label=_("Who decides on the director's own documents?"),
        choices=[(ADMINISTRATOR, _("I do")), (OTHER, _("Somebody else"))],
        widget=forms.RadioSelect(RADIO),
    )
    peer_name = forms.CharField(
        label=_("Full name of the one who decides"), max_length=200, required=False
    )
    peer_email = forms.EmailField(label=_("E-mail of the one who decides"), required=False)
    colleagues = forms.CharField(
        label=_("First colleagues"),
        required=False,
        max_length=10_000,
        help_text=_("One a line: full name, e-mail. They report to the director; you can change everything later."),
        widget=forms.Textarea({"rows": "4"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        """Refuse any code but the one in the console."""
        code = str(self.cleaned_data["code"])
        if not setup_code.check(code):
            raise forms.ValidationError(
                _("This is not the code. Start Akcept again for a new one.")
            )
        return code

    def clean(self) -> dict[str, Any]:
        """Ask for the names that the answers call for."""
        given = self.cleaned_data
        if given.get("director") == given.get("peer") == ADMINISTRATOR:
            self.add_error("peer", _("Nobody decides on their own documents. Name somebody else."))
        for whose in ("director", "peer"):
            if given.get(whose) == OTHER and not given.get(f"{whose}_name"):
                self.add_error(f"{whose}_name", REQUIRED)
        return given

    def founding(self) -> Founding:
        """Return what was said, as far as it can be read."""
        given = self._given()
        return Founding(
            company_name=given["company_name"],
            language=given["language"],
            base_currency=given["entity_currency"],
            entity=self._entity(),
            administrator=self._person(given["administrator_name"], given["administrator_email"]),
            password=given["password"],
            director=self._named("director"),
            peer=self._named("peer"),
            colleagues=tuple(self._colleagues()),
        )

    def _given(self) -> dict[str, Any]:
        return dict.fromkeys(self.fields, "") | self.cleaned_data

    def _entity(self) -> EntityFields:
        given = self._given()
        return EntityFields(
            name=given["entity_name"],
            short_name=given["entity_short_name"],
            country=given["entity_country"],
            currency=given["entity_currency"],
            time_zone=given["entity_time_zone"],
            working_calendar=given["entity_working_calendar"],
            inn=given["entity_inn"],
            kpp=given["entity_kpp"],
            vat_id=given["entity_vat_id"],
        )

    def _named(self, whose: str) -> PersonFields | None:
        given = self._given()
        if given[whose] == ADMINISTRATOR:
            return None
        return self._person(given[f"{whose}_name"], given[f"{whose}_email"])

    def _colleagues(self) -> list[PersonFields]:
        lines = (line.partition(",") for line in self._given()["colleagues"].splitlines())
        return [self._person(name, email) for name, _comma, email in lines if name.strip()]

    def _person(self, name: str, email: str) -> PersonFields:
        given = self._given()
        return PersonFields(
            name=name,
            email=email or None,
            language=given["language"],
            time_zone=given["entity_time_zone"],
        )
