"""Papers as PDF, set by typst from the templates in `paper/`; what is on them is data, never part of a template."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import typst

from akcept.cases.inputs import NewFile
from akcept.files import services as files

PAPER = Path(__file__).with_name("paper")


@dataclass(frozen=True, slots=True)
class Paper:
    """One document to print: which template, for what it is attached, its file name and what stands on it."""

    template: str
    purpose: str
    name: str
    data: Mapping[str, Any]


class Press:
    """Compilers that are kept from one paper to the next: starting one takes ten times as long as a page."""

    def __init__(self) -> None:
        self._compilers: dict[str, typst.Compiler] = {}

    def printed(self, paper: Paper, *, by: UUID, at: datetime) -> NewFile:
        """Print a paper and keep it as a file that can be attached."""
        content = self.pdf(paper.template, paper.data, on=at.date())
        kept = files.keep(stream=io.BytesIO(content), name=paper.name, by=by, at=at)
        return NewFile(paper.purpose, kept.sha256, kept.name)

    def pdf(self, template: str, data: Mapping[str, Any], *, on: date) -> bytes:
        """Return a PDF; the same data give the same bytes."""
        if template not in self._compilers:
            self._compilers[template] = typst.Compiler(str(PAPER / f"{template}.typ"))
        made = self._compilers[template].compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=int(datetime.combine(on, time(9), tzinfo=UTC).timestamp()),
        )
        assert isinstance(made, bytes)
        return made
