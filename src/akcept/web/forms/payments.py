"""Several payments as a form posts them; a changed or foreign note of a file counts as no file."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import QueryDict

from akcept.engine.money import LARGEST_MINOR
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.kit import text
from akcept.payments.batch import NamedFile, PayRow
from akcept.payments.numbering import is_number
from akcept.web.forms import typed, uploads

# The name of the field, before the payer's id.
FIRST = "first-"


def cases(data: QueryDict) -> list[UUID]:
    """Return the cases that were ticked."""
    try:
        return [UUID(key) for key in data.getlist("case")]
    except ValueError:
        raise NotFound from None


def day(data: QueryDict) -> date:
    """Return the day of the payments; refuses none and nonsense."""
    said = data.get("on", "").strip()
    if not said:
        raise InvalidInput({"on": "REQUIRED"})
    try:
        return typed.day(said)
    except ValueError as error:
        raise InvalidInput({"on": str(error)}) from None


def first_numbers(data: QueryDict) -> dict[UUID, str]:
    """Return for each payer from which number its payment orders go on; refuses what cannot be counted on from."""
    said = {name: data.get(name, "").strip() for name in data if name.startswith(FIRST)}
    wrong = [name for name, number in said.items() if number and not is_number(number)]
    if wrong:
        raise InvalidInput(dict.fromkeys(wrong, "NOT_A_NUMBER"))
    try:
        return {UUID(name.removeprefix(FIRST)): number for name, number in said.items() if number}
    except ValueError:
        raise NotFound from None


def rows(data: QueryDict, *, by: UUID) -> list[PayRow]:
    """Return the payments as they were confirmed."""
    return [_row(data, case_id, by) for case_id in cases(data)]


def _row(data: QueryDict, case_id: UUID, by: UUID) -> PayRow:
    content = uploads.read_note(data.get(f"order-{case_id}", ""), by=by)
    settles = data.get(f"settles-{case_id}", "")
    try:
        number = text.clean_text(data.get(f"number-{case_id}", ""), max_length=100)
    except ValueError as error:
        raise InvalidInput({"order_number": str(error)}) from None
    return PayRow(
        case_id=case_id,
        revision=_whole(data.get(f"revision-{case_id}", "")),
        minor=_whole(data.get(f"minor-{case_id}", "")),
        order_number=number,
        order_file=NamedFile(*content) if content else None,
        settles=_whole(settles) if settles else None,
    )


def _whole(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 20 and int(said) <= LARGEST_MINOR):
        raise InvalidInput({"rows": "NOT_A_NUMBER"})
    return int(said)
