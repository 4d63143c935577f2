"""Amounts, days and moments as the reader's language writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel.dates import format_timedelta
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from akcept.engine.money import Money
from akcept.wording import dates, money

MINUTE = timedelta(minutes=1)
NBSP = dates.NBSP
Sum = Money
locale = dates.locale
amount = money.amount
day = dates.day
moment = dates.moment
exact = dates.exact
ago = dates.relative


def number(value: int) -> str:
    """Write a whole number with its thousands apart."""
    return format_decimal(value, locale=locale())


def day_title(on: date, today: date) -> str:
    """Name a day over what happened on it."""
    if on == today:
        return _("Today")
    return _("Yesterday") if on == today - timedelta(days=1) else day(on)


def lasted(value: datetime, *, at: datetime) -> str:
    """Write the time since a moment as a length: "3 h"; under a minute it is just now."""
    if at - value < MINUTE:
        return _("just now")
    return format_timedelta(at - value, format="short", locale=locale())


def initials(name: str) -> str:
    """Return up to two first letters of a name."""
    words = [word for word in name.replace(".", " ").split() if word[:1].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or "?"
