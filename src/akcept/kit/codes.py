"""Codes that the world has agreed on: currencies, countries, time zones."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global
from babel.numbers import get_territory_currencies


@cache
def currencies() -> frozenset[str]:
    """Return the codes of all currencies that are tender somewhere."""
    return frozenset(code for country in countries() for code in get_territory_currencies(country))


@cache
def countries() -> frozenset[str]:
    """Return the two-letter codes of all countries of today."""
    known = (code for code in get_global("territory_currencies") if len(code) == 2)
    return frozenset(code for code in known if get_territory_currencies(code))


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones."""
    return frozenset(available_timezones())
