"""What an approval sheet tells of a case: its card, every decision on record, and the head of its journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from akcept.cases import naming, reading, store
from akcept.cases.cards import CaseCard, HistoryCard
from akcept.people import deputies
from akcept.people.askers import Asker
from akcept.people.deputies import Deputyship
from akcept.routes import queries as routes
from akcept.routes.queries import RouteCard

DECISIONS = frozenset({"APPROVED", "RETURNED", "REJECTED", "PAYMENT_REFUSED"})


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on record, the round it was made in, what its author is; `taken_back`, or `under` a deputyship."""

    entry: HistoryCard
    round: int
    position: str
    taken_back: bool
    under: Deputyship | None


@dataclass(frozen=True, slots=True)
class SheetCard:
    """A case as its approval sheet shows it; `route` is None before it was first sent.

    The head is that of the case's chain: whoever has the journal can find out what the sheet was made from.
    """

    card: CaseCard
    decisions: tuple[Decision, ...]
    route: RouteCard | None
    route_number: int
    time_zone: str
    head_number: int
    head_hash: str
    recorded_at: datetime


def sheet(*, by: Asker, case_id: UUID, at: datetime) -> SheetCard:
    """Return what stands on the approval sheet of a case; to whoever may not see it there is none."""
    card = reading.case_card(by=by, case_id=case_id, at=at)
    loaded = store.read(case_id)
    route = loaded.case.route
    version = routes.version(version_id=UUID(route)) if route else None
    return SheetCard(
        card=card,
        decisions=_decisions(card),
        route=routes.route_card(code=version.route) if version else None,
        route_number=version.number if version else 0,
        time_zone=loaded.entity.time_zone,
        head_number=loaded.head.number,
        head_hash=loaded.head.hash,
        recorded_at=card.history[-1].at,
    )


def _decisions(card: CaseCard) -> tuple[Decision, ...]:
    undone = {entry.data["entry"] for entry in card.history if entry.kind == "UNDONE"}
    actors = (entry.actor.id for entry in card.history if entry.actor)
    positions = {key: chip.position for key, chip in naming.chips(actors).items()}
    found, round_number = [], 0
    for entry in card.history:
        if entry.kind == "SUBMITTED":
            round_number += 1
        if entry.kind in DECISIONS:
            position = positions.get(str(entry.actor.id), "") if entry.actor else ""
            taken_back = entry.number in undone
            found.append(Decision(entry, round_number, position, taken_back, _under(entry)))
    return tuple(found)


def _under(entry: HistoryCard) -> Deputyship | None:
    """Return the deputyship under which somebody decided for somebody else, as it stood that day."""
    if entry.acting_for is None or entry.actor is None:
        return None
    return deputies.in_force(absentee_id=entry.acting_for.id, deputy_id=entry.actor.id, at=entry.at)


def by_seat(sheet: SheetCard) -> Mapping[int, Decision]:
    """Return what decided each seat of the last round."""
    last = max((row.round for row in sheet.decisions), default=0)
    return {
        int(str(row.entry.data["seat"])): row
        for row in sheet.decisions
        if row.round == last == sheet.card.round and "seat" in row.entry.data and not row.taken_back
    }
