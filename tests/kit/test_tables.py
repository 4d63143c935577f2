from __future__ import annotations

import pytest

from akcept.kit import tables


@pytest.mark.parametrize(
    "content",
    [
        "day,name\n2026-01-09,Перенос\n\n".encode(),
        "\ufeffDay;Name\r\n2026-01-09;Перенос\r\n".encode(),
        "name;day\nПеренос;2026-01-09".encode("cp1251"),
    ],
)
def test_tables_come_in_many_shapes(content: bytes) -> None:
    rows = list(tables.read_csv(content, columns=("day", "name")))
    assert rows == [(2, {"day": "2026-01-09", "name": "Перенос"})]


def test_short_rows_have_empty_cells() -> None:
    assert list(tables.read_csv(b"day,name\nx", columns=("day", "name"))) == [
        (2, {"day": "x", "name": ""})
    ]


@pytest.mark.parametrize("content", [b"", b"1,2\n3,4"])
def test_a_table_without_heading_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="NO_HEADING"):
        list(tables.read_csv(content, columns=("day",)))
