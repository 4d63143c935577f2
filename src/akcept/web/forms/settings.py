"""What is set up for the whole company."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from akcept.company import vat
from akcept.company.checks import EntityFields
from akcept.company.labels import ADJUST_RULES, DAY_KINDS, POSTPONE_DAYS
from akcept.company.vat import VatFields
from akcept.engine.calendars import AdjustRule, DayKind, PostponeDays
from akcept.web import choices
from akcept.web.forms.fields import DayField, TextField, wrong
from akcept.web.forms.laid import LaidForm
from akcept.web.forms.picking import AnybodyField

DAY = {"type": "date"}


class CompanyForm(LaidForm):
    """The settings of the company."""

    halves: ClassVar[frozenset[str]] = frozenset(
        {"language", "base_currency", "undo_seconds", "reminder_hours", "outside_days"}
    )
    company_name = TextField(label=_("Name of the company"), longest=200)
    language = forms.ChoiceField(
        label=_("Language of the company"),
        choices=choices.LANGUAGES,
        help_text=_("Everybody can choose another one for themselves."),
    )
    base_currency = forms.ChoiceField(
        label=_("Base currency"),
        choices=choices.currencies,
        help_text=_("Limits are compared in it. It stays once rates are entered."),
    )
    undo_seconds = forms.IntegerField(
        label=_("Seconds to undo a decision"), help_text=_("0 to 60; letters wait that long.")
    )
    reminder_hours = forms.IntegerField(
        label=_("Hours until a reminder"), help_text=_("To whoever holds a task, 1 to 720.")
    )
    outside_days = forms.IntegerField(
        label=_("Days a link for outside approvers works"), help_text=_("1 to 60.")
    )
    request_needs_justification = forms.BooleanField(
        label=_("A client request number needs the justification file"), required=False
    )
    offers_reject = forms.BooleanField(
        label=_("Documents can be rejected for good"),
        required=False,
        help_text=_("Without it approvers can only return them for rework."),
    )
    seal_letter_to = TextField(
        label=_("Daily letter with the seal of the journal to"),
        longest=254,
        help_text=_(
            "The address of somebody outside of IT, such as the auditor. Empty: no letter."
        ),
    )


class PayerForm(LaidForm):
    """A payer entity."""

    halves: ClassVar[frozenset[str]] = frozenset(
        {"country", "currency", "inn", "kpp", "time_zone", "working_calendar", "postpone_at", "postpone_days"}
    )  # fmt: skip
    name = TextField(label=_("Full name of the payer"), longest=300, required=True)
    short_name = TextField(label=_("Short name"), longest=60, required=True)
    country = forms.ChoiceField(label=_("Country"), choices=choices.countries)
    currency = forms.ChoiceField(label=_("Currency"), choices=choices.currencies)
    inn = TextField(label=_("ИНН"), longest=20)
    kpp = TextField(label=_("КПП"), longest=20)
    vat_id = TextField(label=_("VAT number"), longest=30)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=choices.time_zones)
    working_calendar = forms.ChoiceField(
        label=_("Working calendar"), choices=choices.working_calendars
    )
    postpone_at = forms.TimeField(
        label=_("Unpaid payments move at"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("In its time zone, when yesterday's statement has been entered."),
    )
    postpone_days = forms.TypedChoiceField(
        label=_("Where to they move"),
        choices=[(days.value, POSTPONE_DAYS[days]) for days in PostponeDays],
        coerce=PostponeDays,
    )
    adjust_rule = forms.TypedChoiceField(
        label=_("A planned date on a day off becomes"),
        choices=[(rule.value, ADJUST_RULES[rule]) for rule in AdjustRule],
        coerce=AdjustRule,
    )
    is_active = forms.BooleanField(label=_("May be chosen in new documents"), required=False)

    def fields_given(self) -> EntityFields:
        """Return what was said."""
        return EntityFields(**self.cleaned_data)


class DayForm(LaidForm):
    """One day that differs from the published calendar."""

    halves: ClassVar[frozenset[str]] = frozenset({"day", "kind"})
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(DAY))
    kind = forms.TypedChoiceField(
        label=_("Kind of day"),
        choices=[(kind.value, DAY_KINDS[kind]) for kind in DayKind],
        coerce=DayKind,
    )
    name = TextField(label=_("Why"), longest=200)


class RateForm(LaidForm):
    """What one unit of a currency costs in the base currency from a day on."""

    halves: ClassVar[frozenset[str]] = frozenset({"currency", "on"})
    currency = forms.ChoiceField(label=_("Currency"), choices=choices.currencies)
    on = forms.DateField(label=_("From the day"), widget=forms.DateInput(DAY))
    value = TextField(
        label=_("Rate"), longest=30, required=True, help_text=_("How much one unit costs.")
    )


class VatRateForm(LaidForm):
    """A VAT rate under the code that invoices keep."""

    halves: ClassVar[frozenset[str]] = frozenset(
        {"code", "percent", "name_en", "name_ru", "starts_on", "ends_on"}
    )
    code = TextField(
        label=_("Code"), longest=10, required=True, help_text=_("Invoices keep it. Like VAT22.")
    )
    percent = TextField(
        label=_("Per cent"), longest=10, help_text=_("Empty: no VAT at all, which is not 0 %.")
    )
    name_en = TextField(label=_("Name in English"), longest=60, required=True)
    name_ru = TextField(label=_("Name in Russian"), longest=60, required=True)
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)

    def clean_code(self) -> str:
        """Return the code in capitals."""
        return str(self.cleaned_data["code"]).upper()

    def clean_percent(self) -> int | None:
        """Return basis points; None for no VAT at all."""
        typed = self.cleaned_data["percent"]
        try:
            return vat.parse_percent(typed) if typed else None
        except ValueError as error:
            raise wrong(str(error)) from None

    def rate(self) -> VatFields:
        """Return what was said."""
        given = self.cleaned_data
        return VatFields(
            code=given["code"],
            basis_points=given["percent"],
            name_en=given["name_en"],
            name_ru=given["name_ru"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
        )


class LineForm(LaidForm):
    """One line of a dictionary."""

    halves: ClassVar[frozenset[str]] = frozenset({"code", "name"})
    code = TextField(label=_("Code"), longest=32, required=True)
    name = TextField(label=_("Name"), longest=200, required=True)


class TableForm(forms.Form):
    """A CSV table somebody brings along."""

    LARGEST = 1024 * 1024
    table = forms.FileField(label=_("CSV file"))

    def clean_table(self) -> bytes:
        """Return what the file holds."""
        given: Any = self.cleaned_data["table"]
        if given.size > self.LARGEST:
            raise forms.ValidationError(_("The file is too large."))
        content: bytes = given.read()
        return content


class AddApproverForm(forms.Form):
    """Somebody more in the list."""

    person = AnybodyField(label=_("Add somebody"), required=False)
