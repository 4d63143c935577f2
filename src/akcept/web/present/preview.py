"""Whom an invoice would go to, in words."""

from __future__ import annotations

from dataclasses import dataclass

from akcept.cases.cards import RoutePreview, SeatCard
from akcept.engine.case import SeatState
from akcept.engine.refusals import Refusal
from akcept.web.asking import words
from akcept.wording import documents, why


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody on the way, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The way of a document before it is sent."""

    route: str
    seats: tuple[Passed, ...]
    payers: tuple[str, ...]
    skipped: tuple[Passed, ...]
    refusal: str


def preview_of(found: RoutePreview) -> Preview:
    """Return the words of a preview."""
    return Preview(
        route=found.route_ru if documents.is_russian() else found.route_en,
        seats=tuple(_seat(seat) for seat in found.seats if seat.state is not SeatState.COVERED),
        payers=tuple(person.name for person in found.payers),
        skipped=tuple(Passed(row.person.name, why.skipped(row.why)) for row in found.skipped),
        refusal=words(found.refusal) if isinstance(found.refusal, Refusal) else "",
    )


def _seat(seat: SeatCard) -> Passed:
    return Passed(seat.person.name if seat.person else "", why.words(seat.why))
