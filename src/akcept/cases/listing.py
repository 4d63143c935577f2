"""Rows of cases for any list: two queries for a page, however many rows it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from akcept.cases.cards import CaseRow, NowWith, PersonChip
from akcept.cases.filters import OPEN
from akcept.cases.models import (
    Attachment,
    Case,
    Mention,
    Message,
    Participation,
    ReadMark,
    Task,
)
from akcept.doctypes import queries as doctypes
from akcept.engine.case import State
from akcept.engine.money import Money
from akcept.engine.tasks import TaskKind

COLUMNS = (
    "id", "number", "doctype_id", "doctype__stamp", "title", "comment", "counterparty_id", "counterparty__name",
    "supplier_number", "amount_minor", "currency", "entity__short_name", "entity__time_zone",
    "initiator_id", "initiator__name", "initiator__position", "state", "issued_on", "due_on",
    "planned_on", "moves", "held_until", "sent_minor", "executed_minor", "created_at",
)  # fmt: skip

# What the reader of a row finds said on it.
SAID = ("unread", "has_question", "asks_reader")
OPEN_QUESTIONS = Mention.objects.filter(case=OuterRef("pk"), is_question=True, is_open=True)
FILES = Coalesce(
    Subquery(
        Attachment.objects.filter(case=OuterRef("pk"))
        .order_by()
        .values("case")
        .annotate(count=Count("id"))
        .values("count")
    ),
    0,
)


def rows_of(
    case_ids: Iterable[UUID], at: datetime, *, reader: UUID | None = None
) -> dict[UUID, CaseRow]:
    """Return the rows of cases by id, in the order of the ids, with what the reader has not read."""
    tasks = open_tasks(wanted := list(dict.fromkeys(case_ids)))
    values = values_of(wanted, reader=reader)
    return {key: line(found, tasks[key], at) for key, found in values.items()}


def values_of(
    case_ids: Iterable[UUID], *more: str, reader: UUID | None = None
) -> dict[UUID, Mapping[str, Any]]:
    """Return by id, in the order of the ids, what a row is made of, and `more` columns."""
    if not (wanted := list(dict.fromkeys(case_ids))):
        return {}
    rows = Case.objects.filter(id__in=wanted).annotate(
        files=FILES,
        unread=_unread(reader),
        has_question=Exists(OPEN_QUESTIONS),
        asks_reader=Exists(OPEN_QUESTIONS.filter(person=reader)),
    )
    values = {found["id"]: found for found in rows.values(*COLUMNS, "files", *SAID, *more)}
    return {key: values[key] for key in wanted if key in values}


def _unread(reader: UUID | None) -> Combinable:
    """Count the messages that somebody who follows a case has not read, their own left out."""
    if reader is None:
        return Value(0)
    mark = ReadMark.objects.filter(case=OuterRef("case"), person=reader).values("number")[:1]
    follows = Participation.objects.filter(case=OuterRef("case"), person=reader, follows=True)
    new = Message.objects.filter(
        Exists(follows), case=OuterRef("pk"), number__gt=Coalesce(Subquery(mark), 0)
    ).exclude(by=reader)
    counted = new.order_by().values("case").annotate(count=Count("id")).values("count")
    return Coalesce(Subquery(counted), 0)


def open_tasks(case_ids: Iterable[UUID]) -> defaultdict[UUID, list[Task]]:
    """Return the open tasks of cases with their holders."""
    found: defaultdict[UUID, list[Task]] = defaultdict(list)
    if wanted := set(case_ids):
        tasks = Task.objects.filter(case_id__in=wanted, closed_at=None)
        for task in tasks.select_related("person").order_by("id"):
            found[task.case_id].append(task)
    return found


def holder_of(task: Task) -> PersonChip:
    """Return who has a task."""
    return PersonChip(task.person_id, task.person.name, task.person.position)


def line(values: Mapping[str, Any], tasks: Iterable[Task], at: datetime) -> CaseRow:
    """Return a case as a line of a list, from its values and its open tasks."""
    state = State(values["state"])
    today = at.astimezone(ZoneInfo(values["entity__time_zone"])).date()
    due_on = values["due_on"]
    return CaseRow(
        id=values["id"],
        number=values["number"],
        type=doctypes.type_card(code=values["doctype_id"], stamp=values["doctype__stamp"]),
        title=values["title"],
        supplier_number=values["supplier_number"],
        comment=values["comment"],
        counterparty_id=values["counterparty_id"],
        counterparty=values["counterparty__name"] or "",
        amount=None
        if values["amount_minor"] is None
        else Money(values["amount_minor"], values["currency"]),
        entity=values["entity__short_name"],
        initiator=PersonChip(
            values["initiator_id"],
            values["initiator__name"],
            values["initiator__position"],
        ),
        state=state,
        issued_on=values["issued_on"],
        due_on=due_on,
        planned_on=values["planned_on"],
        moves=values["moves"],
        is_overdue=state in OPEN and due_on is not None and due_on < today,
        is_held=values["held_until"] is not None,
        is_sent=bool(values["sent_minor"]),
        executed_minor=values["executed_minor"],
        files=values["files"],
        now_with=tuple(
            NowWith(holder_of(task), TaskKind(task.kind), task.opened_at) for task in tasks
        ),
        created_at=values["created_at"],
        **{name: values[name] for name in SAID},
    )
