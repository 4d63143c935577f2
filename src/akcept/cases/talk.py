"""The rows of a discussion, written by the store with the entry: messages, and whom they name or ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from akcept.engine import events as ev
from akcept.engine.case import Case
from akcept.kit.sql import Batch

MESSAGE_COLUMNS = ("case_id", "number", "by_id", "at", "guest_id")
MENTION_COLUMNS = ("case_id", "number", "person_id", "is_question", "is_open")
# Of a message that is edited, whoever was named before has been told.
MENTION_CONFLICT = " ON CONFLICT (case_id, number, person_id) DO NOTHING"


def write(
    before: Case | None,
    case: Case,
    events: Sequence[ev.Event],
    first: int,
    by: UUID | None,
    at: datetime,
    batch: Batch,
) -> None:
    """Write what was said, who is named, and which questions are open now."""
    case_id = UUID(case.id)
    said = [(n, event) for n, event in enumerate(events, first) if isinstance(event, ev.Commented)]
    batch.insert(
        "cases_message",
        MESSAGE_COLUMNS,
        [
            (case_id, number, by, at, UUID(event.guest) if event.guest else None)
            for number, event in said
        ],
    )
    for number, event in enumerate(events, first):
        if isinstance(event, ev.CommentEdited):
            statement = "UPDATE cases_message SET edited = %s WHERE case_id = %s AND number = %s"
            batch.add(statement, [number, case_id, event.message])
    named = [(case_id, *row, True) for row in _named(events, first)]
    batch.insert("cases_mention", MENTION_COLUMNS, named, on_conflict=MENTION_CONFLICT)
    if before is not None and before.questions != case.questions:
        old, new = ({row.id for row in one.questions} for one in (before, case))
        _set_open(case_id, old - new, batch, is_open=False)
        # Only Undo brings a question back; one that is new has just been written.
        _set_open(case_id, {number for number in new - old if number < first}, batch, is_open=True)


def named_in(events: Iterable[ev.Event]) -> set[UUID]:
    """Return whom messages name; they take part from then on."""
    return {person for _, person, _ in _named(list(events), 0)}


def _named(events: Sequence[ev.Event], first: int) -> Iterator[tuple[int, UUID, bool]]:
    for number, event in enumerate(events, first):
        match event:
            case ev.Commented():
                asked = (event.asks,) if event.asks else ()
                yield from ((number, UUID(who), True) for who in asked)
                others = dict.fromkeys(who for who in event.mentions if who not in asked)
                yield from ((number, UUID(who), False) for who in others)
            case ev.CommentEdited():
                people = dict.fromkeys(event.mentions)
                yield from ((event.message, UUID(who), False) for who in people)
            case _:
                pass


def _set_open(case_id: UUID, numbers: set[int], batch: Batch, *, is_open: bool) -> None:
    if numbers:
        listed = ", ".join(["%s"] * len(numbers))
        statement = (
            "UPDATE cases_mention SET is_open = %s WHERE case_id = %s AND is_question"  # noqa: S608
            f" AND number IN ({listed})"
        )
        batch.add(statement, [is_open, case_id, *sorted(numbers)])
