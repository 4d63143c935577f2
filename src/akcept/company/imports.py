"""Calendars and rates brought along as CSV: all rows or none, with what is wrong in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from akcept.company import rates, store
from akcept.company.rates import RateCard
from akcept.engine.calendars import DayKind
from akcept.engine.refusals import InvalidInput
from akcept.journal.store import Actor
from akcept.kit import codes, tables, text
from akcept.kit.tables import RowError

BY_HAND = "BY_HAND"
Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did; with errors it did nothing."""

    changed: int = 0
    # Days before today, which stay as they are.
    skipped: int = 0
    errors: tuple[RowError, ...] = ()


class WrongCell(ValueError):
    """A cell that cannot be read: its column and the code of what is wrong."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(field, code)
        self.field, self.code = field, code


def import_days(*, calendar: str, content: bytes, by: Actor, at: datetime) -> ImportResult:
    """Override days of a calendar from a table day, kind, name; kind is off or working."""
    days, errors = _parse(content, ("day", "kind", "name"), _day)
    if errors:
        return ImportResult(errors=errors)
    ahead = {day: (kind, name) for day, kind, name in days if day >= at.date()}
    changed = store.set_days(calendar=calendar, days=ahead, by=by, at=at)
    return ImportResult(changed=changed, skipped=sum(day < at.date() for day, _, _ in days))


def import_rates(*, content: bytes, source: str, by: Actor, at: datetime) -> ImportResult:
    """Enter rates from a table currency, on, value."""
    found, errors = _parse(
        content,
        ("currency", "on", "value"),
        lambda row: _rate(row["currency"], _date("on", row["on"]), row["value"], source),
    )
    if errors:
        return ImportResult(errors=errors)
    return ImportResult(changed=store.set_rates(rates=found, by=by, at=at))


def typed_rate(*, currency: str, on: date, value: str) -> RateCard:
    """Return a rate as typed into a form; InvalidInput names the field that cannot be read."""
    try:
        return _rate(currency, on, value, BY_HAND)
    except WrongCell as wrong:
        raise InvalidInput({wrong.field: wrong.code}) from None


def _rate(currency: str, on: date, value: str, source: str) -> RateCard:
    code = currency.upper()
    if code not in codes.currencies():
        raise WrongCell("currency", "UNKNOWN_CURRENCY")
    try:
        return RateCard(code, on, rates.parse_value(value), source)
    except ValueError as error:
        raise WrongCell("value", str(error)) from None


def _parse(
    content: bytes, columns: tuple[str, ...], parse: Callable[[dict[str, str]], Parsed]
) -> tuple[list[Parsed], tuple[RowError, ...]]:
    found: list[Parsed] = []
    errors: list[RowError] = []
    try:
        for line, row in tables.read_csv(content, columns=columns):
            try:
                found.append(parse(row))
            except WrongCell as wrong:
                errors.append(RowError(line, wrong.field, wrong.code))
    except ValueError as error:
        errors.append(RowError(1, "", str(error)))
    return found, tuple(errors)


def _day(row: dict[str, str]) -> tuple[date, DayKind, str]:
    kinds = {"off": DayKind.CLOSED, "working": DayKind.WORKING}
    kind = kinds.get(row["kind"].lower())
    if kind is None:
        raise WrongCell("kind", "UNKNOWN_KIND")
    day = _date("day", row["day"])
    try:
        return day, kind, text.clean_text(row["name"], max_length=200)
    except ValueError as error:
        raise WrongCell("name", str(error)) from None


def _date(field: str, value: str) -> date:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(value, pattern).date()  # noqa: DTZ007  a plain date
        except ValueError:
            continue
    raise WrongCell(field, "NOT_A_DATE")
