"""Who changed what is set up for the company, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from akcept.company.labels import DAY_KINDS
from akcept.engine.calendars import DayKind
from akcept.journal.queries import REMOVED, StoredEntry
from akcept.people import queries as people
from akcept.people.codes import Right
from akcept.people.labels import RIGHTS
from akcept.web import formats
from akcept.web.forms.people import DepartmentForm
from akcept.web.forms.settings import CompanyForm, PayerForm
from akcept.web.present import changes, type_changes
from akcept.wording import documents

Data = Mapping[str, Any]
DEPARTMENTS = frozenset({"DEPARTMENT_CREATED", "DEPARTMENT_CHANGED"})
RIGHTS_OF_ROLE = gettext_lazy("Rights")
DEED = {
    "SETTINGS_CHANGED": gettext_lazy("changed the settings"),
    "CALENDAR_DAY_SET": gettext_lazy("set a working day"),
    "PAYER_ENTITY_CREATED": gettext_lazy("added a payer"),
    "PAYER_ENTITY_CHANGED": gettext_lazy("changed a payer"),
    "ROUTE_CREATED": gettext_lazy("began a route"),
    "ROUTE_DRAFTED": gettext_lazy("drafted a route"),
    "ROUTE_DRAFT_DROPPED": gettext_lazy("dropped the draft of a route"),
    "ROUTE_PUBLISHED": gettext_lazy("published a route"),
    "ROUTE_CHANGED": gettext_lazy("changed a route"),
    "RATE_SET": gettext_lazy("entered an exchange rate"),
    "VAT_RATE_ADDED": gettext_lazy("added a VAT rate"),
    "VAT_RATE_RETIRED": gettext_lazy("retired a VAT rate"),
    "VAT_RATE_BROUGHT_BACK": gettext_lazy("brought a VAT rate back"),
    "DEPARTMENT_CREATED": gettext_lazy("added a department"),
    "DEPARTMENT_CHANGED": gettext_lazy("changed a department"),
    "ROLE_CHANGED": gettext_lazy("changed a role"),
    "DUTIES_EXPORTED": gettext_lazy("exported the report of duties"),
    "CHANGE_PROPOSED": gettext_lazy("asked for a change that needs a second person"),
    "CHANGE_CONFIRMED": gettext_lazy("confirmed a change"),
    "CHANGE_DECLINED": gettext_lazy("declined a change"),
    "CHANGE_WITHDRAWN": gettext_lazy("withdrew a change"),
    "DOCUMENT_TYPE_ADDED": gettext_lazy("added a document type"),
    "DOCUMENT_TYPE_CHANGED": gettext_lazy("changed a document type"),
    "VIEW_SHARED": gettext_lazy("shared a view of the registry"),
    "VIEW_CHANGED": gettext_lazy("changed a shared view of the registry"),
    "VIEW_REMOVED": gettext_lazy("removed a shared view of the registry"),
    "DICTIONARY_LINE_ADDED": gettext_lazy("added a line to a dictionary"),
    "DICTIONARY_LINE_RETIRED": gettext_lazy("retired a line of a dictionary"),
}
NOTHING = "—"
MOST = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One change."""

    who: str
    did: Promise | str
    at: datetime
    lines: tuple[str, ...]


def lines(entries: Iterable[StoredEntry], *, names: Mapping[UUID, str]) -> list[Told]:
    """Return the changes as they are told, the newest first; `names` are those of payers and routes."""
    newest = sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST]
    units = _units(newest)
    return [_told(entry, names, units) for entry in newest]


def _told(entry: StoredEntry, names: Mapping[UUID, str], units: Mapping[str, str]) -> Told:
    name = entry.actor.name
    who = _("(removed)") if name is REMOVED else str(name)
    of = names.get(entry.chain_id)
    if entry.kind in DEPARTMENTS:
        told = tuple(_department(entry.data, units))
    else:
        told = tuple(DETAILS.get(entry.kind, _plain)(entry.data))
    if of and of not in told:
        told = (of, *told)
    return Told(who, DEED.get(entry.kind, entry.kind), entry.at, told)


def _changes(data: Data) -> list[str]:
    labels = CompanyForm.base_fields | PayerForm.base_fields
    return [
        f"{labels[name].label if name in labels else name}: {_words(old)} → {_words(new)}"
        for name, (old, new) in data["changes"].items()
    ]


def _view(data: Data) -> list[str]:
    labels = {"name": _("Name"), "query": _("Filter"), "is_shared": _("Shared")}
    return [
        str(data["name"]),
        *(
            f"{labels[name]}: {_words(old)} → {_words(new)}"
            for name, (old, new) in data["changes"].items()
        ),
    ]


def _day(data: Data) -> list[str]:
    old, new = (str(DAY_KINDS[DayKind(kind)]) if kind else NOTHING for kind in data["kind"])
    on = formats.day(date.fromisoformat(data["day"]))
    return [f"{data['calendar']}, {on}: {old} → {new}" + (f" ({data['name']})" if data["name"] else "")]  # fmt: skip


def _rate(data: Data) -> list[str]:
    old, new = (str(Decimal(value).scaleb(-8).normalize()) if value else NOTHING for value in data["value_e8"])  # fmt: skip
    on = formats.day(date.fromisoformat(data["on"]))
    return [f"{data['currency']}, {on}: {old} → {new}"]


def _units(entries: Iterable[StoredEntry]) -> dict[str, str]:
    """Return the names of departments and of whoever headed those that were changed, by id."""
    changed = [entry.data["changes"] for entry in entries if entry.kind in DEPARTMENTS]
    heads = {str(one) for row in changed if isinstance(row, dict) for one in row.get("head_id") or () if one}  # type: ignore[union-attr]  # fmt: skip
    if not changed:
        return {}
    found = people.picks(person_ids=[UUID(one) for one in heads])
    units = {str(one.id): one.name for one in people.departments()}
    return units | {str(one.id): one.name for one in found.values()}


def _department(data: Data, names: Mapping[str, str]) -> list[str]:
    """Tell which department it was, and what of it differs, old and new."""
    differ = [
        f"{DepartmentForm.base_fields[field].label}: {' → '.join(_words(names.get(str(one), one)) for one in pair)}"
        for field, pair in data["changes"].items()
        if pair[0] != pair[1]
    ]
    return [names.get(str(data["department"]), NOTHING), *differ]


def _change(data: Data) -> list[str]:
    """Tell what kind of change it was that waited or was settled, with the reason given."""
    remark = data.get("remark")
    told = [str(changes.title(data["command"]))]
    return [*told, remark] if isinstance(remark, str) and remark else told


def _role(data: Data) -> list[str]:
    """Tell names that differ, and rights old and new."""
    old, new = (", ".join(str(RIGHTS[Right(one)]) for one in held) or NOTHING for held in data["rights"])  # fmt: skip
    names = [data["name_ru" if documents.is_russian() else "name_en"]]
    called = [after if before in ("", after) else f"{before} → {after}" for before, after in names]
    rights = f"{RIGHTS_OF_ROLE}: {old} → {new}"
    return [*called, rights] if old != new else called


def _plain(data: Data) -> list[str]:
    named = [_words(data[name]) for name in ("code", "name", "name_en") if data.get(name)]
    changed = data.get("changes")
    changes = changed.items() if isinstance(changed, dict) else ()
    told = [_words(pair[1]) for name, pair in changes if name == "name" and isinstance(pair, list)]
    return [" · ".join(named + told)] if named or told else []


def _words(value: object) -> str:
    if value is True or value is False:
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return " → ".join(_words(one) for one in value)
    return NOTHING if value in (None, "") else str(value)


DETAILS: Mapping[str, Callable[[Data], list[str]]] = {
    "SETTINGS_CHANGED": _changes,
    "PAYER_ENTITY_CHANGED": _changes,
    "VIEW_CHANGED": _view,
    "CALENDAR_DAY_SET": _day,
    "RATE_SET": _rate,
    "ROLE_CHANGED": _role,
    **dict.fromkeys(
        ("CHANGE_PROPOSED", "CHANGE_CONFIRMED", "CHANGE_DECLINED", "CHANGE_WITHDRAWN"), _change
    ),
    "DOCUMENT_TYPE_CHANGED": type_changes.told,
}
