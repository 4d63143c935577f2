"""Asking somebody from outside to approve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from akcept.cases.cards import FileCard
from akcept.cases.outside.inviting import LONGEST_QUESTION, Guest, Shared
from akcept.web import choices
from akcept.web.forms.fields import TextField
from akcept.web.forms.laid import LaidForm


class SharingForm(LaidForm):
    """What somebody from outside is asked, and which files they see."""

    question = TextField(
        label=_("The question"),
        longest=LONGEST_QUESTION,
        lines=3,
        help_text=_(
            "They read it on their page, with amount, payer and comment, and nothing else."
        ),
    )
    shown = forms.TypedMultipleChoiceField(
        label=_("Files they see"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: the main file alone."),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        offered: Sequence[FileCard],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["shown"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(card.id, card.name) for card in offered if card.is_current]
        if not field.choices:
            del self.fields["shown"]

    def shared(self) -> Shared:
        """Return what the form shares."""
        given = self.cleaned_data
        return Shared(given["question"], tuple(given.get("shown", ())))


class GuestForm(SharingForm):
    """Who is asked as well."""

    halves: ClassVar[frozenset[str]] = frozenset({"email", "name", "position", "company"})
    field_order = [
        "email", "name", "position", "company", "language", "question", "shown",
    ]  # fmt: skip
    email = TextField(
        label=_("E-mail"),
        longest=254,
        required=True,
        help_text=_("Link and code go there; it cannot be the address of a colleague."),
    )
    name = TextField(label=_("Full name"), longest=200, required=True)
    position = TextField(label=_("Position"), longest=90)
    company = TextField(label=_("Company"), longest=100)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=choices.LANGUAGES)

    def guest(self) -> Guest:
        """Return whom the form names."""
        given = self.cleaned_data
        names = ("email", "name", "position", "company", "language")
        return Guest(**{name: given[name] for name in names})
