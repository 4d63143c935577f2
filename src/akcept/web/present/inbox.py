"""The inbox: tabs by what has to be done, tasks by urgency, and what has just been decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akcept.cases.cards import HistoryCard, TaskCard
from akcept.cases.discussion.mentions import MentionCard
from akcept.cases.pages import DecidedCard, InboxCounts, InboxPage
from akcept.engine.money import Money
from akcept.engine.tasks import TaskKind
from akcept.engine.verbs import Verb
from akcept.people.askers import Asker
from akcept.web.present.acts import CAUTIONS, Act, act_url, acts, case_url
from akcept.web.present.lines import CaseLine, case_line
from akcept.wording import entries, tasks

KINDS: Mapping[str, TaskKind] = {
    "decide": TaskKind.APPROVE,
    "fix": TaskKind.CORRECT,
    "pay": TaskKind.PAY,
    "name": TaskKind.NAME_APPROVER,
    "date": TaskKind.DECIDE_DATE,
}
# Rare, so they have a tab only while there is something in it.
RARE = frozenset({"name", "date"})
DONE = "done"
SNOOZED = "snoozed"
MENTIONS = "mentions"
OTHERS = frozenset({DONE, SNOOZED, MENTIONS})
ALMOST_LATE = timedelta(days=1)
LATELY = timedelta(minutes=10)
# What somebody has done with a task when such an entry of theirs is on record.
DONE_BY: Mapping[str, str] = {
    "APPROVED": "decide",
    "RETURNED": "decide",
    "REJECTED": "decide",
    "SUBMITTED": "fix",
    "PAYMENT_EXECUTED": "pay",
    "PAYMENT_REFUSED": "pay",
}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One open task with its case and buttons."""

    id: str
    title: str
    case: CaseLine
    acting_for: str
    opened_at: datetime
    due_at: datetime | None
    actions: list[Act]
    preview_url: str
    cautions: list[str]
    can_tick: bool
    snoozed_until: datetime | None


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks that are equally urgent, or of one payer; `totals`: what is still to be paid of these."""

    title: str
    is_late: bool
    tasks: list[TaskLine]
    totals: list[Money] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MentionLine:
    """One message that names the reader or asks them something; `url` leads to it."""

    case: CaseLine
    url: str
    who: str
    text: str
    at: datetime
    is_question: bool
    acting_for: str


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """One past decision; `undo_url` while it can be taken back."""

    case: CaseLine
    words: str
    at: datetime
    undo_url: str
    entry: int
    until: datetime | None


def chosen(tab: str, counts: Mapping[TaskKind, int]) -> str:
    """Return the tab asked for, or the first with something in it."""
    if tab in KINDS or tab in OTHERS:
        return tab
    return next((code for code, kind in KINDS.items() if counts.get(kind)), "decide")


def tabs(counts: InboxCounts, current: str) -> list[dict[str, object]]:
    """Return the tabs with their counts."""
    shown = [
        {
            "code": code,
            "url": url(code),
            "label": tasks.kind_words(kind),
            "count": counts.tasks.get(kind, 0),
        }
        for code, kind in KINDS.items()
        if code not in RARE or counts.tasks.get(kind) or code == current
    ]
    others = (
        (MENTIONS, pgettext("tab", "Mentions"), counts.mentions),
        (SNOOZED, pgettext("tab", "Snoozed"), counts.snoozed),
        (DONE, pgettext("tab", "Done"), 0),
    )
    return [
        *shown,
        *(
            {"code": code, "url": url(code), "label": label, "count": count}
            for code, label, count in others
        ),
    ]


def nothing(tab: str) -> dict[str, str]:
    """Return what a tab says while it is empty: that it is, and what would stand in it."""
    said = {
        "fix": (_("Nothing to correct"), _("What is returned to you for rework comes here.")),
        "pay": (_("Nothing to pay"), _("What is approved and yours to pay comes here.")),
        SNOOZED: (
            _("Nothing is snoozed"),
            _("The clock in a row or the key H sets a task aside until the moment you choose."),
        ),
    }
    told = _("Nothing waits for your decision. New tasks appear here and ring the bell.")
    title, text = said.get(tab, (_("All clear"), told))
    return {"title": title, "text": text}


def url(tab: str, *, after: str | None = None) -> str:
    """Return the address of a tab, or of its next page."""
    asked = {"tab": tab} | ({"after": after} if after else {})
    return f"{reverse('web:tasks')}?{urlencode(asked)}"


def next_url(history: Iterable[HistoryCard], *, by: Asker, at: datetime) -> str:
    """Return where the next task is for who has just done theirs on this document, or nothing."""
    for entry in history:
        is_task = entry.kind != "SUBMITTED" or entry.data["round"] != 1
        is_mine = entry.actor is not None and entry.actor.id == by.id and at - entry.at < LATELY
        if entry.kind in DONE_BY and is_mine and is_task:
            return f"{reverse('web:next-task')}?{urlencode({'tab': DONE_BY[entry.kind]})}"
    return ""


def preview_url(card: TaskCard) -> str:
    """Return the address of what stands beside the list."""
    tab = next(code for code, kind in KINDS.items() if kind is card.kind)
    return f"{reverse('web:task-preview', args=[card.case.id])}?{urlencode({'tab': tab})}"


def news_url(tab: str, page: InboxPage) -> str:
    """Return where the first page of a tab learns which of its tasks are out of date."""
    shown = " ".join(str(card.id) for card in page.tasks)
    return f"{reverse('web:tasks-news')}?{urlencode({'tab': tab, 'shown': shown})}"


def groups(cards: Iterable[TaskCard], *, by: Asker, at: datetime) -> list[TaskGroup]:
    """Return the tasks as overdue, of today, of this week and later, in the order they came."""
    today = timezone.localtime(at).date()
    words = [pgettext("tasks", "Overdue"), _("Today"), _("This week"), _("Later")]
    found: dict[int, list[TaskLine]] = {}
    for card in cards:
        found.setdefault(_urgency(card, today, at), []).append(task_line(card, by=by))
    return [TaskGroup(words[place], place == 0, found[place]) for place in sorted(found)]


def by_payer(cards: Iterable[TaskCard], *, by: Asker) -> list[TaskGroup]:
    """Return the payments of each payer, the most urgent first, with what is still to be paid in each currency."""
    found: dict[str, list[TaskCard]] = {}
    for card in cards:
        found.setdefault(card.case.entity, []).append(card)
    return [
        TaskGroup(
            entity,
            is_late=False,
            tasks=[task_line(card, by=by) for card in found[entity]],
            totals=_unpaid(found[entity]),
        )
        for entity in sorted(found)
    ]


def _unpaid(cards: Iterable[TaskCard]) -> list[Money]:
    sums: dict[str, int] = {}
    for card in cards:
        if rest := card.case.unpaid:
            sums[rest.currency] = sums.get(rest.currency, 0) + rest.minor
    return [Money(minor, currency) for currency, minor in sorted(sums.items())]


def aside(cards: Iterable[TaskCard], *, by: Asker) -> list[TaskGroup]:
    """Return the tasks that were set aside, as one group."""
    lines = [task_line(card, by=by) for card in cards]
    title = pgettext("tab", "Snoozed")
    return [TaskGroup(title, is_late=False, tasks=lines)] if lines else []


def task_line(card: TaskCard, *, by: Asker) -> TaskLine:
    """Return one task under its telling name."""
    return TaskLine(
        id=str(card.id),
        title=tasks.title(card.kind, card.case.type, card.case.number),
        case=case_line(card.case, by=by),
        acting_for=card.acting_for.name if card.acting_for else "",
        opened_at=card.opened_at,
        due_at=card.due_at,
        actions=acts(card),
        preview_url=preview_url(card),
        cautions=[CAUTIONS[caution] for caution in card.cautions],
        snoozed_until=card.snoozed_until,
        can_tick=card.kind is TaskKind.APPROVE and Verb.APPROVE in card.options,
    )


def mention(card: MentionCard, *, by: Asker) -> MentionLine:
    """Return one message that waits to be read or answered."""
    return MentionLine(
        case=case_line(card.case, by=by),
        url=case_url(card.case.id, message=card.number),
        who=card.by.name,
        text=_("removed under the retention rule") if card.text is None else card.text,
        at=card.at,
        is_question=card.is_question,
        acting_for=card.acting_for.name if card.acting_for else "",
    )


def decided(card: DecidedCard, *, by: Asker) -> DecidedLine:
    """Return one past decision."""
    entry, undo = card.entry, card.undo
    return DecidedLine(
        case=case_line(card.case, by=by),
        words=entries.sentence(entry, currency=card.case.currency),
        at=entry.at,
        undo_url=act_url(card.case.id, Verb.UNDO) if undo else "",
        entry=undo.entry if undo else 0,
        until=undo.until if undo else None,
    )


def _urgency(card: TaskCard, today: date, at: datetime) -> int:
    if card.case.is_overdue or (card.due_at and card.due_at < at):
        return 0
    on = card.case.planned_on
    if (on and on <= today) or (card.due_at and card.due_at < at + ALMOST_LATE):
        return 1
    return 2 if on and on < today + timedelta(days=7 - today.weekday()) else 3
