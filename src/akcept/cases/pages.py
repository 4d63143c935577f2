"""What lists hold: open tasks, what happened, documents found, and how many there are of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from akcept.cases.cards import CaseRow, HistoryCard, TaskCard, UndoCard
from akcept.engine.case import SeatState, State
from akcept.engine.money import Money
from akcept.engine.tasks import TaskKind
from akcept.engine.verbs import Verb


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """What the tabs of one's tasks hold: open tasks by kind, those set aside, and unread mentions."""

    tasks: Mapping[TaskKind, int]
    snoozed: int
    mentions: int


@dataclass(frozen=True, slots=True)
class GoneTask:
    """A task that a page still shows and somebody has closed; without a name it was the system."""

    id: UUID
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecidedCard:
    """A decision of the reader with its case; `undo` while it can be taken back."""

    entry: HistoryCard
    case: CaseRow
    undo: UndoCard | None


@dataclass(frozen=True, slots=True)
class FeedCard:
    """One thing that happened on a case of the reader, with the reader's open task on it, if any."""

    id: int
    entry: HistoryCard
    case: CaseRow
    seats: tuple[SeatState, ...]
    task: TaskCard | None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Open tasks, the most urgent first; `older` is the key for the next page, None on the last."""

    tasks: tuple[TaskCard, ...]
    older: str | None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What happened, newest first; `older` is the key for the next page, None on the last."""

    items: tuple[FeedCard, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows by key: `older` is the key for the next page, None on the last."""

    rows: tuple[CaseRow, ...]
    older: str | None


class Way(IntEnum):
    """How a case was found, the surest way first."""

    NUMBER = 1
    AMOUNT = 2
    WORDS = 3
    FILE = 4


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case that a search found, and how."""

    row: CaseRow
    way: Way


@dataclass(frozen=True, slots=True)
class Totals:
    """Counted in a second request; `is_capped`: there are more than `count`."""

    count: int
    is_capped: bool
    sums: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the kanban: its newest cases with what the reader is offered on each, their number, their sums."""

    state: State
    rows: tuple[CaseRow, ...]
    totals: Totals
    options: Mapping[UUID, tuple[Verb, ...]]
