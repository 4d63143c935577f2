"""A case as its journal tells it: the fold at any entry, and what one append did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from akcept.cases import history, naming
from akcept.cases.cards import HistoryCard
from akcept.delivery.audience import Happening
from akcept.engine import codec
from akcept.engine.case import Case
from akcept.engine.evolve import Envelope, evolve
from akcept.engine.facts import SYSTEM
from akcept.journal import queries as journal
from akcept.journal.queries import REMOVED, Place, StoredEntry


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


def entry_of(*, chain_id: UUID, number: int) -> StoredEntry:
    """Return one entry: it says of which kind its chain is, and who did it."""
    return journal.entries_of(refs=[(chain_id, number)])[chain_id, number]


def history_cards(entries: Iterable[StoredEntry]) -> Mapping[Place, HistoryCard]:
    """Return entries of any cases ready to be worded, with as many queries for ten as for one."""
    listed = list(entries)
    words = naming.names(entry.data for entry in listed)
    return {(entry.chain_id, entry.number): history.history_card(entry, words) for entry in listed}


def _event(entry: StoredEntry) -> Any:
    return codec.load_event(entry.kind, _readable(entry.data))


def _author(entry: StoredEntry) -> str:
    return str(entry.actor.id) if entry.actor.id else SYSTEM


def _readable(value: Any) -> Any:
    """Put an empty text where one was erased: the fold needs a text."""
    if value is REMOVED:
        return ""
    if isinstance(value, Mapping):
        return {key: _readable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_readable(item) for item in value]
    return value
