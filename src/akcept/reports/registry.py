"""The registry as a file: every row of a filter that the reader may see, written as it is read.

Everybody may take along what they see. That they did is an entry of the company's chain, also when the writing
broke off, with as many rows as had left by then.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language, pgettext

from akcept.cases import queries as cases
from akcept.cases.cards import CaseRow
from akcept.cases.filters import RegistryFilter
from akcept.company import store as company
from akcept.engine.refusals import InvalidInput
from akcept.engine.values import Private
from akcept.journal.canonical import JSON
from akcept.journal.store import Record
from akcept.people.askers import Asker
from akcept.reports.columns import COLUMNS, Cell, Column, own_columns

# What a spreadsheet takes for a formula, or strips to find one; the wide forms too.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
LINES_OF_A_SHEET = 1_048_576
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def write_csv(*, by: Asker, filters: RegistryFilter, at: datetime, stream: BinaryIO) -> int:
    """Write the registry as CSV the way the spreadsheets of the reader's country open it; return the rows."""
    return _export("CSV", _csv, by, filters, at, stream)


def write_xlsx(*, by: Asker, filters: RegistryFilter, at: datetime, stream: BinaryIO) -> int:
    """Write the registry as an Excel workbook and return its rows; refuses more than a sheet has lines."""
    return _export("XLSX", _xlsx, by, filters, at, stream)


Writer = Callable[[Sequence[Column], Iterable[list[Cell]], BinaryIO], None]


class _Counted:
    """Rows on their way out, counted."""

    def __init__(self, rows: Iterable[CaseRow], columns: Sequence[Column], by: Asker) -> None:
        self.rows, self.columns, self.by, self.count = rows, columns, by, 0

    def __iter__(self) -> Iterator[list[Cell]]:
        for row in self.rows:
            self.count += 1
            yield [column.cell(row, self.by) for column in self.columns]


def _export(
    form: str, write: Writer, by: Asker, filters: RegistryFilter, at: datetime, stream: BinaryIO
) -> int:
    with translation.override(by.language):
        columns = [*COLUMNS, *own_columns(filters.doctype)]
    rows = _Counted(cases.registry_rows(by=by, filters=filters, at=at), columns, by)
    try:
        with translation.override(by.language):
            write(columns, rows, stream)
    finally:
        data: dict[str, JSON] = {"what": "REGISTRY", "form": form, "rows": rows.count}
        exported = Record("EXPORTED", data | {"filters": _said(filters)})
        with transaction.atomic():
            company.record_settings(records=[exported], by=by.actor, at=at)
    return rows.count


def _csv(columns: Sequence[Column], rows: Iterable[list[Cell]], stream: BinaryIO) -> None:
    is_russian = get_language() == "ru"
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    # Excel takes a file without this mark for one in the local code page.
    text.write(BOM)
    writer = csv.writer(text, delimiter=";" if is_russian else ",")
    writer.writerow([str(column.label) for column in columns])
    point = "," if is_russian else "."
    writer.writerows([_plain(cell, point) for cell in row] for row in rows)
    text.detach()


def _plain(cell: Cell, point: str) -> str:
    match cell:
        case None:
            return ""
        case str():
            return harmless(cell)
        case Decimal():
            return f"{cell:f}".replace(".", point)
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date() | int():
            return str(cell)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}").startswith(FORMULA_STARTS) else text


def _xlsx(columns: Sequence[Column], rows: Iterable[list[Cell]], stream: BinaryIO) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(pgettext("registry", "Registry"))
        bold = book.add_format({"bold": True})
        forms = {
            Decimal: book.add_format({"num_format": "#,##0.00#"}),
            date: book.add_format({"num_format": "dd.mm.yyyy"}),
            datetime: book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
        }
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, str(column.label), bold)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, 1):
            if last == LINES_OF_A_SHEET:
                raise InvalidInput({"rows": "TOO_MANY"})
            for place, cell in enumerate(row):
                _put(sheet, last, place, cell, forms.get(type(cell)))
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _put(
    sheet: xlsxwriter.worksheet.Worksheet,
    line: int,
    place: int,
    cell: Cell,
    form: xlsxwriter.format.Format | None,
) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(line, place, cell)
        case datetime() | date():
            sheet.write_datetime(line, place, cell, form)
        case int() | Decimal():
            sheet.write_number(line, place, cell, form)


def _said(filters: RegistryFilter) -> dict[str, JSON]:
    """Return the parts of a filter that narrow it; what was typed is private."""
    said: dict[str, JSON] = {}
    for field in fields(filters):
        value = getattr(filters, field.name)
        if field.name == "own":
            value = [Private(str(compared)) for compared in value]
        if value not in ("", None, (), [], False):
            said[field.name] = Private(value) if field.name == "text" else value
    return said
