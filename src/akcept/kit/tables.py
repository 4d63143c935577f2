"""Tables that people bring along as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DELIMITERS = ";\t,"


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row; line 1 is the heading."""

    line: int
    field: str
    code: str


def read_csv(content: bytes, *, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with the number of its line; UTF-8 or Windows-1251, comma, semicolon or tab.

    ValueError("NO_HEADING") if the first line does not name the columns.
    """
    lines = _decode(content).splitlines()
    heading = lines[0] if lines else ""
    delimiter = next((mark for mark in DELIMITERS if mark in heading), ",")
    reader = csv.reader(lines, delimiter=delimiter)
    names = [name.strip().lower() for name in next(reader, [])]
    if not set(columns) <= set(names):
        raise ValueError("NO_HEADING")
    for cells in reader:
        row = dict(zip(names, cells, strict=False))
        if any(cell.strip() for cell in cells):
            yield reader.line_num, {name: row.get(name, "").strip() for name in columns}


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")
