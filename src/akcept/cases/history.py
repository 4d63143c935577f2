"""The record of a case as its readers are told it, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from akcept.cases import access, naming, rows, store, verifying
from akcept.cases.cards import HistoryCard, PersonChip
from akcept.journal import queries as journal
from akcept.journal.queries import REMOVED, StoredEntry
from akcept.kit import sql
from akcept.people.askers import Asker


def history(*, by: Asker, case_id: UUID, at: datetime, after: int = 0) -> tuple[HistoryCard, ...]:
    """Return the record of a case after an entry, oldest first."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    entries = journal.entries(chain_id=case_id, after=after)
    words = naming.names(entry.data for entry in entries)
    return tuple(history_card(entry, words) for entry in entries)


def history_card(entry: StoredEntry, words: Mapping[str, str]) -> HistoryCard:
    """Return an entry with what it needs to be worded; the actor is called as on that day."""
    actor = None
    if entry.actor.id is not None:
        name = "" if entry.actor.name is REMOVED else str(entry.actor.name)
        actor = PersonChip(entry.actor.id, name)
    data: Mapping[str, Any] = entry.data
    absentee = data.get("on_behalf_of")
    return HistoryCard(
        case_id=entry.chain_id,
        number=entry.number,
        kind=entry.kind,
        at=entry.at,
        actor=actor,
        acting_for=PersonChip(UUID(absentee), words.get(absentee, "")) if absentee else None,
        data=data,
        names=words,
        is_removed=any(value is REMOVED for value in data.values()),
        auth=entry.actor.auth,
    )


def altered(*, by: Asker, case_id: UUID, at: datetime) -> HistoryCard:
    """Return what stands in the case's row but not in its record, told like a revision nobody made."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    told, stored = verifying.recorded(case_id), store.read(case_id).case
    changes = {
        code: {"old": old, "new": new}
        for code, (old, new) in rows.differences(told, stored).items()
    }
    data: Mapping[str, Any] = {"revision": stored.revision, "changes": changes}
    return HistoryCard(
        case_id=case_id,
        number=stored.entries,
        kind="REVISED",
        at=at,
        actor=None,
        acting_for=None,
        data=data,
        names=naming.names([data]),
    )


def recently_decided(*, by: Asker, at: datetime, limit: int = 10) -> tuple[HistoryCard, ...]:
    """Return the last decisions of a person on cases, newest first, without what they took back."""
    found = sql.rows(
        "SELECT chain_id, number FROM journal_entry WHERE chain = 'CASE' AND actor_id = %s AND kind"
        " IN ('APPROVED', 'RETURNED', 'REJECTED', 'PAYMENT_REFUSED', 'PAYMENT_EXECUTED', 'UNDONE')"
        " ORDER BY id DESC LIMIT %s",
        [by.id, 2 * limit],
    )
    entries = journal.entries_of(refs=[(sql.as_uuid(key), number) for key, number in found])
    newest = sorted(entries.values(), key=lambda entry: entry.at, reverse=True)
    undone = {(one.chain_id, one.data["entry"]) for one in newest if one.kind == "UNDONE"}
    stand = [
        one for one in newest if one.kind != "UNDONE" and (one.chain_id, one.number) not in undone
    ]
    words = naming.names(entry.data for entry in stand[:limit])
    return tuple(history_card(entry, words) for entry in stand[:limit])
