"""Ids in cards and entries turned into the names that people know, a fixed number of queries for any number of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Model

from akcept.cases.cards import PersonChip
from akcept.cases.models import Case
from akcept.company.models import PayerEntity
from akcept.doctypes.models import Category, CostCentre, Project
from akcept.kit import sql
from akcept.parties.models import BankAccount, Counterparty
from akcept.people.models import Person

# Card fields whose values are ids, and where their names stand; an id anywhere else is a person's, or a counterparty's.
NAMED: Mapping[str, tuple[type[Model], str]] = {
    "": (Person, "name"),
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
    """Return the names of every person and reference that stands in the data of entries, in one query."""
    return named(entries, ())[0]


def named(
    entries: Iterable[Mapping[str, Any]], people: Iterable[str]
) -> tuple[dict[str, str], dict[str, PersonChip]]:
    """Return the names of what stands in the data of entries, and who these and more people are, in one query."""
    wanted: dict[str, set[UUID]] = {code: set() for code in NAMED}
    wanted[""] = {UUID(person) for person in people}
    for data in entries:
        for code, value in _ids(data, ""):
            wanted[code if code in NAMED else ""].add(UUID(value))
            if code not in NAMED:
                # A field of a type's own may name either.
                wanted["counterparty"].add(UUID(value))
    parts = [_part(code, len(ids)) for code, ids in wanted.items() if ids]
    found = sql.rows(" UNION ALL ".join(parts), chain(*wanted.values())) if parts else []
    keyed = [(code, sql.as_uuid(key), name, more) for code, key, name, more in found]
    return (
        {str(key): name for _, key, name, _ in keyed},
        {str(key): PersonChip(key, name, more) for code, key, name, more in keyed if not code},
    )


def _part(code: str, count: int) -> str:
    model, column = NAMED[code]
    more = "''" if code else "position"
    listed = ", ".join(["%s"] * count)
    return (
        f"SELECT '{code}', id, CAST({column} AS TEXT), {more}"  # noqa: S608
        f" FROM {model._meta.db_table} WHERE id IN ({listed})"
    )


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
