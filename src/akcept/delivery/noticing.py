"""Notices as their readers see them: what it is about, what happened, and who has done meanwhile what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import pgettext

from akcept.cases import listing, reminders
from akcept.cases.cards import HistoryCard
from akcept.cases.reminders import TaskLife
from akcept.delivery import chronicle, passing
from akcept.delivery.models import Notice
from akcept.delivery.topics import SAID, Topic
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import TypeCard
from akcept.engine.money import Money
from akcept.journal import queries as journal
from akcept.people import queries as people
from akcept.wording import documents, money, tasks
from akcept.wording.entries import sentence


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One thing the reader was told of a document, or of a letter that came in (`item_id`), in the reader's language."""

    id: int
    case_id: UUID | None
    topic: str
    title: str
    text: str
    at: datetime
    is_read: bool
    is_task: bool
    item_id: UUID | None = None
    # Who has done what was to be done, and when; empty while it waits.
    done_by: str = ""
    done_at: datetime | None = None
    # Whose money it is and how much: a number alone tells nobody.
    about: str = ""
    # The message it tells of.
    message: int | None = None


def cards(rows: Sequence[Notice]) -> tuple[NoticeCard, ...]:
    """Return notices as their reader sees them, with as many queries for ten as for one."""
    of_letters = [row for row in rows if row.topic == Topic.INTAKE]
    found = _of_cases([row for row in rows if row.topic != Topic.INTAKE])
    if of_letters:
        found |= _of_letters(of_letters)
    return tuple(found[row.id] for row in rows)


def _of_letters(rows: Sequence[Notice]) -> dict[int, NoticeCard]:
    """Return the notices of letters that were passed on."""
    told = passing.passed(places=[(row.chain_id, row.number) for row in rows])
    return {
        row.id: NoticeCard(
            id=row.id,
            case_id=None,
            item_id=row.chain_id,
            topic=row.topic,
            title=one.title,
            text=one.sentence,
            at=row.happened_at,
            is_read=row.read_at is not None,
            is_task=True,
            done_by="" if one.item.waits_for == row.person_id else one.last_by,
            done_at=None if one.item.waits_for == row.person_id else one.last_at,
        )
        for row, one in zip(rows, told, strict=True)
    }


def _of_cases(rows: Sequence[Notice]) -> dict[int, NoticeCard]:
    told = [(row.chain_id, row.number) for row in rows]
    first = [(row.chain_id, 1) for row in rows]
    entries = journal.entries_of(refs=[*told, *first])
    events = chronicle.history_cards(entries[place] for place in told)
    types = {card.code: card for card in doctypes.type_cards(only_active=False)} if rows else {}
    ended = _ended(rows)
    cases = listing.values_of(row.chain_id for row in rows)

    def shown(row: Notice) -> NoticeCard:
        drafted = entries[row.chain_id, 1].data
        type_card = types[str(drafted["doctype"])]
        card = _card(row, events[row.chain_id, row.number], drafted, type_card)
        card = replace(card, about=_about(cases[row.chain_id]))
        return replace(card, **ended[row.id]) if row.id in ended else card

    return {row.id: shown(row) for row in rows}


def _about(case: Mapping[str, Any]) -> str:
    """Say whom a case is with and for how much, as it is now."""
    minor = case["amount_minor"]
    amount = "" if minor is None else money.amount(Money(minor, case["currency"]))
    return " · ".join(filter(None, (case["counterparty__name"] or case["title"], amount)))


def _ended(rows: Sequence[Notice]) -> dict[int, dict[str, Any]]:
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
    if row.topic == Topic.REMINDER:
        title = pgettext("letter", "Reminder: %(task)s") % {"task": title}
    return NoticeCard(
        id=row.id,
        case_id=row.chain_id,
        topic=row.topic,
        title=title,
        text=sentence(entry, currency=drafted["card"].get("currency", "")),
        at=row.happened_at,
        is_read=row.read_at is not None,
        is_task=bool(row.task_kind),
        message=row.number if row.topic in SAID else None,
    )
