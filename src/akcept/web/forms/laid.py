"""Forms that lay themselves out: parts/fields.html draws every field at its width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from django import forms
from django.forms import BoundField

from akcept.web.forms.picking import PersonField


class Place(NamedTuple):
    """A field, how wide it stands, and what draws it."""

    field: BoundField
    width: str
    kind: str


class LaidForm(forms.Form):
    """A form whose short fields stand two in a line."""

    halves: ClassVar[frozenset[str]] = frozenset()

    def places(self) -> Iterator[Place]:
        """Yield the fields in their order."""
        for bound in self.visible_fields():
            width = "ak-w6" if bound.name in self.halves else ""
            yield Place(bound, width, _kind(bound))


def _kind(bound: BoundField) -> str:
    if isinstance(bound.field, PersonField):
        return "person"
    return "choices" if isinstance(bound.field.widget, forms.RadioSelect) else "field"
