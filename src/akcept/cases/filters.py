"""What a list of cases can be narrowed to; the same names stand in the URL, in the API and in saved links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from akcept.cases import own_lists, search
from akcept.cases.models import Attachment, Case, Payment, Task
from akcept.cases.own_lists import Compared
from akcept.doctypes import queries as doctypes
from akcept.engine.case import PaymentState, State
from akcept.people.askers import Asker

OPEN = (State.IN_APPROVAL, State.REWORK, State.TO_PAY)
RANGES = {
    "amount": "amount_minor",
    "issued": "issued_on",
    "planned": "planned_on",
    "due": "due_on",
}
EQUAL = (
    "entity", "counterparty", "initiator", "currency", "category", "cost_centre", "project",
    "doctype",
)  # fmt: skip


# What cards warn of in red: a document like this one, or a payee's account to which nothing was ever paid.
OTHERS = Case.objects.exclude(id=OuterRef("pk"))
FLAGGED = (
    Q(Exists(OTHERS.filter(main_file=OuterRef("main_file"))))
    | Q(
        Exists(
            OTHERS.filter(
                counterparty=OuterRef("counterparty"),
                normalised_number=OuterRef("normalised_number"),
            ).exclude(normalised_number="")
        )
    )
    | Q(
        ~Exists(Case.objects.filter(account=OuterRef("account"), executed_minor__gt=0)),
        account__isnull=False,
    )
)


@dataclass(frozen=True, slots=True)
class RegistryFilter:
    """Every field narrows; an empty one does not. Amounts are minor units."""

    text: str = ""
    states: tuple[State, ...] = ()
    doctype: str = ""
    entity: UUID | None = None
    counterparty: UUID | None = None
    initiator: UUID | None = None
    holder: UUID | None = None
    amount_from: int | None = None
    amount_to: int | None = None
    currency: str = ""
    issued_from: date | None = None
    issued_to: date | None = None
    planned_from: date | None = None
    planned_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    category: UUID | None = None
    cost_centre: UUID | None = None
    project: UUID | None = None
    paid_from: date | None = None
    paid_to: date | None = None
    in_file: str = ""
    mine: bool = False
    overdue: bool = False
    due_this_week: bool = False
    held: bool = False
    flagged: bool = False
    no_contract: bool = False
    no_file: bool = False
    own: tuple[Compared, ...] = ()


def narrowed(
    rows: QuerySet[Case], wanted: RegistryFilter, by: Asker, at: datetime
) -> QuerySet[Case]:
    """Return the rows that meet every part of the filter."""
    rows = rows.filter(**_plain(wanted))
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.mine:
        rows = rows.filter(initiator=by.id)
    if wanted.holder:
        open_tasks = Task.objects.filter(person=wanted.holder, closed_at=None)
        rows = rows.filter(id__in=open_tasks.values("case_id"))
    if wanted.paid_from or wanted.paid_to:
        rows = rows.filter(_paid(wanted.paid_from, wanted.paid_to))
    rows = _marked(rows, wanted, at.astimezone(ZoneInfo(by.time_zone)).date())
    for compared in wanted.own:
        rows = rows.filter(own_lists.condition(wanted.doctype, compared))
    if wanted.in_file.strip():
        rows = rows.filter(search.in_text(wanted.in_file))
    return rows.filter(search.condition(wanted.text)) if wanted.text.strip() else rows


def _marked(rows: QuerySet[Case], wanted: RegistryFilter, today: date) -> QuerySet[Case]:
    """Narrow to what is ticked about the documents themselves."""
    if wanted.overdue:
        rows = rows.filter(state__in=OPEN, due_on__lt=today)
    if wanted.due_this_week:
        sunday = today + timedelta(days=6 - today.weekday())
        rows = rows.filter(state__in=OPEN, due_on__gte=today, due_on__lte=sunday)
    if wanted.held:
        rows = rows.exclude(held_until=None)
    if wanted.flagged:
        rows = rows.filter(FLAGGED, state__in=OPEN)
    if wanted.no_contract:
        asked = doctypes.type_cards(only_active=False)
        types = [card.code for card in asked if "contract" in card.rules.fields]
        rows = rows.filter(contract="", doctype__in=types)
    if wanted.no_file:
        rows = rows.filter(~Exists(Attachment.objects.filter(case=OuterRef("pk"))))
    return rows


def _paid(first: date | None, last: date | None) -> Q:
    """Return the condition that something was paid between two days, and stayed paid."""
    paid = Payment.objects.filter(case=OuterRef("pk"), state=PaymentState.EXECUTED, returns=None)
    if first:
        paid = paid.filter(on__gte=first)
    if last:
        paid = paid.filter(on__lte=last)
    return Q(Exists(paid))


def _plain(wanted: RegistryFilter) -> dict[str, Any]:
    """Return the conditions that compare one column with one value."""
    equal = {name: getattr(wanted, name) for name in EQUAL if getattr(wanted, name)}
    bounds = {
        f"{column}__{comparison}": getattr(wanted, f"{name}_{end}")
        for name, column in RANGES.items()
        for end, comparison in (("from", "gte"), ("to", "lte"))
        if getattr(wanted, f"{name}_{end}") is not None
    }
    return equal | bounds
