"""Whom an invoice would go to, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _

from akcept.cases.cards import RoutePreview, SeatCard
from akcept.company import calendars
from akcept.company.checks import EntityFields
from akcept.engine.case import SeatState
from akcept.engine.refusals import Refusal
from akcept.web.asking import words
from akcept.wording import dates, documents, why


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody on the way, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The way of a document before it is sent."""

    route: str
    seats: tuple[Passed, ...]
    payers: tuple[str, ...]
    skipped: tuple[Passed, ...]
    refusal: str


def preview_of(found: RoutePreview) -> Preview:
    """Return the words of a preview."""
    return Preview(
        route=found.route_ru if documents.is_russian() else found.route_en,
        seats=tuple(_seat(seat) for seat in found.seats if seat.state is not SeatState.COVERED),
        payers=tuple(person.name for person in found.payers),
        skipped=tuple(Passed(row.person.name, why.skipped(row.why)) for row in found.skipped),
        refusal=words(found.refusal) if isinstance(found.refusal, Refusal) else "",
    )


def closed_days(days: Iterable[date], *, entity: EntityFields) -> list[str]:
    """Say which of the planned days the payer is closed on, and which its rule proposes instead."""
    found = []
    for day in sorted(set(days)):
        calendar = calendars.working_calendar(code=entity.working_calendar, around=day)
        proposed = calendar.adjust(day, entity.adjust_rule)
        if proposed != day:
            is_weekend = day.weekday() in calendar.weekend
            told = {
                "day": dates.day(day),
                "why": format_date(day, "EEEE", locale=dates.locale())
                if is_weekend
                else _("a holiday"),
                "proposed": dates.day(proposed),
            }
            # Translators: 28 Nov 2026 is a day off (Saturday) → 27 Nov 2026
            found.append(_("%(day)s is a day off (%(why)s) → %(proposed)s") % told)
    return found


def _seat(seat: SeatCard) -> Passed:
    return Passed(seat.person.name if seat.person else "", why.words(seat.why))
