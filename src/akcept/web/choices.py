"""What the world offers to choose from, named in the reader's language: countries, currencies, zones, calendars."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from akcept.company import calendars
from akcept.kit import codes
from akcept.web.formats import locale

Choices = list[tuple[str, object]]
# What most companies here choose stands first.
COUNTRIES = ("RU", "BY", "KZ", "DE", "FR", "GB", "US")
CURRENCIES = ("RUB", "EUR", "USD", "CNY", "GBP", "KZT", "BYN")
USUAL_CURRENCIES = CURRENCIES[:4]
LANGUAGES: Choices = [("en", "English"), ("ru", "Русский")]
# Of the markets only this one moves payments; stock exchanges are of no use here.
MARKETS: Choices = [("ECB", _("Euro payments (TARGET)"))]


def countries() -> Choices:
    """Return countries by name."""
    return _named(codes.countries(), COUNTRIES, locale().territories)


def currencies() -> Choices:
    """Return currencies by code, each with its name."""
    names = locale().currencies
    rest = sorted(codes.currencies() - set(CURRENCIES))
    return [(code, f"{code} · {names.get(code, code)}") for code in (*CURRENCIES, *rest)]


def time_zones() -> Choices:
    """Return time zones that have a region, by name."""
    regional = sorted(zone for zone in codes.time_zones() if "/" in zone and zone[:4] != "Etc/")
    return [(zone, zone.replace("_", " ")) for zone in ("UTC", *regional)]


def working_calendars() -> Choices:
    """Return working calendars: countries by name, then markets."""
    lands = {code for code in calendars.known() if code in codes.countries()}
    return [*_named(lands, COUNTRIES, locale().territories), *MARKETS]


def name_of(choices: Callable[[], Choices], code: str) -> str:
    """Return the words for a code, the code itself where there are none."""
    return str(dict(choices()).get(code, code))


def _named(wanted: Collection[str], first: Sequence[str], names: Mapping[str, str]) -> Choices:
    named = {code: str(names.get(code, code)) for code in wanted}
    head = [code for code in first if code in named]
    rest = sorted(set(named) - set(head), key=lambda code: named[code].casefold())
    return [(code, named[code]) for code in (*head, *rest)]


def currency_codes() -> list[tuple[str, str]]:
    """Return currencies by code alone, for a narrow field; the usual ones first."""
    rest = sorted(codes.currencies() - set(USUAL_CURRENCIES))
    return [(code, code) for code in (*USUAL_CURRENCIES, *rest)]
