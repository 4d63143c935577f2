"""The columns of the exported registry, with labels in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext, pgettext_lazy

from akcept.cases.cards import CaseRow
from akcept.people.askers import Asker
from akcept.wording import states

Cell: TypeAlias = "str | int | Decimal | date | datetime | None"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters, and what stands in it."""

    label: Promise
    width: int
    cell: Callable[[CaseRow, Asker], Cell]


def _type(row: CaseRow, by: Asker) -> str:
    return row.type.name_ru if get_language() == "ru" else row.type.name_en


def _amount(row: CaseRow, by: Asker) -> Decimal | None:
    return row.amount.decimal if row.amount else None


def _flags(row: CaseRow, by: Asker) -> str:
    flags = {
        pgettext("registry", "overdue"): row.is_overdue,
        pgettext("registry", "on hold"): row.is_held,
        pgettext("registry", "sent to bank"): row.is_sent,
        pgettext("registry", "partly paid"): row.is_partly_paid,
    }
    return ", ".join(name for name, is_set in flags.items() if is_set)


def _now_with(row: CaseRow, by: Asker) -> str:
    return ", ".join(dict.fromkeys(holder.person.name for holder in row.now_with))


def _created(row: CaseRow, by: Asker) -> datetime:
    """Spreadsheets know no zones: the moment is written as the reader's clock showed it."""
    return row.created_at.astimezone(ZoneInfo(by.time_zone)).replace(tzinfo=None, microsecond=0)


COLUMNS = (
    Column(pgettext_lazy("registry", "No."), 8, lambda row, by: row.number),
    Column(pgettext_lazy("registry", "Type"), 12, _type),
    Column(pgettext_lazy("registry", "Title"), 40, lambda row, by: row.title),
    Column(pgettext_lazy("registry", "Counterparty"), 30, lambda row, by: row.counterparty),
    Column(pgettext_lazy("registry", "Supplier No."), 16, lambda row, by: row.supplier_number),
    Column(pgettext_lazy("registry", "Issue date"), 12, lambda row, by: row.issued_on),
    Column(pgettext_lazy("registry", "Amount"), 16, _amount),
    Column(pgettext_lazy("registry", "Currency"), 8, lambda row, by: row.currency),
    Column(pgettext_lazy("registry", "Payer"), 20, lambda row, by: row.entity),
    Column(pgettext_lazy("registry", "State"), 20, lambda row, by: states.words(row.state)),
    Column(pgettext_lazy("registry", "Flags"), 20, _flags),
    Column(pgettext_lazy("registry", "Now with"), 30, _now_with),
    Column(pgettext_lazy("registry", "Planned date"), 12, lambda row, by: row.planned_on),
    Column(pgettext_lazy("registry", "Moves"), 8, lambda row, by: row.moves),
    Column(pgettext_lazy("registry", "Due date"), 12, lambda row, by: row.due_on),
    Column(pgettext_lazy("registry", "Initiator"), 25, lambda row, by: row.initiator.name),
    Column(pgettext_lazy("registry", "Comment"), 40, lambda row, by: row.comment),
    Column(pgettext_lazy("registry", "Files"), 8, lambda row, by: row.files),
    Column(pgettext_lazy("registry", "Created"), 18, _created),
)
