"""What a card says when an act on it was refused: why, and what changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from akcept.cases import queries
from akcept.cases.cards import CaseCard, CaseRow, HistoryCard
from akcept.engine.refusals import FingerprintMismatch, Refusal, StaleRevision
from akcept.people.askers import Asker
from akcept.web.asking import problems, title_of, words
from akcept.web.present.history import Change
from akcept.wording.details import details


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal in words."""

    title: str
    text: str
    details: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


def told(
    refusal: Refusal, record: Sequence[HistoryCard], card: CaseCard, by: Asker, at: datetime
) -> Told:
    """Return a refusal in words; a stale page also learns what is different now, a payer what was altered."""
    found: tuple[Change, ...] = ()
    if isinstance(refusal, StaleRevision):
        found = since(record, refusal.seen, card.row)
    if isinstance(refusal, FingerprintMismatch):
        found = between(queries.altered(by=by, case_id=card.row.id, at=at), card)
    return Told(title_of(refusal), words(refusal), tuple(problems(refusal)), found)


def between(entry: HistoryCard, card: CaseCard) -> tuple[Change, ...]:
    """Return the changes of one entry, in words."""
    lines = details(entry, type=card.row.type, currency=card.row.currency)
    return tuple(Change(line.label, line.old, line.text) for line in lines)


def since(record: Sequence[HistoryCard], revision: int, row: CaseRow) -> tuple[Change, ...]:
    """Return every change of the card that came after a revision."""
    later = [
        entry
        for entry in record
        if entry.kind == "REVISED" and int(str(entry.data["revision"])) > revision
    ]
    return tuple(
        Change(line.label, line.old, line.text)
        for entry in later
        for line in details(entry, type=row.type, currency=row.currency)
    )
