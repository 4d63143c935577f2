"""The payment calendar: months and weeks as grids, the same days as an agenda for phones."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from uuid import UUID

from babel.dates import get_day_names, get_month_names
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from akcept.engine.money import Money
from akcept.payments.cards import CalendarCard, CalendarDay, CalendarEntry, EntryState
from akcept.web import formats
from akcept.web.present.acts import case_url
from akcept.wording import documents

MONTH, WEEK = "month", "week"
# What fits a cell of a month; a week shows all.
SHOWN = 4
# A week of the first month somebody can name starts in this year, one of the last ends in that.
FIRST_YEAR, LAST_YEAR = 2000, 2100
KINDS = {EntryState.FORECAST: "forecast", EntryState.PAID: "paid"}

ICONS = {
    "": "cash-banknote",
    "forecast": "clock",
    "paid": "checks",
    "overdue": "alert-triangle",
    "held": "player-pause",
}


@dataclass(frozen=True, slots=True)
class Span:
    """What the grid shows: a month with the rest of its weeks, or one week."""

    view: str
    anchor: date
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Pay:
    """One outflow in a cell; `move_url` when the reader may move it."""

    id: str
    kind: str
    state: str
    on: date
    url: str
    title: str
    note: str
    amount: Money
    moved: int
    move_url: str
    due_on: date | None
    reason_after: bool

    @property
    def icon(self) -> str:
        """Return the sign of its state: nothing is told by colour alone."""
        return ICONS[self.kind]


@dataclass(frozen=True, slots=True)
class Cell:
    """One day."""

    on: date
    is_off: bool
    is_outside: bool
    is_today: bool
    is_barred: str
    name: str
    totals: tuple[Money, ...]
    pays: list[Pay]
    more: int
    more_url: str

    @property
    def is_paid(self) -> bool:
        """Tell whether everything of that day is paid."""
        return all(pay.kind == KINDS[EntryState.PAID] for pay in self.pays)


def span(view: str, anchor: date) -> Span:
    """Return the days a view shows around a day; whole weeks, beginning on Monday."""
    if view == WEEK:
        first = anchor - timedelta(days=anchor.weekday())
        return Span(WEEK, first, first, first + timedelta(days=6))
    weeks = Calendar().monthdatescalendar(anchor.year, anchor.month)
    return Span(MONTH, anchor.replace(day=1), weeks[0][0], weeks[-1][-1])


def anchor(text: str, today: date) -> date:
    """Return the day asked for, or today where that is none."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today
    return asked if FIRST_YEAR < asked.year < LAST_YEAR else today


def weeks(card: CalendarCard, shown: Span, entity: UUID | None) -> list[list[Cell]]:
    """Return the cells in rows of seven; in a month each shows its first entries."""
    most = SHOWN if shown.view == MONTH else None
    cells = [_cell(day, card.today, shown, entity, most) for day in card.days]
    return [cells[place : place + 7] for place in range(0, len(cells), 7)]


def agenda(card: CalendarCard, shown: Span, entity: UUID | None) -> list[Cell]:
    """Return the days that have something on them, with everything on them."""
    cells = [_cell(day, card.today, shown, entity, None) for day in card.days if day.entries]
    return [cell for cell in cells if not cell.is_outside]


def settled(card: CalendarCard, shown: Span, days: Sequence[Cell]) -> int:
    """Return how many of these days, from the first on, are over with nothing left to do: a phone folds them up.

    None, when there would be nothing else to see.
    """
    if not shown.first <= card.today <= shown.last:
        return 0
    over = list(takewhile(lambda cell: cell.on < card.today and cell.is_paid, days))
    return len(over) if len(over) < len(days) else 0


def heading(shown: Span) -> str:
    """Name the month, or the first and last day of the week."""
    if shown.view == WEEK:
        return f"{formats.day(shown.first)} – {formats.day(shown.last)}"
    name = get_month_names("wide", context="stand-alone", locale=formats.locale())
    return f"{name[shown.anchor.month].capitalize()} {shown.anchor.year}"


def weekdays() -> list[str]:
    """Return the short names of the days, Monday first."""
    names = get_day_names("abbreviated", context="stand-alone", locale=formats.locale())
    return [str(names[place]).capitalize() for place in range(7)]


def steps(shown: Span, entity: UUID | None) -> dict[str, str]:
    """Return the addresses of what lies before and after, of today, and of the other view."""
    if shown.view == WEEK:
        before, after = shown.first - timedelta(days=7), shown.first + timedelta(days=7)
    else:
        before = (shown.anchor - timedelta(days=1)).replace(day=1)
        after = (shown.anchor + timedelta(days=31)).replace(day=1)
    return {
        "before_url": url(shown.view, before, entity),
        "after_url": url(shown.view, after, entity),
        "today_url": url(shown.view, None, entity),
        "month_url": url(MONTH, shown.anchor, entity),
        "week_url": url(WEEK, shown.anchor, entity),
    }


def url(view: str, on: date | None, entity: UUID | None) -> str:
    """Return the address of the calendar."""
    asked = {"view": view} if view == WEEK else {}
    asked |= {"on": on.isoformat()} if on else {}
    asked |= {"entity": str(entity)} if entity else {}
    path = reverse("web:calendar")
    return f"{path}?{urlencode(asked)}" if asked else path


def _cell(
    day: CalendarDay, today: date, shown: Span, entity: UUID | None, most: int | None
) -> Cell:
    # Where one too many is left out, its line could as well show it.
    most = None if most and len(day.entries) == most + 1 else most
    return Cell(
        on=day.on,
        is_off=not day.is_working,
        is_outside=shown.view == MONTH and day.on.month != shown.anchor.month,
        is_today=day.is_today,
        is_barred=_barred(day, today),
        name=day.holiday,
        totals=tuple(day.totals),
        pays=[_pay(entry, today) for entry in day.entries[:most]],
        more=len(day.entries[most:]) if most else 0,
        more_url=url(WEEK, day.on, entity),
    )


def _barred(day: CalendarDay, today: date) -> str:
    if day.on < today:
        return _("That day is over. Choose today or a later day.")
    return "" if day.is_working else _("Payments are not made on that day.")


def _pay(entry: CalendarEntry, today: date) -> Pay:
    place = entry.planned if entry.payment is None else f"p{entry.payment}"
    move = [entry.case_id, entry.planned] if entry.may_move else []
    return Pay(
        id=f"{entry.case_id}-{place}",
        kind=_kind(entry, today),
        state=_state(entry),
        on=entry.on,
        url=case_url(entry.case_id),
        title=entry.counterparty,
        note=documents.label(entry.type, entry.number),
        amount=entry.amount,
        moved=entry.moves,
        move_url=reverse("web:calendar-move", args=move) if move else "",
        due_on=entry.due_on,
        reason_after=entry.due_on is not None,
    )


def _kind(entry: CalendarEntry, today: date) -> str:
    if entry.is_held:
        return "held"
    is_late = entry.state is EntryState.TO_PAY and (entry.is_overdue or entry.on < today)
    return "overdue" if is_late else KINDS.get(entry.state, "")


def _state(entry: CalendarEntry) -> str:
    """Say in words what the colour says."""
    if entry.is_held:
        return _("On hold")
    if entry.is_overdue:
        return _("Overdue")
    words = {
        EntryState.FORECAST: _("In approval"),
        EntryState.TO_PAY: _("To pay"),
        EntryState.SENT: _("Sent to bank"),
        EntryState.PAID: _("Paid"),
    }
    return words[entry.state]
