"""Rows of cases for any list: two queries for a page, however many rows it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from akcept.cases.cards import CaseRow, NowWith, PersonChip, TaskCard, TypeCard
from akcept.cases.filters import OPEN
from akcept.cases.models import Attachment, Case, Task
from akcept.cases.offers import Offered
from akcept.doctypes import queries as doctypes
from akcept.engine.case import State
from akcept.engine.money import Money
from akcept.engine.tasks import TaskKind
from akcept.people.askers import Asker

COLUMNS = (
    "id", "number", "doctype_id", "title", "comment", "counterparty_id", "counterparty__name",
    "supplier_number", "amount_minor", "currency", "entity__short_name", "entity__time_zone",
    "initiator_id", "initiator__name", "initiator__position", "state", "issued_on", "due_on",
    "planned_on", "moves", "held_until", "sent_minor", "executed_minor", "created_at",
)  # fmt: skip

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


def rows_of(case_ids: Iterable[UUID], at: datetime) -> dict[UUID, CaseRow]:
    """Return the rows of cases by id, in the order of the ids."""
    wanted = list(dict.fromkeys(case_ids))
    if not wanted:
        return {}
    holders = _holders(wanted)
    found = Case.objects.filter(id__in=wanted).annotate(files=FILES).values(*COLUMNS, "files")
    values = {row["id"]: row for row in found}
    return {key: _row(values[key], holders[key], at) for key in wanted if key in values}


def task_card(row: Task, case: CaseRow, offer: Offered, by: Asker) -> TaskCard:
    """Return one task as its reader sees it."""
    holder = PersonChip(row.person_id, row.person.name, row.person.position)
    return TaskCard(
        id=row.id,
        key=row.key,
        kind=TaskKind(row.kind),
        case=case,
        holder=holder,
        acting_for=holder if row.person_id != by.id else None,
        opened_at=row.opened_at,
        due_at=row.due_at,
        options=offer.options,
        revision=offer.case.revision,
    )


def type_card(code: str) -> TypeCard:
    """Return the words for a document type."""
    card = doctypes.type_card(code=code)
    return TypeCard(
        card.code,
        card.name_en,
        card.name_ru,
        card.title_en,
        card.title_ru_genitive,
        card.title_ru_accusative,
    )


def _holders(case_ids: list[UUID]) -> defaultdict[UUID, tuple[NowWith, ...]]:
    open_tasks = Task.objects.filter(case_id__in=case_ids, closed_at=None).order_by("id")
    found: defaultdict[UUID, tuple[NowWith, ...]] = defaultdict(tuple)
    columns = ("case_id", "kind", "opened_at", "person_id", "person__name", "person__position")
    for case_id, kind, since, person, name, position in open_tasks.values_list(*columns):
        found[case_id] += (NowWith(PersonChip(person, name, position), TaskKind(kind), since),)
    return found


def _row(values: Mapping[str, Any], holders: tuple[NowWith, ...], at: datetime) -> CaseRow:
    state = State(values["state"])
    today = at.astimezone(ZoneInfo(values["entity__time_zone"])).date()
    due_on, executed = values["due_on"], values["executed_minor"]
    return CaseRow(
        id=values["id"],
        number=values["number"],
        type=type_card(values["doctype_id"]),
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
        is_partly_paid=bool(executed) and state is State.TO_PAY,
        files=values["files"],
        now_with=holders,
        created_at=values["created_at"],
    )
