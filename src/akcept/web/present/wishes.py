"""What somebody changed in how they are told, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from akcept.delivery.wishes import CELLS, Way, When
from akcept.journal.queries import REMOVED, StoredEntry
from akcept.web.forms.notifying import EVENTS, HOW, IN_APP, WAYS, NotifyingForm

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Told:
    """One change: what was done, and line by line what was and what is."""

    did: str
    at: datetime
    lines: tuple[str, ...]


def told(entries: Iterable[StoredEntry]) -> list[Told]:
    """Return the changes as they are told, in the order they come."""
    return [_told(entry) for entry in entries]


def _told(entry: StoredEntry) -> Told:
    data: Mapping[str, Any] = entry.data
    if entry.kind == "NOTICES_CHANGED":
        lines = tuple(_line(name, old, new) for name, (old, new) in data["changes"].items())
        return Told(_("Changed"), entry.at, lines)
    did = {
        "PUSH_SUBSCRIBED": _("A browser takes pushes"),
        "PUSH_UNSUBSCRIBED": _("A browser takes no more pushes"),
    }[entry.kind]
    browser = data["browser"]
    return Told(did, entry.at, (_("(removed)") if browser is REMOVED else str(browser),))


def _line(name: str, old: object, new: object) -> str:
    if name in CELLS:
        event, way = CELLS[name]
        words = IN_APP if way is Way.APP else HOW
        before, after = (str(words[When(str(value))]) for value in (old, new))
        return f"{EVENTS[event][0]}, {WAYS[way]}: {before} → {after}"
    label = NotifyingForm.base_fields[name].label
    return f"{label}: {_value(old)} → {_value(new)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if value else NOTHING
