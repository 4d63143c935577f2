"""What the small forms of acts bring, read as strictly as the large one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from akcept.engine.refusals import InvalidInput, ReasonRequired
from akcept.kit import text
from akcept.people import queries as people
from akcept.web.asking import Ask
from akcept.web.forms import typed

LARGEST = 2**31


@dataclass(frozen=True, slots=True)
class Said:
    """One act on one case: who asks, and what the form says. Every reading refuses with its field."""

    case_id: UUID
    ask: Ask
    data: QueryDict
    file: UploadedFile[bytes] | None = None

    def text(self, name: str, *, longest: int = 4000) -> str:
        """Return a text without characters that nobody types."""
        try:
            return text.clean_text(self.data.get(name, ""), max_length=longest, multiline=True)
        except ValueError as error:
            raise InvalidInput({name: str(error)}) from None

    def reason(self, name: str = "reason") -> str:
        """Return a reason; refuses none."""
        said = self.text(name)
        if not said:
            raise ReasonRequired
        return said

    def lines(self, name: str = "reason") -> tuple[str, ...]:
        """Return the reasons, one a line."""
        return tuple(line.strip() for line in self.reason(name).splitlines() if line.strip())

    def number(self, name: str) -> int:
        """Return a whole number; refuses anything else."""
        typed_in = self.data.get(name, "")
        if not (typed_in.isascii() and typed_in.isdigit()) or len(typed_in) > 10:
            raise InvalidInput({name: "NOT_A_NUMBER" if typed_in else "REQUIRED"})
        value = int(typed_in)
        if value >= LARGEST:
            raise InvalidInput({name: "OUT_OF_RANGE"})
        return value

    @property
    def revision(self) -> int:
        """Return the revision that was on the page."""
        return self.number("revision")

    def day(self, name: str) -> date:
        """Return a day."""
        typed_in = self.data.get(name, "").strip()
        if not typed_in:
            raise InvalidInput({name: "REQUIRED"})
        try:
            return typed.day(typed_in)
        except ValueError as error:
            raise InvalidInput({name: str(error)}) from None

    def amount(self, name: str, currency: str) -> int:
        """Return minor units."""
        try:
            return typed.amount(self.data.get(name, ""), currency)
        except ValueError as error:
            raise InvalidInput({name: str(error)}) from None

    def person(self, name: str = "person") -> UUID:
        """Return a person, chosen from the list or named so that only one fits."""
        try:
            return UUID(self.data.get(name, ""))
        except ValueError:
            typed_in = self.text(f"{name}_text", longest=300)
        if not typed_in:
            raise InvalidInput({name: "REQUIRED"})
        found = people.directory(search=typed_in, limit=2)
        if len(found) != 1:
            raise InvalidInput({name: "NOT_FOUND"})
        return found[0].id

    def correct_by(self) -> datetime | None:
        """Return until when a return is to be corrected, if that was said."""
        if not self.data.get("hours", "").strip():
            return None
        hours = self.number("hours")
        if not 0 < hours < 1000:
            raise InvalidInput({"hours": "OUT_OF_RANGE"})
        return self.ask.at + timedelta(hours=hours)

    @property
    def common(self) -> dict[str, Any]:
        """Return what every service takes."""
        return {
            "case_id": self.case_id,
            "by": self.ask.by,
            "at": self.ask.at,
            "key": self.ask.key,
        }
