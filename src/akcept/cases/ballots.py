"""Which entry decided a seat, and how its author was known there."""

from __future__ import annotations

from collections.abc import Sequence

from akcept.engine.case import Seat, SeatState
from akcept.journal.queries import StoredEntry

# The author was known by a code sent to their mailbox, not by logging in.
E_MAIL_CODE = "E_MAIL_CODE"
KINDS = {
    SeatState.APPROVED: "APPROVED",
    SeatState.RETURNED: "RETURNED",
    SeatState.REJECTED: "REJECTED",
}


def deciding(seat: Seat, entries: Sequence[StoredEntry]) -> StoredEntry | None:
    """Return the entry by which a seat of the running round is as it is; None while nothing was decided there."""
    if seat.state not in KINDS:
        return None
    for entry in reversed(entries):
        # An approval carried over from an earlier round names its entry.
        is_here = (
            entry.data.get("seat") == seat.id if seat.entry is None else entry.number == seat.entry
        )
        if is_here and entry.kind == KINDS[seat.state]:
            return entry
    return None
