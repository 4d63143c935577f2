"""Whoever exports takes along what they see, and it is on record that they did."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from akcept.cases.filters import RegistryFilter
from akcept.engine.case import State
from akcept.journal.models import Entry, PrivateValue
from akcept.people.models import Person
from akcept.reports import registry
from troupe import AT, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)


def exported(
    cast: Cast, write: Callable[..., int], name: str = "clara", **wanted: Any
) -> tuple[int, bytes]:
    stream = io.BytesIO()
    rows = write(by=cast.asks(name), filters=RegistryFilter(**wanted), at=AT, stream=stream)
    return rows, stream.getvalue()


def csv_rows(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=delimiter))


def test_a_row_holds_numbers_and_dates(cast: Cast) -> None:
    approved(cast)
    rows, content = exported(cast, registry.write_csv)
    assert rows == 1
    (row,) = csv_rows(content)
    wanted = {
        "No.": "1",
        "Type": "Invoice",
        "Counterparty": "ООО «Ромашка»",
        "Supplier No.": "77",
        "Amount": "120000.00",
        "Currency": "RUB",
        "State": "Approved, to pay",
        "Issue date": "2026-11-18",
        "Planned date": "2026-11-20",
        "Created": "2026-11-20 12:00",
    }
    assert {name: row[name] for name in wanted} == wanted
    assert set(row["Now with"].split(", ")) == {"Clara Clarina", "Gleb Glebov"}


def test_a_russian_reader_gets_what_a_russian_spreadsheet_opens(cast: Cast) -> None:
    Person.objects.filter(id=cast.clara.id).update(language="ru")
    cast.clara.refresh_from_db()
    approved(cast)
    _, content = exported(cast, registry.write_csv)
    (row,) = csv_rows(content, ";")
    assert (row["№"], row["Тип"], row["Сумма"]) == ("1", "Счёт", "120000,00")
    assert row["Состояние"] == "Согласован, к оплате"


@pytest.mark.parametrize("text", ["=1+1", "+7", "-1", "@SUM(A1)", "＝1", " =1", "\t=1"])
def test_what_looks_like_a_formula_is_made_harmless(text: str) -> None:
    assert registry.harmless(text) == f"'{text}"


def test_no_formula_leaves_in_either_form(cast: Cast) -> None:
    approved(cast, comment='=HYPERLINK("http://evil.example";"pay")', supplier_number="-1")
    (row,) = csv_rows(exported(cast, registry.write_csv)[1])
    assert row["Comment"].startswith("'=")
    assert row["Supplier No."] == "'-1"
    _, content = exported(cast, registry.write_xlsx)
    heading, line = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    assert line[heading.index("Comment")] == '=HYPERLINK("http://evil.example";"pay")'


def test_a_workbook_holds_numbers_and_dates(cast: Cast) -> None:
    approved(cast)
    rows, content = exported(cast, registry.write_xlsx)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    heading, line = book.get_sheet_by_name("Registry").to_python()
    assert rows == 1
    assert line[heading.index("Amount")] == 120000.0
    assert line[heading.index("Issue date")] == date(2026, 11, 18)
    assert line[heading.index("Supplier No.")] == "77"


def test_everybody_takes_along_only_what_they_see(cast: Cast) -> None:
    approved(cast)
    send(cast, supplier_number="78")
    seen = {name: exported(cast, registry.write_csv, name)[0] for name in ("anna", "clara", "oleg")}
    assert seen == {"anna": 2, "clara": 2, "oleg": 0}


def test_the_filter_counts_and_pages_do_not(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("akcept.cases.lists.EXPORTED_AT_ONCE", 2)
    for number in range(5):
        send(cast, supplier_number=f"H-{number}")
    approved(cast)
    rows, _ = exported(cast, registry.write_csv, "anna", states=(State.IN_APPROVAL,))
    assert rows == 5


def test_every_export_is_on_record(cast: Cast) -> None:
    approved(cast)
    exported(cast, registry.write_xlsx, text="ромашка", entity=cast.entity)
    entry = Entry.objects.get(kind="EXPORTED")
    said = json.loads(entry.body)["data"]
    assert (entry.chain, entry.actor_id) == ("SETTINGS", cast.clara.id)
    assert (said["what"], said["form"], said["rows"]) == ("REGISTRY", "XLSX", 1)
    assert said["filters"]["entity"] == str(cast.entity)
    assert "ромашка" not in entry.body
    assert PrivateValue.objects.filter(chain_id=entry.chain_id, value="ромашка").exists()


class BrokenPipe(io.RawIOBase):
    """A reader who went away."""

    def writable(self) -> bool:
        return True

    def write(self, _data: Any) -> int:
        raise BrokenPipeError


def test_an_export_that_breaks_off_is_on_record_too(cast: Cast) -> None:
    approved(cast)
    with pytest.raises(BrokenPipeError):
        registry.write_csv(
            by=cast.asks("clara"), filters=RegistryFilter(), at=AT, stream=BrokenPipe()
        )
    assert Entry.objects.filter(kind="EXPORTED").count() == 1
