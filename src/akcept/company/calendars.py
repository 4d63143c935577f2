"""Working calendars: what the `holidays` package knows of a country, and what the company knows better."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

from akcept.company.models import CalendarDay
from akcept.engine.calendars import DayKind, WorkingCalendar

# How far a planned date may sensibly lie from today; beyond it only the week counts.
YEARS_BEFORE, YEARS_AFTER = 1, 3


def known() -> tuple[str, ...]:
    """Return the codes of all calendars: countries first, then markets."""
    markets = sorted(holidays.list_supported_financial())
    return (*sorted(holidays.list_supported_countries(include_aliases=False)), *markets)


def is_known(code: str) -> bool:
    """Tell whether there is a calendar for a country (RU) or a market (ECB)."""
    return code in holidays.list_supported_countries() or _is_market(code)


def entity_today(*, time_zone: str, at: datetime) -> date:
    """Return the date in a payer entity's (or a person's) time zone at that moment."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def working_calendar(*, code: str, around: date) -> WorkingCalendar:
    """Return the frozen calendar of the years around a day, in one query."""
    own = CalendarDay.objects.filter(calendar=code).values_list("day", "kind")
    return combined(code=code, around=around, own=dict(own))


def combined(*, code: str, around: date, own: Mapping[date, str]) -> WorkingCalendar:
    """Return what is published for the years around a day, with the company's own days laid over."""
    published = _published(code, around.year - YEARS_BEFORE, around.year + YEARS_AFTER)
    if not own:
        return published
    closed = {day for day, kind in own.items() if kind == DayKind.CLOSED}
    working = {day for day, kind in own.items() if kind == DayKind.WORKING}
    return WorkingCalendar(
        weekend=published.weekend,
        closed=published.closed - working | closed,
        working=published.working - closed | working,
    )


# The package does not change while a process runs.
@lru_cache(maxsize=64)
def published_names(code: str, first: int, last: int, language: str) -> Mapping[date, str]:
    """Return what the holidays of those years are called; in English where the language is not known."""
    return MappingProxyType(dict(_source(code, first, last, language)))


@lru_cache(maxsize=64)
def _published(code: str, first: int, last: int) -> WorkingCalendar:
    source = _source(code, first, last, None)
    return WorkingCalendar(
        weekend=frozenset(source.weekend),
        closed=frozenset(source),
        working=frozenset(source.weekend_workdays),
    )


def _source(code: str, first: int, last: int, language: str | None) -> holidays.HolidayBase:
    years = range(first, last + 1)
    if _is_market(code):
        return holidays.financial_holidays(code, years=years, language=language)
    return holidays.country_holidays(code, years=years, language=language)


def _is_market(code: str) -> bool:
    return code in holidays.list_supported_financial()
