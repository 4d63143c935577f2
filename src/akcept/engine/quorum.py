"""When a stage is decided. N counts persons; an outside vote counts, but where people of the company sit, one of
them has to agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from akcept.engine.case import Seat, SeatState, Terms
from akcept.engine.routes import How, OnReturn

FOR = frozenset({SeatState.APPROVED, SeatState.COVERED})


class Standing(StrEnum):
    """How far a stage is."""

    OPEN = "OPEN"
    PASSED = "PASSED"
    BACK = "BACK"


@dataclass(frozen=True, slots=True)
class Settled:
    """The seats after a vote was counted: what it closed, what it opened again, whether the document goes back."""

    seats: tuple[Seat, ...]
    not_needed: tuple[int, ...]
    reopened: tuple[int, ...]
    goes_back: bool

    @property
    def is_done(self) -> bool:
        """Say whether nobody is left to be asked."""
        return not any(seat.state is SeatState.WAITING for seat in self.seats)


def needed(terms: Terms) -> int:
    """Return how many have to agree in a stage that does not ask all."""
    return max(1, terms.needed) if terms.how is How.N_OF_M else 1


def raised(terms: Terms, by: int) -> Terms:
    """Return the terms of a stage in which so many more sit: whoever is added agrees as well, in nobody's place."""
    if not by or terms.how in (How.IN_TURN, How.ALL):
        return terms
    return replace(terms, how=How.N_OF_M, needed=needed(terms) + by)


def asked(terms: Terms, seats: Sequence[Seat]) -> int:
    """Return how many have to agree, of those who sit there."""
    return len(seats) if terms.how in (How.IN_TURN, How.ALL) else needed(terms)


def agreed(seats: Sequence[Seat]) -> int:
    """Count the persons who agree."""
    return len({seat.by or seat.holder for seat in seats if seat.state in FOR})


def standing(terms: Terms, seats: Sequence[Seat]) -> Standing:
    """Say how far a stage is, from its seats."""
    if terms.how in (How.IN_TURN, How.ALL):
        return _all(terms, seats)
    return _some(terms, seats)


def settle(seats: Sequence[Seat], terms_of: Callable[[str], Terms]) -> Settled:
    """Close every stage that is decided, from the first on, until one is still open."""
    settled = list(seats)
    not_needed: list[int] = []
    reopened: list[int] = []
    for stage in dict.fromkeys(seat.stage for seat in seats):
        rows = [seat for seat in settled if seat.stage == stage]
        found = standing(terms_of(stage), rows)
        if found is not Standing.PASSED:
            back = found is Standing.BACK
            return _settled(settled, not_needed, reopened, goes_back=back)
        unasked = {seat.id for seat in rows if seat.state is SeatState.WAITING}
        settled = [
            replace(seat, state=SeatState.NOT_NEEDED) if seat.id in unasked else seat
            for seat in settled
        ]
        not_needed += sorted(unasked)
        silent = {seat.id for seat in rows if seat.state not in FOR}
        opened = uncovered(settled, silent)
        settled = reopen(settled, opened)
        reopened += opened
    return _settled(settled, not_needed, reopened, goes_back=False)


def _settled(
    seats: Sequence[Seat], not_needed: Sequence[int], reopened: Sequence[int], *, goes_back: bool
) -> Settled:
    return Settled(
        tuple(seats), tuple(not_needed), still_open(reopened, not_needed), goes_back=goes_back
    )


def still_open(reopened: Sequence[int], not_needed: Sequence[int]) -> tuple[int, ...]:
    """Return what stays open of the seats that opened again: a later stage may have passed without their vote."""
    return tuple(dict.fromkeys(seat for seat in reopened if seat not in not_needed))


def uncovered(seats: Sequence[Seat], silent: set[int]) -> list[int]:
    """Return the seats that count on others which gave no consent, so that silence never approves."""
    return [
        seat.id for seat in seats if seat.state is SeatState.COVERED and seat.covered_by in silent
    ]


def reopen(seats: Sequence[Seat], ids: Sequence[int]) -> list[Seat]:
    """Ask in those seats after all; the first of a person covers the next, as before."""
    first: dict[str | None, int] = {}
    result = []
    for seat in seats:
        if seat.id not in ids:
            result.append(seat)
        elif seat.holder in first:
            result.append(replace(seat, covered_by=first[seat.holder]))
        else:
            first[seat.holder] = seat.id
            result.append(replace(seat, state=SeatState.WAITING, covered_by=None))
    return result


def _all(terms: Terms, seats: Sequence[Seat]) -> Standing:
    is_waiting = any(seat.state is SeatState.WAITING for seat in seats)
    if any(seat.state is SeatState.RETURNED for seat in seats):
        collects = terms.on_return is OnReturn.COLLECT and is_waiting
        return Standing.OPEN if collects else Standing.BACK
    return Standing.OPEN if is_waiting else Standing.PASSED


def _some(terms: Terms, seats: Sequence[Seat]) -> Standing:
    inside = [seat for seat in seats if not seat.is_outside]
    if agreed(seats) >= needed(terms) and (agreed(inside) or not inside):
        return Standing.PASSED
    possible = _possible(seats) >= needed(terms) and (_possible(inside) or not inside)
    return Standing.OPEN if possible else Standing.BACK


def _possible(seats: Sequence[Seat]) -> int:
    return agreed(seats) + sum(1 for seat in seats if seat.state is SeatState.WAITING)
