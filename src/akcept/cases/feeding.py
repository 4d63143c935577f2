"""The feed: what happened on a person's cases, and what waits for them in it, by key and in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef

from akcept.cases import access, naming
from akcept.cases.cautions import cautions
from akcept.cases.history import history_card
from akcept.cases.models import Case, FeedItem, Mention, Task
from akcept.cases.offers import Listed, listed, task_card
from akcept.cases.pages import FeedCard, FeedPage
from akcept.engine.tasks import TaskKind
from akcept.journal import queries as journal
from akcept.people.askers import Asker

FEEDS: Mapping[str, tuple[str, ...]] = {
    "payments": (
        "CLEARED", "POSTPONED", "PAYMENT_SENT", "PAYMENT_EXECUTED", "PAYMENT_REFUSED",
        "PAYMENT_RETURNED", "REST_CLOSED",
    ),
    "comments": ("COMMENTED",),
}  # fmt: skip


def feed(
    *,
    by: Asker,
    at: datetime,
    only: str | None = None,
    before: int | None = None,
    limit: int = 30,
) -> FeedPage:
    """Return what happened on a person's cases, newest first, with their open tasks in it.

    `only`: "mine" for one's own documents, "mentions", "payments", "comments"; None for everything.
    """
    sight = access.sight(by=by, at=at)
    seen = Case.objects.filter(sight.condition)
    items = FeedItem.objects.filter(person=by.id, case__in=seen)
    if only == "mine":
        items = items.filter(case__initiator=by.id)
    elif only == "mentions":
        named = Mention.objects.filter(
            person=by.id, case=OuterRef("case"), number=OuterRef("number")
        )
        items = items.filter(Exists(named), kind__in=FEEDS["comments"])
    elif only is not None and only in FEEDS:
        items = items.filter(kind__in=FEEDS[only])
    if before is not None:
        items = items.filter(id__lt=before)
    found_items = list(items.order_by("-id")[: limit + 1])
    shown = found_items[:limit]
    older = shown[-1].id if len(found_items) > limit else None
    return FeedPage(_feed_cards(shown, by, sight, at), older)


def feed_news(*, by: Asker, after: int) -> int:
    """Count what came into a person's feed after an item; stops at 100."""
    newer = FeedItem.objects.filter(person=by.id, id__gt=after)
    return newer[:100].count()


def _feed_cards(
    items: list[FeedItem], by: Asker, sight: access.Sight, at: datetime
) -> tuple[FeedCard, ...]:
    places = [(item.case_id, item.number) for item in items]
    entries = journal.entries_of(refs=places)
    words = naming.names(entry.data for entry in entries.values())
    case_ids = {item.case_id for item in items}
    cases = listed(case_ids=case_ids, by=by, acting_for=sight.acting_for, at=at)
    tasks = {key: task for key, case in cases.items() if (task := _own_task(case, by))}
    deciding = [cases[key].look for key, task in tasks.items() if task.kind == TaskKind.APPROVE]
    warned = cautions(looks=deciding, visible=sight.condition)
    cards = []
    for item in items:
        case = cases[item.case_id]
        # The open task stands with the newest thing that happened on its case, once.
        task = tasks.pop(item.case_id, None)
        cards.append(
            FeedCard(
                id=item.id,
                entry=history_card(entries[item.case_id, item.number], words),
                case=case.row,
                seats=tuple(seat.state for seat in case.offer.case.seats),
                task=task_card(task, case.row, case.offer, by, warned.get(item.case_id, ()))
                if task
                else None,
            )
        )
    return tuple(cards)


def _own_task(case: Listed, by: Asker) -> Task | None:
    """Return the open task of the reader, or of whom they act for on this case."""
    mine = {str(by.id), *case.offer.facts.deputising}
    return next((row for row in case.tasks if str(row.person_id) in mine), None)
