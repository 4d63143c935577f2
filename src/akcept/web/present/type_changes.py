"""What was changed of a document type: each property and each field, old → new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from akcept.doctypes.codes import WhoStarts
from akcept.engine.doctypes import Gate
from akcept.web.forms.doctypes import FieldForm, TypeForm
from akcept.wording import doctypes as words
from akcept.wording.details import any_label
from akcept.wording.documents import is_russian

FIELD = "field "
NOTHING = "—"


def told(data: Mapping[str, Any]) -> list[str]:
    """Return the type by name, and a line for everything that is not as it was."""
    return [str(data["name_en"]), *_lines(data["changes"])]


def _lines(changes: Mapping[str, Any]) -> Iterator[str]:
    for name, change in changes.items():
        if not name.startswith(FIELD):
            label = TypeForm.base_fields[name].label if name in TypeForm.base_fields else name
            yield _change(str(label), name, change)
        elif isinstance(change, list):
            yield _("%(field)s: field added") % {"field": any_label(name.removeprefix(FIELD))}
        else:
            for part, pair in change.items():
                yield _change(f"{any_label(name.removeprefix(FIELD))}, {_part(part)}", part, pair)


def _change(label: str, name: str, pair: list[Any]) -> str:
    old, new = (_words(name, value) for value in pair)
    return f"{label}: {old} → {new}"


def _part(name: str) -> str:
    if name == "position":
        return _("place")
    label = FieldForm.base_fields[name].label if name in FieldForm.base_fields else name
    return str(label).lower()


def _words(name: str, value: object) -> str:
    if name == "required_at":
        return str(words.GATES[Gate(str(value))]) if value else _("never")
    if name == "who_starts":
        return str(words.WHO[WhoStarts(str(value))])
    if name == "vouches_for" and value:
        return str(words.VOUCHED.get(str(value), value))
    if name == "options" and isinstance(value, list):
        return ", ".join(_option(one) for one in value if not one["is_retired"]) or NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or NOTHING
    return NOTHING if value in (None, "") else str(value)


def _option(option: Mapping[str, Any]) -> str:
    return str(option["name_ru"] if is_russian() else option["name_en"])
