"""The bell, the page of notices, and what administrators watch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, Value

from akcept.cases.lists import open_kinds
from akcept.delivery import noticing, preferences, received, subscriptions
from akcept.delivery.models import Delivery, Heartbeat, Notice
from akcept.delivery.noticing import NoticeCard
from akcept.delivery.subscriptions import SubscriptionCard
from akcept.delivery.topics import OF_CASES
from akcept.delivery.wishes import Wishes
from akcept.journal.queries import StoredEntry
from akcept.kit import sql
from akcept.people.askers import Asker

BELL_SHOWS = 10
# More are shown as "99+".
BELL_COUNTS = 100
NOTICE = "NOTICE"


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
    """A letter that could not be delivered, and about which document, if about one."""

    id: int
    person_id: UUID
    case_id: UUID | None
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
    return BellCard(unread(by=by), noticing.cards([*new, *old]))


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
    return NoticePage(noticing.cards(rows[:limit]), older)


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
            row.id,
            row.person_id,
            row.chain_id if row.topic in OF_CASES else None,
            row.topic,
            row.attempts,
            row.gave_up_at,
            row.error,
        )
        for row in rows
        if row.gave_up_at
    )


def last_heartbeat() -> datetime | None:
    """Return when any worker was last seen."""
    seen: datetime | None = Heartbeat.objects.aggregate(last=Max("at"))["last"]
    return seen
