"""Form fields that clean like the rooms below do and speak with the words of `wording.fields`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from akcept.kit import text
from akcept.web.forms import typed
from akcept.wording import fields

# Said at what a draft may be without.
NEEDED_TO_SEND = _("Needed to send for approval.")


def wrong(code: str) -> ValidationError:
    """Return what a field raises for a code."""
    return ValidationError(fields.words(code), code=code)


class TextField(forms.CharField):
    """A line or a text, without characters that nobody types."""

    def __init__(
        self, *, label: Any, longest: int = 100, lines: int = 0, required: bool = False, **more: Any
    ) -> None:
        widget = more.pop("widget", None) or (
            forms.Textarea({"rows": lines}) if lines else forms.TextInput()
        )
        widget.attrs.setdefault("maxlength", longest)
        super().__init__(label=label, required=required, widget=widget, **more)
        self.longest, self.is_multiline = longest, bool(lines)
        # Django's own check of NUL speaks other words than ours.
        self.validators = []
        self.error_messages["required"] = fields.words("REQUIRED")

    def clean(self, value: Any) -> str:
        """Return the text trimmed and composed."""
        try:
            cleaned = text.clean_text(
                str(value or ""), max_length=self.longest, multiline=self.is_multiline
            )
        except ValueError as error:
            raise wrong(str(error)) from None
        if self.required and not cleaned:
            raise wrong("REQUIRED")
        return cleaned


class DayField(forms.Field):
    """A date, typed or picked."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        """Return the day, or None for none."""
        if not str(value or "").strip():
            if self.required:
                raise wrong("REQUIRED")
            return None
        try:
            return typed.day(str(value))
        except ValueError as error:
            raise wrong(str(error)) from None


class ChoiceField(forms.ChoiceField):
    """One of a list; another value is refused in our words."""

    def clean(self, value: Any) -> str:
        """Return the value chosen, or an empty text."""
        chosen = "" if value is None else str(value)
        if not chosen and self.required:
            raise wrong("REQUIRED")
        if chosen and not self.valid_value(chosen):
            raise wrong("NOT_A_CHOICE")
        return chosen


class MoneyField(forms.CharField):
    """Only the text of an amount: the currency stands in another field, so the form reads the number."""

    def __init__(self, *, label: Any, required: bool = False, **more: Any) -> None:
        widget = forms.TextInput(
            {
                "class": "ak-input-money",
                "inputmode": "decimal",
                "autocomplete": "off",
                "maxlength": 40,
            }
        )
        super().__init__(label=label, required=required, widget=widget, **more)
        self.validators = []

    def clean(self, value: Any) -> str:
        """Return the text as typed."""
        return str(value or "").strip()
