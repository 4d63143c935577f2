"""What becomes of a mail that came in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from akcept.people.models import Person


class Outcome(StrEnum):
    """What became of a mail."""

    COMMENTED = "COMMENTED"
    # The answer is a comment, but some of its files were not taken.
    PARTLY = "PARTLY"
    TAKEN_IN = "TAKEN_IN"
    REPEATED = "REPEATED"
    AUTOMATIC = "AUTOMATIC"
    NO_ADDRESS = "NO_ADDRESS"
    FORGED = "FORGED"
    EMPTY = "EMPTY"
    TOO_BIG = "TOO_BIG"
    REFUSED = "REFUSED"
    NO_FILE = "NO_FILE"
    BAD_FILES = "BAD_FILES"
    TOO_OFTEN = "TOO_OFTEN"
    UNREADABLE = "UNREADABLE"


# A person waits for these and is told, if they are known to be who wrote.
ANSWERED = frozenset(
    {
        Outcome.PARTLY,
        Outcome.EMPTY,
        Outcome.TOO_BIG,
        Outcome.REFUSED,
        Outcome.NO_FILE,
        Outcome.BAD_FILES,
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mail, about which document or item, and who waits for an answer, if that is known."""

    outcome: Outcome
    person: Person | None = None
    case_id: UUID | None = None
    item_id: UUID | None = None
    # Why files were not taken, by code.
    problems: tuple[str, ...] = ()
