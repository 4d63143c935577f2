"""A field that names a person: by a combobox, and without a script by typing enough of the name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from akcept.people import queries


class Picked(NamedTuple):
    """What stands in the field: an id (or nothing) and the words typed or chosen."""

    value: str = ""
    text: str = ""


class PickWidget(forms.TextInput):
    """Reads both inputs of parts/combobox.html."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Picked:
        """Return both values."""
        return Picked(str(data.get(name) or ""), str(data.get(f"{name}_text") or "").strip())


class PersonField(forms.Field):
    """Somebody active; cleans to their id or None. Draw it with parts/pick.html."""

    widget = PickWidget
    # Whether somebody from outside may be chosen.
    takes_outside = False

    def to_python(self, value: Picked | None) -> UUID | None:
        """Return who was chosen, or whom the typed words name without a doubt."""
        if not value or not (value.value or value.text):
            return None
        person = _by_id(value.value) or _by_text(value.text)
        if person is None:
            raise forms.ValidationError(_("Choose one person from the list."))
        return person

    def prepare_value(self, value: object) -> Picked:
        """Return what to show: what was typed, or the person who is set."""
        if isinstance(value, Picked):
            return value
        return picked(value) if isinstance(value, UUID) else Picked()


class AnybodyField(PersonField):
    """Somebody active, also from outside."""

    takes_outside = True


def picked(person_id: UUID) -> Picked:
    """Return a person as the field shows them."""
    found = queries.picks(person_ids=[person_id]).get(person_id)
    return Picked(str(person_id), found.name) if found else Picked()


def _by_id(value: str) -> UUID | None:
    try:
        person = UUID(value)
    except ValueError:
        return None
    return person if person in queries.picks(person_ids=[person]) else None


def _by_text(text: str) -> UUID | None:
    found = queries.directory(search=text, limit=2) if text else ()
    return found[0].id if len(found) == 1 else None
