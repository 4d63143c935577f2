"""Days and moments in the reader's language and zone."""

from __future__ import annotations

from datetime import UTC, date, datetime

from babel import Locale
from babel.dates import format_datetime, format_timedelta
from django.utils import timezone
from django.utils.translation import get_language

NBSP = "\N{NO-BREAK SPACE}"
DAYS = {"en": "d MMM y", "ru": "dd.MM.y"}
MOMENTS = {"en": "d MMM y, HH:mm", "ru": "dd.MM.y, HH:mm"}


def locale() -> Locale:
    """Return the reader's locale: that of the active language."""
    return Locale.parse((get_language() or "en").split("-")[0])


def day(value: date) -> str:
    """Write 21.11.2026 for a Russian reader and 21 Nov 2026 for an English one."""
    here = locale()
    at = datetime(value.year, value.month, value.day, tzinfo=UTC)
    return format_datetime(at, DAYS.get(here.language, "medium"), locale=here).replace(" ", NBSP)


def moment(value: datetime) -> str:
    """Write a moment to the minute, in the zone of the reader: 21.11.2026, 10:02."""
    return _written(value, _pattern())


def exact(value: datetime) -> str:
    """Write a moment with the zone of the reader, for where the reader's place is in doubt."""
    return _written(value, f"{_pattern()} zzz")


def clock_time(value: datetime) -> str:
    """Write the hour and the minute of a moment in the reader's zone: 10:02."""
    return timezone.localtime(value).strftime("%H:%M")


def relative(value: datetime, *, at: datetime) -> str:
    """Write how long before or after `at` a moment lies: 3 hours ago, in 2 days."""
    return format_timedelta(value - at, add_direction=True, locale=locale())


def _written(value: datetime, pattern: str) -> str:
    return format_datetime(timezone.localtime(value), pattern, locale=locale())


def _pattern() -> str:
    return MOMENTS.get(locale().language, MOMENTS["en"])
