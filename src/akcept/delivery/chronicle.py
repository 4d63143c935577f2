"""A case as its journal tells it: the fold at any entry, and entries ready to be worded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from akcept.cases.cards import HistoryCard, PersonChip
from akcept.delivery.audience import Happening
from akcept.engine import codec
from akcept.engine.case import Case
from akcept.engine.evolve import Envelope, evolve
from akcept.engine.facts import SYSTEM
from akcept.journal import queries as journal
from akcept.journal.queries import REMOVED, Place, StoredEntry
from akcept.people.models import Person

CHAIN = "CASE"
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The entries of one case."""

    entries: Sequence[StoredEntry]

    def case(self, *, upto: int | None = None) -> Case:
        """Return the case as it stood after an entry, or as it stands."""
        folded = self._fold(self.entries[:upto])
        assert folded is not None, "a case has at least one entry"
        return folded

    def happening(self, *, first: int, last: int) -> Happening:
        """Return what the entries from first to last did."""
        events = [_event(entry) for entry in self.entries[first - 1 : last]]
        by = _author(self.entries[first - 1])
        before = self._fold(self.entries[: first - 1])
        return Happening(before, self.case(upto=last), first, events, by)

    def _fold(self, entries: Iterable[StoredEntry]) -> Case | None:
        case: Case | None = None
        for entry in entries:
            case = evolve(case, _event(entry), Envelope(_author(entry), entry.at))
        return case


def read(*, case_id: UUID) -> Chronicle:
    """Read the whole chain of a case."""
    return Chronicle(journal.entries(chain_id=case_id))


def is_of_a_case(*, chain_id: UUID) -> bool:
    """Tell whether a chain is that of a case."""
    (first,) = journal.entries_of(refs=[(chain_id, 1)]).values()
    return first.chain == CHAIN


def history_cards(places: Iterable[Place]) -> Mapping[Place, HistoryCard]:
    """Return entries ready to be worded, with three queries however many they are."""
    found = journal.entries_of(refs=places)
    names = names_of(person for entry in found.values() for person in _people(entry))
    return {place: history_card(entry, names) for place, entry in found.items()}


def history_card(entry: StoredEntry, names: Mapping[str, str]) -> HistoryCard:
    """Return one entry ready to be worded."""
    data: Any = entry.data
    absentee = data.get("on_behalf_of")
    actor = None
    if entry.actor.id:
        actor = _chip(str(entry.actor.id), names)
    return HistoryCard(
        case_id=entry.chain_id,
        number=entry.number,
        kind=entry.kind,
        at=entry.at,
        actor=actor,
        acting_for=_chip(absentee, names) if absentee else None,
        data=data,
        names=names,
        is_removed=_has_removed(entry.data),
    )


def names_of(people: Iterable[str]) -> Mapping[str, str]:
    """Return the names people have now, by id."""
    wanted = {UUID(person) for person in people}
    rows = Person.objects.filter(id__in=wanted).values_list("id", "name")
    return {str(id_): name for id_, name in rows}


def _event(entry: StoredEntry) -> Any:
    return codec.load_event(entry.kind, _readable(entry.data))


def _author(entry: StoredEntry) -> str:
    return str(entry.actor.id) if entry.actor.id else SYSTEM


def _chip(person: str, names: Mapping[str, str]) -> PersonChip:
    return PersonChip(UUID(person), names.get(person, ""))


def _people(entry: StoredEntry) -> Iterator[str]:
    if entry.actor.id:
        yield str(entry.actor.id)
    yield from _ids(entry.data)


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str) and ID.fullmatch(value):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _ids(item)
    elif isinstance(value, list):
        for item in value:
            yield from _ids(item)


def _readable(value: Any) -> Any:
    """Put an empty text where one was erased: the fold needs a text."""
    if value is REMOVED:
        return ""
    if isinstance(value, Mapping):
        return {key: _readable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_readable(item) for item in value]
    return value


def _has_removed(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_has_removed(item) for item in value.values())
    if isinstance(value, list):
        return any(_has_removed(item) for item in value)
    return value is REMOVED
