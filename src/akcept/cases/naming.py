"""Ids in cards and entries turned into the names that people know, a fixed number of queries for any number of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from akcept.cases.cards import PersonChip
from akcept.cases.models import Case
from akcept.company.models import PayerEntity
from akcept.doctypes.models import Category, CostCentre, Project
from akcept.parties.models import BankAccount, Counterparty
from akcept.people.models import Person

# Card fields whose values are ids, and where their names stand.
NAMED: Mapping[str, tuple[Any, str]] = {
    "entity": (PayerEntity, "short_name"),
    "counterparty": (Counterparty, "name"),
    "account": (BankAccount, "number"),
    "category": (Category, "name"),
    "cost_centre": (CostCentre, "name"),
    "project": (Project, "name"),
    "copy_of": (Case, "number"),
}
ID_LENGTH = 36


def chips(people: Iterable[str | UUID | None]) -> dict[str, PersonChip]:
    """Return people by their id as text, in one query."""
    wanted = {str(person) for person in people if person}
    rows = (
        Person.objects.filter(id__in=wanted).values_list("id", "name", "position") if wanted else ()
    )
    return {str(key): PersonChip(key, name, position) for key, name, position in rows}


def names(entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the names of every person and reference that stands in the data of entries."""
    loose: set[str] = set()
    fields: dict[str, set[str]] = {code: set() for code in NAMED}
    for data in entries:
        for code, value in _ids(data, ""):
            (fields[code] if code in NAMED else loose).add(value)
    found = {key: chip.name for key, chip in chips(loose).items()}
    for code, ids in fields.items():
        if ids:
            found |= _named(code, ids)
    return found


def _named(code: str, ids: set[str]) -> dict[str, str]:
    model, column = NAMED[code]
    rows = model._default_manager.filter(id__in=ids).values_list("id", column)
    return {str(key): str(name) for key, name in rows}


def _ids(value: Any, code: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            # The old and the new value of a change belong to the field that changed.
            yield from _ids(item, code if code in NAMED and key in {"old", "new"} else key)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _ids(item, code)
    elif isinstance(value, str) and len(value) == ID_LENGTH and _is_id(value):
        yield code, value


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
