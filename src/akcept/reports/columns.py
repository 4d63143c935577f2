"""The columns of the exported registry, with labels in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext, pgettext_lazy

from akcept.cases.cards import CaseRow
from akcept.doctypes import queries as doctypes
from akcept.doctypes.cards import FieldCard
from akcept.engine.doctypes import FieldKind
from akcept.engine.money import Money
from akcept.people.askers import Asker
from akcept.wording import states
from akcept.wording.details import field_value, label_of

Cell: TypeAlias = "str | int | Decimal | date | datetime | None"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters, and what stands in it."""

    label: Promise | str
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


def own_columns(doctype: str) -> Iterator[Column]:
    """Give the columns of a type's own fields, with those that are not asked for any more."""
    types = doctypes.type_cards(only_active=False)
    type_ = next((card for card in types if card.code == doctype), None)
    for field in type_.own if type_ else ():
        if field.kind is FieldKind.FILE:
            continue
        label = label_of(field)
        yield Column(label, 20, partial(_own, field))
        if field.kind is FieldKind.MONEY:
            label = pgettext("registry", "%(field)s: currency") % {"field": label}
            yield Column(label, 8, partial(_own_currency, field.code))


def _own(field: FieldCard, row: CaseRow, by: Asker) -> Cell:
    value: Any = row.own.get(field.code)
    if value is None:
        return None
    match field.kind:
        case FieldKind.NUMBER:
            return Decimal(value)
        case FieldKind.MONEY:
            return Money(value["minor"], value["currency"]).decimal
        case FieldKind.DATE:
            return date.fromisoformat(value)
        case _:
            return field_value(field.code, value, type=row.type, currency="", names=row.names)


def _own_currency(code: str, row: CaseRow, by: Asker) -> Cell:
    value: Any = row.own.get(code)
    return str(value["currency"]) if value else None


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
