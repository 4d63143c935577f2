"""What people set for themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from akcept.people.codes import Theme, TokenScope
from akcept.people.labels import THEMES, TOKEN_SCOPES
from akcept.web import choices
from akcept.web.forms.people import document_types, everywhere, to_id
from akcept.web.forms.picking import PersonField

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
TICKS = {"class": "form-check-input"}


def _waits() -> list[tuple[str, str | Promise]]:
    seconds = [(str(n), ngettext_lazy("%(n)d second", "%(n)d seconds", n) % {"n": n}) for n in (5, 10, 20, 30)]  # fmt: skip
    return [("", _("As the company has set")), *seconds]


class ProfileForm(forms.Form):
    """Language, time zone, looks, undo and keys."""

    language = forms.ChoiceField(label=_("Language"), choices=choices.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=choices.time_zones)
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[(theme.value, THEMES[theme]) for theme in Theme],
        required=False,
    )
    undo_seconds = forms.TypedChoiceField(
        label=_("Time to undo a decision"),
        choices=_waits,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Letters about your decision wait that long."),
    )
    single_keys = forms.BooleanField(
        label=_("Keys of one letter decide and open things"),
        required=False,
        help_text=_("Switch it off if you dictate, or press keys by accident."),
    )

    def clean_theme(self) -> str:
        """Leave it to the machine where nothing is said."""
        return self.cleaned_data["theme"] or Theme.AUTO.value


class AwayForm(forms.Form):
    """Who acts while one is away."""

    deputy_id = PersonField(
        label=_("Deputy"),
        required=False,
        help_text=_("Empty: nobody acts for you, and your tasks wait."),
    )
    starts_on = forms.DateField(label=_("First day"), widget=DAY)
    ends_on = forms.DateField(label=_("Last day"), widget=DAY)
    entity_id = forms.TypedChoiceField(
        label=_("Payer"), choices=everywhere, coerce=to_id, empty_value=None, required=False
    )
    doctype = forms.ChoiceField(label=_("Document type"), choices=document_types, required=False)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)


class PasswordForm(forms.Form):
    """A new password, which only who knows the old one can set."""

    old = forms.CharField(
        label=_("Current password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 8 characters, not a common word and not digits alone."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class TokenForm(forms.Form):
    """An API key: what it is for and how far it goes."""

    name = forms.CharField(label=_("What it is for"), max_length=100)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(scope.value, TOKEN_SCOPES[scope]) for scope in TokenScope],
        initial=[TokenScope.READ.value],
        widget=forms.CheckboxSelectMultiple(TICKS),
    )
    expires_on = forms.DateField(label=_("Works until"), required=False, widget=DAY)
    token_password = forms.CharField(
        label=_("Your password"),
        strip=False,
        help_text=_("To make sure that it is you."),
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def scopes_granted(self) -> list[TokenScope]:
        """Return the scopes as the rules know them."""
        given: dict[str, Any] = self.cleaned_data
        return [TokenScope(scope) for scope in given["scopes"]]
