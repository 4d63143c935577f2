"""Registry, kanban and inbox: pages by key, a fixed number of queries each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum, Value

from akcept.cases import access, own_lists, snoozing
from akcept.cases.cards import CaseRow, TaskCard, UndoCard
from akcept.cases.cautions import cautions
from akcept.cases.discussion.mentions import open_mentions
from akcept.cases.filters import RegistryFilter, narrowed
from akcept.cases.history import recently_decided
from akcept.cases.listing import rows_of
from akcept.cases.models import Case, PlannedPayment, Snooze, Task
from akcept.cases.offers import Offered, listed, task_card
from akcept.cases.pages import Column, DecidedCard, GoneTask, InboxCounts, InboxPage, Page, Totals
from akcept.doctypes import queries as doctypes
from akcept.engine.case import State
from akcept.engine.money import Money
from akcept.engine.tasks import TaskKind
from akcept.engine.verbs import Verb
from akcept.kit import sql
from akcept.people import queries as people
from akcept.people import standing
from akcept.people.askers import Asker
from akcept.people.deputies import Deputyship

COUNTED = 10_000
COUNTED_TASKS = 1_000
COUNTED_NAMED = 100
# What is counted beside the kinds of tasks.
ASIDE, NAMED = "ASIDE", "NAMED"
COLUMN_ROWS = 20
MOST_SNOOZED = 100
EXPORTED_AT_ONCE = 500
UNDER_WAY = (State.DRAFT, State.IN_APPROVAL, State.REWORK)
PAYING = (State.TO_PAY, State.PAID)
AHEAD = (State.IN_APPROVAL, State.TO_PAY)


def registry(
    *,
    by: Asker,
    filters: RegistryFilter,
    at: datetime,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Return a page of the cases a person sees, newest first."""
    rows = _visible(by, filters, at, UUID(after) if after else None)
    ids = list(rows.order_by("-id").values_list("id", flat=True)[: limit + 1])
    page = own_lists.shown(rows_of(ids[:limit], at, reader=by.id), filters.doctype)
    return Page(tuple(page.values()), str(ids[limit - 1]) if len(ids) > limit else None)


def registry_totals(*, by: Asker, filters: RegistryFilter, at: datetime) -> Totals:
    """Count the cases of a filter and add up what they ask for; stops at 10 000."""
    return _totals(_sums(_visible(by, filters, at)))


def registry_rows(*, by: Asker, filters: RegistryFilter, at: datetime) -> Iterator[CaseRow]:
    """Give every row of a filter, for an export, in constant memory."""
    page = registry(by=by, filters=filters, at=at, limit=EXPORTED_AT_ONCE)
    yield from page.rows
    while page.older:
        page = registry(by=by, filters=filters, at=at, after=page.older, limit=EXPORTED_AT_ONCE)
        yield from page.rows


def kanban(*, by: Asker, filters: RegistryFilter, at: datetime) -> tuple[Column, ...]:
    """Return the columns of the board, each with its newest cases and totals."""
    sight = access.sight(by=by, at=at)
    visible = narrowed(Case.objects.filter(sight.condition), filters, by, at)
    states = _columns_of(filters.doctype)
    columns = [visible.filter(state=state) for state in states]
    tops = sql.together(
        *(rows.order_by("-id").values_list("state", "id")[:COLUMN_ROWS] for rows in columns)
    )
    newest = sorted((sql.as_uuid(key) for _, key in tops), reverse=True)
    shown = listed(case_ids=newest, by=by, acting_for=sight.acting_for, at=at).values()
    sums = sql.together(*(_sums(rows) for rows in columns))
    return tuple(
        Column(
            state,
            tuple(line.row for line in shown if line.row.state is state),
            _totals(row for row in sums if row[0] == state),
            {line.row.id: line.offer.options for line in shown if line.row.state is state},
        )
        for state in states
    )


def _columns_of(doctype: str) -> tuple[State, ...]:
    """Return the columns of the board: the ends of one type, or those of all."""
    ends = {
        card.ends_in_payment
        for card in doctypes.type_cards(only_active=False)
        if doctype in ("", card.code)
    }
    return (
        *UNDER_WAY,
        *(PAYING if True in ends else ()),
        *((State.APPROVED,) if False in ends else ()),
    )


def inbox(
    *,
    by: Asker,
    at: datetime,
    kind: TaskKind | None = None,
    after: str | None = None,
    limit: int = 50,
) -> InboxPage:
    """Return the open tasks of a person and of those they act for; the most urgent of the page first."""
    acting = standing.deputised_by(person_id=by.id, at=at)
    tasks = _open_tasks(by, acting).exclude(snoozing.hidden(by=by, at=at))
    if kind is not None:
        tasks = tasks.filter(kind=kind)
    if after:
        tasks = tasks.filter(id__lt=UUID(after))
    rows = list(tasks.select_related("person").order_by("-id")[: limit + 1])
    cards = _task_cards(rows[:limit], by, acting, at)
    older = str(rows[limit - 1].id) if len(rows) > limit else None
    return InboxPage(tuple(sorted(cards, key=_urgency)), older)


def tasks_about(*, by: Asker, case_ids: Iterable[UUID], at: datetime) -> tuple[TaskCard, ...]:
    """Return the open tasks of a person and of those they act for about these cases, the most urgent first."""
    acting = standing.deputised_by(person_id=by.id, at=at)
    rows = list(_open_tasks(by, acting).filter(case__in=set(case_ids)).select_related("person"))
    return tuple(sorted(_task_cards(rows, by, acting, at), key=_urgency))


def snoozed(*, by: Asker, at: datetime) -> tuple[TaskCard, ...]:
    """Return the open tasks that a person has set aside, the next to come back first."""
    acting = standing.deputised_by(person_id=by.id, at=at)
    aside = Snooze.objects.filter(person=by.id, until__gt=at).order_by("until", "id")
    until = dict(aside.values_list("task_id", "until")[:MOST_SNOOZED])
    rows = list(_open_tasks(by, acting).filter(id__in=until).select_related("person"))
    cards = _task_cards(sorted(rows, key=lambda row: until[row.id]), by, acting, at)
    return tuple(replace(card, snoozed_until=until[card.id]) for card in cards)


def inbox_news(
    *, by: Asker, at: datetime, kind: TaskKind, shown: Sequence[UUID]
) -> tuple[int, tuple[GoneTask, ...]]:
    """Count the tasks that came after those a page shows, up to 100, and say who has closed which of these."""
    acting = standing.deputised_by(person_id=by.id, at=at)
    newer = _open_tasks(by, acting).filter(kind=kind).exclude(id__in=shown)
    newer = newer.exclude(snoozing.hidden(by=by, at=at))
    if shown:
        newer = newer.filter(id__gt=min(shown))
    closed = Task.objects.filter(id__in=shown, closed_at__isnull=False)
    mine = closed.filter(access.theirs(by=by.id, acting_for=acting))
    gone = list(mine.values_list("id", "closed_by", "closed_at"))
    names = people.picks(person_ids=[who for _, who, _ in gone if who])
    return newer[:100].count(), tuple(
        GoneTask(key, names[who].name if who in names else "", when)
        for key, who, when in gone
        if when
    )


def inbox_counts(*, by: Asker, at: datetime) -> InboxCounts:
    """Count what the tabs of one's tasks hold, in one statement; tasks stop at 1 000, mentions at 100."""
    acting = standing.deputised_by(person_id=by.id, at=at)
    aside = _open_tasks(by, acting).filter(snoozing.hidden(by=by, at=at))
    counts = sql.tally(
        open_kinds(by=by, at=at),
        aside.annotate(tab=Value(ASIDE)).values_list("tab")[:COUNTED_TASKS],
        open_mentions(by=by, at=at).annotate(tab=Value(NAMED)).values_list("tab")[:COUNTED_NAMED],
    )
    snoozed, named = counts.pop(ASIDE, 0), counts.pop(NAMED, 0)
    return InboxCounts({TaskKind(kind): row for kind, row in counts.items()}, snoozed, named)


def next_planned(*, by: Asker, at: datetime) -> date | None:
    """Return the day of the next planned payment that a person sees, for when nothing else waits for them."""
    seen = Case.objects.filter(access.visible(by=by, at=at), state__in=AHEAD)
    planned = PlannedPayment.objects.filter(left_minor__gt=0, case__in=seen)
    ahead = planned.filter(on__gte=at.date()).order_by("on")
    return ahead.values_list("on", flat=True).first()


def covered_count(*, by: Asker, deputy: UUID, entity_id: UUID | None, doctype: str) -> int:
    """Count the open tasks of a person that somebody who acts for them, or for a part, finds in their own list."""
    where = {"case__entity": entity_id, "case__doctype": doctype}
    part = {name: one for name, one in where.items() if one}
    own = Task.objects.filter(person=by.id, closed_at=None, **part)
    return own.exclude(_of_oneself(deputy)).count()


def open_kinds(*, by: Asker, at: datetime) -> QuerySet[Task, tuple[str]]:
    """Return what has to be done in each open task of a person; stops at 1 000, for every page asks."""
    acting = standing.deputised_by(person_id=by.id, at=at)
    waiting = _open_tasks(by, acting).exclude(snoozing.hidden(by=by, at=at))
    return waiting.values_list("kind")[:COUNTED_TASKS]


def decided(*, by: Asker, at: datetime, limit: int = 10) -> tuple[DecidedCard, ...]:
    """Return the last decisions of a person on cases they still see, newest first."""
    entries = recently_decided(by=by, at=at, limit=limit)
    sight = access.sight(by=by, at=at)
    asked = {entry.case_id for entry in entries}
    seen = Case.objects.filter(sight.condition, id__in=asked).values_list("id", flat=True)
    cases = listed(case_ids=list(seen), by=by, acting_for=sight.acting_for, at=at)
    return tuple(
        DecidedCard(entry, found.row, _undo(found.offer, entry.number))
        for entry in entries
        if (found := cases.get(entry.case_id))
    )


def _undo(offer: Offered, entry: int) -> UndoCard | None:
    last = offer.case.undoable
    if last is None or last.entry != entry or Verb.UNDO not in offer.options:
        return None
    return UndoCard(last.entry, last.until)


def _visible(
    by: Asker, filters: RegistryFilter, at: datetime, before: UUID | None = None
) -> QuerySet[Case]:
    rows = Case.objects.filter(access.visible(by=by, at=at, before=before))
    return narrowed(rows, filters, by, at)


def _sums(rows: QuerySet[Case]) -> QuerySet[Case, tuple[Any, ...]]:
    """Count and add up by state and currency, no more than are counted."""
    capped = rows.order_by("-id").values_list("id", flat=True)[: COUNTED + 1]
    counted = Case.objects.filter(id__in=capped).order_by().values_list("state", "currency")
    return counted.annotate(count=Count("id"), minor=Sum("amount_minor"))


def _totals(sums: Iterable[tuple[Any, ...]]) -> Totals:
    total, amounts = 0, Counter[str]()
    for _, currency, count, minor in sums:
        total += count
        # Not every document is about a sum.
        if minor is not None:
            amounts[currency] += int(minor)
    money = tuple(Money(minor, currency) for currency, minor in sorted(amounts.items()))
    return Totals(min(total, COUNTED), total > COUNTED, money)


def _open_tasks(by: Asker, acting: Sequence[Deputyship]) -> QuerySet[Task]:
    tasks = Task.objects.filter(access.theirs(by=by.id, acting_for=acting), closed_at=None)
    # Whose document it is decides on it for nobody, so it is no task of theirs.
    return tasks.filter(Q(person=by.id) | ~_of_oneself(by.id)) if acting else tasks


def _of_oneself(person: UUID) -> Q:
    """Return the condition on tasks to decide on what is somebody's own document, or goes to an account they entered."""
    theirs = Q(case__initiator=person) | Q(case__account__entered_by=person)
    return Q(kind=TaskKind.APPROVE) & theirs


def _task_cards(
    rows: list[Task], by: Asker, acting: Sequence[Deputyship], at: datetime
) -> list[TaskCard]:
    case_ids = [row.case_id for row in rows]
    cases = listed(case_ids=case_ids, by=by, acting_for=acting, at=at)
    deciding = {row.case_id for row in rows if row.kind == TaskKind.APPROVE}
    looks = [cases[key].look for key in deciding]
    warned = cautions(looks=looks, visible=access.visible(by=by, at=at)) if looks else {}
    found = ((row, cases[row.case_id]) for row in rows)
    return [
        task_card(row, case.row, case.offer, by, warned.get(row.case_id, ())) for row, case in found
    ]


def _urgency(card: TaskCard) -> tuple[bool, date, int]:
    minor = card.case.amount.minor if card.case.amount else 0
    return (not card.case.is_overdue, card.case.planned_on or date.max, -minor)
