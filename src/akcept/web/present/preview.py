"""Whom an invoice would go to, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akcept.cases.cards import RoutePreview, SeatCard, StageCard
from akcept.company import calendars
from akcept.company import queries as company
from akcept.company.checks import EntityFields
from akcept.engine.case import SeatState
from akcept.engine.refusals import Refusal
from akcept.engine.routes import How
from akcept.web.asking import words
from akcept.web.present.routing import condition_names
from akcept.wording import dates, documents, routes, why


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody on the way, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the way: a person, or people asked at the same time with how many of them have to agree."""

    names: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The way of a document before it is sent.

    `passed`: stages that do not apply. `kept`: whose approval of the round before still holds.
    """

    route: str
    stops: tuple[Stop, ...]
    payers: tuple[str, ...]
    is_paid: bool
    skipped: tuple[Passed, ...]
    passed: tuple[Passed, ...]
    kept: tuple[str, ...]
    refusal: str


def preview_of(found: RoutePreview) -> Preview:
    """Return the words of a preview."""
    return Preview(
        route=found.route_ru if documents.is_russian() else found.route_en,
        stops=tuple(_stops(found)),
        payers=tuple(person.name for person in found.payers),
        is_paid=found.is_paid,
        skipped=tuple(Passed(row.person.name, why.skipped(row.why)) for row in found.skipped),
        passed=tuple(_passed_over(found.stages)),
        kept=tuple(_name(seat) for seat in found.seats if seat.state is SeatState.APPROVED),
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


def _stops(found: RoutePreview) -> Iterator[Stop]:
    """Keep together those who are asked at the same time; whoever decided earlier is not asked again."""
    stages = {stage.code: stage for stage in found.stages}
    for code, seats in groupby(found.seats, key=lambda seat: seat.stage):
        names = tuple(_name(seat) for seat in seats if seat.state is SeatState.WAITING)
        stage = stages.get(code)
        if stage is None or stage.how is How.IN_TURN:
            yield from (Stop((name,)) for name in names)
        elif names:
            yield Stop(names, _label(stage))


def _label(stage: StageCard) -> str:
    if stage.how is How.ALL:
        return pgettext("quorum", "all of:")
    if stage.how is How.ANY:
        return pgettext("quorum", "any of:")
    return pgettext("quorum", "%(needed)d of:") % {"needed": stage.needed}


def _name(seat: SeatCard) -> str:
    return seat.person.name if seat.person else ""


def _passed_over(stages: Sequence[StageCard]) -> Iterator[Passed]:
    """Say which stages do not apply, and the condition that the document does not meet."""
    unmet = [(stage, stage.unmet) for stage in stages if stage.unmet]
    if not unmet:
        return
    names = condition_names([condition for _stage, condition in unmet])
    currency = company.settings_of().base_currency
    for stage, condition in unmet:
        said = routes.condition(condition, names, currency)
        yield Passed(
            routes.name(stage) or _("Step"), _("Only if: %(condition)s") % {"condition": said}
        )
