"""The bell, the page of notices, and what administrators watch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, Value

from akcept.cases import reminders
from akcept.cases.cards import HistoryCard
from akcept.cases.lists import open_kinds
from akcept.cases.reminders import TaskLife
from akcept.delivery import chronicle, preferences, received, subscriptions
from akcept.delivery.models import Delivery, Heartbeat, Notice
from akcept.delivery.subscriptions import SubscriptionCard
from akcept.delivery.wishes import Wishes
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import TypeCard
from akcept.journal import queries as journal
from akcept.journal.queries import StoredEntry
from akcept.kit import sql
from akcept.people import queries as people
from akcept.people.askers import Asker
from akcept.wording import documents, tasks
from akcept.wording.entries import sentence

BELL_SHOWS = 10
# More are shown as "99+".
BELL_COUNTS = 100
NOTICE = "NOTICE"


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One thing the reader was told: a title and what happened, in the reader's language."""

    id: int
    case_id: UUID
    topic: str
    title: str
    text: str
    at: datetime
    is_read: bool
    is_task: bool
    # Who has done what was to be done, and when; empty while it waits.
    done_by: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BellCard:
    """How many unread notices there are (counted up to 100), and the newest of all, unread first."""

    count: int
    items: tuple[NoticeCard, ...]


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Some notices, newest first; `older` is the key for the next page, None at the end."""

    items: tuple[NoticeCard, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class GivenUpCard:
    """A letter that could not be delivered."""

    id: int
    person_id: UUID
    case_id: UUID
    topic: str
    attempts: int
    gave_up_at: datetime
    error: str


def waiting(*, by: Asker, at: datetime) -> tuple[int, int]:
    """Count what every page shows beside the menu, open tasks up to 1 000 and unread notices up to 100, at once."""
    new = Notice.objects.filter(person_id=by.id, read_at=None).values_list(Value(NOTICE))
    counts = sql.tally(open_kinds(by=by, at=at), new[:BELL_COUNTS])
    unread = counts.pop(NOTICE, 0)
    return sum(counts.values()), unread


def unread(*, by: Asker) -> int:
    """Count unread notices, up to 100."""
    return Notice.objects.filter(person_id=by.id, read_at=None)[:BELL_COUNTS].count()


def bell(*, by: Asker) -> BellCard:
    """Return the bell: the count, and the newest notices with the unread first."""
    mine = Notice.objects.filter(person_id=by.id).order_by("-id")
    new = list(mine.filter(read_at=None)[:BELL_SHOWS])
    old = list(mine.exclude(read_at=None)[: BELL_SHOWS - len(new)])
    return BellCard(unread(by=by), _cards([*new, *old]))


def notices(
    *, by: Asker, before: int | None = None, limit: int = 30, only_unread: bool = False
) -> NoticePage:
    """Return a page of the reader's notices, newest first, those with smaller ids than `before`."""
    mine = Notice.objects.filter(person_id=by.id).order_by("-id")
    if only_unread:
        mine = mine.filter(read_at=None)
    if before is not None:
        mine = mine.filter(id__lt=before)
    rows = list(mine[: limit + 1])
    older = rows[limit - 1].id if len(rows) > limit else None
    return NoticePage(_cards(rows[:limit]), older)


def wishes(*, by: Asker) -> Wishes:
    """Return how somebody wants to be told."""
    return preferences.of(by.id)


def changed_wishes(*, by: Asker) -> tuple[StoredEntry, ...]:
    """Return the last changes of how somebody is told, newest first."""
    return preferences.history(by.id)


def browsers(*, by: Asker) -> tuple[SubscriptionCard, ...]:
    """Return the browsers that take pushes for somebody."""
    return subscriptions.of(by)


application_key = subscriptions.application_key
intake_addresses = received.intake_addresses
received_mail = received.received


def newest() -> int:
    """Return the id of the last notice anybody got, 0 before the first."""
    return Notice.objects.aggregate(last=Max("id"))["last"] or 0


def told(*, after: int, among: Iterable[int], limit: int) -> list[tuple[int, UUID]]:
    """Return the notices after an id and those `among` ids that were not there yet: id and who is told."""
    found = Notice.objects.filter(Q(id__gt=after) | Q(id__in=list(among))).order_by("id")
    return list(found.values_list("id", "person_id")[:limit])


def given_up(*, limit: int = 50) -> tuple[GivenUpCard, ...]:
    """Return the letters that were given up, newest first, for administrators."""
    rows = Delivery.objects.filter(state="GAVE_UP").order_by("-gave_up_at")[:limit]
    return tuple(
        GivenUpCard(
            row.id, row.person_id, row.chain_id, row.topic, row.attempts, row.gave_up_at, row.error
        )
        for row in rows
        if row.gave_up_at
    )


def last_heartbeat() -> datetime | None:
    """Return when any worker was last seen."""
    seen: datetime | None = Heartbeat.objects.aggregate(last=Max("at"))["last"]
    return seen


def _cards(rows: list[Notice]) -> tuple[NoticeCard, ...]:
    told = [(row.chain_id, row.number) for row in rows]
    first = [(row.chain_id, 1) for row in rows]
    entries = journal.entries_of(refs=[*told, *first])
    cards = chronicle.history_cards(entries[place] for place in told)
    types = {card.code: card for card in doctypes.type_cards(only_active=False)} if rows else {}

    ended = _ended(rows)

    def shown(row: Notice) -> NoticeCard:
        drafted = entries[row.chain_id, 1].data
        type_card = types[str(drafted["doctype"])]
        card = _card(row, cards[row.chain_id, row.number], drafted, type_card)
        return replace(card, **ended[row.id]) if row.id in ended else card

    return tuple(shown(row) for row in rows)


def _ended(rows: list[Notice]) -> dict[int, dict[str, Any]]:
    """Return by notice who has done what it asked for: of a person's own tasks, else of whom they act for."""
    asking = [row for row in rows if row.task_kind]
    if not asking:
        return {}
    lives = list(reminders.last_tasks(case_ids={row.chain_id for row in asking}))
    found = {row.id: life for row in asking if (life := _life(row, lives)) and life.closed_at}
    names = people.picks(person_ids={life.closed_by for life in found.values() if life.closed_by})
    return {
        key: {
            "done_by": names[life.closed_by].name if life.closed_by in names else "",
            "done_at": life.closed_at,
        }
        for key, life in found.items()
    }


def _life(row: Notice, lives: list[TaskLife]) -> TaskLife | None:
    asked = [
        life
        for life in lives
        if (life.case_id, life.kind) == (row.chain_id, row.task_kind)
        and life.opened_at <= row.happened_at
    ]
    mine = [life for life in asked if life.person_id == row.person_id]
    return next(reversed(mine or asked), None)


def _card(
    row: Notice, entry: HistoryCard, drafted: Mapping[str, Any], type_card: TypeCard
) -> NoticeCard:
    title = documents.label(type_card, drafted["number"])
    if row.task_kind:
        title = tasks.title(row.task_kind, type_card, drafted["number"])
    return NoticeCard(
        id=row.id,
        case_id=row.chain_id,
        topic=row.topic,
        title=title,
        text=sentence(entry, currency=drafted["card"].get("currency", "")),
        at=row.happened_at,
        is_read=row.read_at is not None,
        is_task=bool(row.task_kind),
    )
