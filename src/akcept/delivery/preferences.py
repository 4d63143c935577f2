"""What people chose about being told: read with their letters, changed by themselves and on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from akcept.delivery.models import Preference
from akcept.delivery.wishes import CELLS, DEFAULT, OFFERED, When, Wishes, code
from akcept.engine.refusals import InvalidInput
from akcept.journal import queries as journal
from akcept.journal.canonical import JSON
from akcept.journal.queries import StoredEntry
from akcept.people.askers import Asker
from akcept.people.models import Person
from akcept.people.store import chain

CHANGED = "NOTICES_CHANGED"
QUIET = ("quiet_from", "quiet_until")
# What of a person's record is about being told; of the last so many entries so many are shown.
KINDS = frozenset({CHANGED, "PUSH_SUBSCRIBED", "PUSH_UNSUBSCRIBED"})
LOOKED_AT, SHOWN = 200, 10


def of_people(people: Iterable[UUID]) -> dict[UUID, Wishes]:
    """Return what those people chose who chose anything."""
    rows = Preference.objects.filter(person_id__in=set(people))
    return {row.person_id: _wishes(row) for row in rows}


def of(person_id: UUID) -> Wishes:
    """Return what a person chose, and what applies until they do."""
    return of_people([person_id]).get(person_id, DEFAULT)


def history(person_id: UUID) -> tuple[StoredEntry, ...]:
    """Return the last changes of what a person chose, newest first."""
    heads = Person.objects.filter(id=person_id).values_list("id", "head_number")
    found = journal.newest(heads=heads, limit=LOOKED_AT)
    return tuple(entry for entry in found if entry.kind in KINDS)[:SHOWN]


@transaction.atomic
def change(*, by: Asker, changes: Mapping[str, object], at: datetime) -> Wishes:
    """Change some of one's own wishes: cells by "TASKS.MAIL", times, the tick; refuses what is not offered."""
    new = _checked(changes)
    person = chain.locked(by.id)
    old = of(by.id)
    wishes = _applied(old, new)
    if (wishes.quiet_from is None) is not (wishes.quiet_until is None):
        raise InvalidInput(dict.fromkeys(QUIET, "BOTH_OR_NEITHER"))
    before, after = _recorded(old), _recorded(wishes)
    data: dict[str, JSON] = {
        name: [before[name], after[name]] for name in after if before[name] != after[name]
    }
    if data:
        _save(by.id, wishes)
        chain.append(person, CHANGED, {"changes": data}, by.actor, at)
    return wishes


def _checked(changes: Mapping[str, object]) -> dict[str, object]:
    errors: dict[str, str] = {}
    for name, value in changes.items():
        if name in CELLS:
            if value not in OFFERED[CELLS[name]]:
                errors[name] = "NOT_A_CHOICE"
        elif name in (*QUIET, "digest_at"):
            if not isinstance(value, time) and (name == "digest_at" or value is not None):
                errors[name] = "REQUIRED"
        elif name != "push_amounts":
            errors[name] = "UNKNOWN_FIELD"
        elif not isinstance(value, bool):
            errors[name] = "NOT_A_FLAG"
    if errors:
        raise InvalidInput(errors)
    return dict(changes)


def _applied(old: Wishes, new: Mapping[str, object]) -> Wishes:
    chosen = dict(old.chosen) | {CELLS[name]: When(str(new[name])) for name in new if name in CELLS}
    others = {name: value for name, value in new.items() if name not in CELLS}
    kept = {cell: how for cell, how in chosen.items() if how != OFFERED[cell][0]}
    return replace(old, chosen=kept, **others)  # type: ignore[arg-type]


def _save(person_id: UUID, wishes: Wishes) -> None:
    fields = {
        "cells": {code(cell): how.value for cell, how in sorted(wishes.chosen.items())},
        "digest_at": wishes.digest_at,
        "quiet_from": wishes.quiet_from,
        "quiet_until": wishes.quiet_until,
        "push_amounts": wishes.push_amounts,
    }
    Preference.objects.update_or_create(person_id=person_id, defaults=fields)


def _recorded(wishes: Wishes) -> dict[str, JSON]:
    return {
        **{name: wishes.cell(cell).value for name, cell in CELLS.items()},
        "digest_at": _clock(wishes.digest_at),
        "quiet_from": _clock(wishes.quiet_from),
        "quiet_until": _clock(wishes.quiet_until),
        "push_amounts": wishes.push_amounts,
    }


def _clock(moment: time | None) -> str | None:
    return moment.isoformat("minutes") if moment else None


def _wishes(row: Preference) -> Wishes:
    # What is offered may have become less since somebody chose.
    chosen = {CELLS[name]: When(how) for name, how in row.cells.items() if name in CELLS}
    kept = {cell: how for cell, how in chosen.items() if how in OFFERED[cell]}
    return Wishes(kept, row.digest_at, row.quiet_from, row.quiet_until, row.push_amounts)
