"""What has changed and whom it concerns, read from the rows: kinds and ids, never a word of what they say."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from akcept.cases import queries as cases
from akcept.delivery import queries as delivery
from akcept.intake import queries as intake
from akcept.journal import dispatch
from akcept.live.tail import Tail

MOST_ROWS = 1_000
# The parts of a page that show something new.
FEED, TASKS, NOTICES, CASE = "feed", "tasks", "notices", "case"
EVERYTHING = frozenset({FEED, TASKS, NOTICES, CASE})


@dataclass(frozen=True, slots=True)
class News:
    """One change: the parts of their pages that it concerns, by person; of a case also which, and its last entry."""

    people: Mapping[UUID, frozenset[str]]
    case_id: UUID | None = None
    number: int = 0


class Reader:
    """Reads what was not read yet, always in the same thread."""

    def __init__(self) -> None:
        self._appends = Tail(dispatch.newest())
        self._notices = Tail(delivery.newest())

    def read(self, *, at: datetime) -> Sequence[News]:
        """Return what has come since the last time, in two queries when it is nothing."""
        return [*self._of_cases(at), *self._of_notices()]

    def _of_cases(self, at: datetime) -> list[News]:
        tail = self._appends
        found = dispatch.appended(after=tail.last, among=tail.missing, limit=MOST_ROWS)
        tail.move((row.id for row in found), time.monotonic())
        if not found:
            return []
        numbers = {row.chain_id: row.last_number for row in found}
        whom = cases.concerned(case_ids=numbers, at=at)
        told = [
            News(_parts({FEED: one.followers, TASKS: one.holders}), case_id, numbers[case_id])
            for case_id, one in whom.items()
        ]
        # The numbers of the menu come with those of the bell.
        others = intake.concerned(item_ids=numbers.keys() - whom.keys(), at=at)
        return [*told, News(_parts({NOTICES: others}))] if others else told

    def _of_notices(self) -> list[News]:
        tail = self._notices
        found = delivery.told(after=tail.last, among=tail.missing, limit=MOST_ROWS)
        tail.move((number for number, _ in found), time.monotonic())
        people = {person for _, person in found}
        return [News(_parts({NOTICES: people}))] if people else []


def _parts(people: Mapping[str, set[UUID]]) -> dict[UUID, frozenset[str]]:
    everybody = set().union(*people.values())
    return {
        person: frozenset(part for part, those in people.items() if person in those)
        for person in everybody
    }
