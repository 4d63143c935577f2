"""The payment calendar: what is to be paid on which day, what was, and what may still come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from akcept.cases import access
from akcept.cases.models import Case, Payment, PlannedPayment
from akcept.company import calendars
from akcept.company import queries as company
from akcept.company.models import CalendarDay as OwnDay
from akcept.company.queries import EntityCard
from akcept.doctypes import queries as doctypes
from akcept.engine.calendars import DayKind, WorkingCalendar
from akcept.engine.case import PaymentState, State
from akcept.engine.money import Money
from akcept.engine.verbs import Verb
from akcept.payments.cards import CalendarCard, CalendarDay, CalendarEntry, EntryState
from akcept.payments.offers import offered
from akcept.people.askers import Asker

FORECAST = (State.IN_APPROVAL, State.REWORK)
DAY = timedelta(days=1)


def calendar(
    *, by: Asker, first: date, last: date, at: datetime, entity: UUID | None = None
) -> CalendarCard:
    """Return the days from first to last with every outflow the reader may see, of one payer or all."""
    payers = (company.entity(entity_id=entity),) if entity else company.entities()
    today = _today(payers, by, at)
    entries: defaultdict[date, list[CalendarEntry]] = defaultdict(list)
    for entry in _entries(by, first, last, at, entity):
        entries[entry.on].append(entry)
    closed = _closed(payers, first, last, by.language)
    days = tuple(
        _day(day, entries[day], closed, is_today=day == today) for day in _span(first, last)
    )
    everything = [entry for day in days for entry in day.entries]
    return CalendarCard(first, last, today, days, *_totals(everything))


def _day(
    day: date, entries: Sequence[CalendarEntry], closed: Mapping[date, str], *, is_today: bool
) -> CalendarDay:
    return CalendarDay(
        day, day not in closed, closed.get(day, ""), is_today, tuple(entries), *_totals(entries)
    )


def _totals(entries: Iterable[CalendarEntry]) -> tuple[tuple[Money, ...], tuple[Money, ...]]:
    sums: dict[bool, dict[str, Money]] = {True: {}, False: {}}
    for entry in entries:
        found = sums[entry.state is EntryState.FORECAST]
        currency = entry.amount.currency
        found[currency] = found.get(currency, Money(0, currency)) + entry.amount
    certain, forecast = (
        tuple(sum for _, sum in sorted(sums[which].items())) for which in (False, True)
    )
    return certain, forecast


def _entries(
    by: Asker, first: date, last: date, at: datetime, entity: UUID | None
) -> list[CalendarEntry]:
    sight = access.sight(by=by, at=at)
    seen = Case.objects.filter(sight.condition)
    if entity:
        seen = seen.filter(entity_id=entity)
    planned = list(_planned(seen, first, last))
    to_pay = {row.case_id for row in planned if row.case.state == State.TO_PAY}
    offers = offered(case_ids=to_pay, by=by, sight=sight, at=at)
    movable = {case_id for case_id, offer in offers.items() if Verb.POSTPONE in offer.options}
    return [
        *(_of_planned(row, by, at, may_move=row.case_id in movable) for row in planned),
        *(_of_payment(row, by) for row in _payments(seen, first, last)),
    ]


def _planned(seen: QuerySet[Case], first: date, last: date) -> Iterable[PlannedPayment]:
    return (
        PlannedPayment.objects.filter(
            on__range=(first, last),
            left_minor__gt=0,
            case__in=seen.filter(state__in=(*FORECAST, State.TO_PAY)),
        )
        .select_related("case__entity", "case__counterparty", "case__doctype")
        .defer("case__fold")
        .order_by("on", "case_id", "number")
    )


def _payments(seen: QuerySet[Case], first: date, last: date) -> Iterable[Payment]:
    taken_back = Payment.objects.filter(case=OuterRef("case"), returns=OuterRef("number"))
    return (
        Payment.objects.filter(
            ~Exists(taken_back),
            on__range=(first, last),
            state__in=(PaymentState.SENT, PaymentState.EXECUTED),
            case__in=seen,
        )
        .select_related("case__entity", "case__counterparty", "case__doctype")
        .defer("case__fold")
        .order_by("on", "case_id", "number")
    )


def _of_planned(row: PlannedPayment, by: Asker, at: datetime, *, may_move: bool) -> CalendarEntry:
    case = row.case
    today = calendars.entity_today(time_zone=case.entity.time_zone, at=at)
    is_approved = case.state == State.TO_PAY
    type = doctypes.type_card(code=case.doctype_id, stamp=case.doctype.stamp)
    # What never moves by itself is late from its planned date on.
    late = row.on if type.never_postpone and is_approved else None
    return CalendarEntry(
        case_id=case.id,
        number=case.number,
        type=type,
        title=case.title,
        counterparty=case.counterparty.name if case.counterparty else "",
        entity_id=case.entity_id,
        entity=case.entity.short_name,
        amount=Money(row.left_minor, case.currency),
        on=row.on,
        first_on=row.first_on,
        due_on=case.due_on,
        moves=row.moves,
        planned=row.number,
        payment=None,
        state=EntryState.TO_PAY if is_approved else EntryState.FORECAST,
        is_overdue=any(day is not None and day < today for day in (case.due_on, late)),
        is_held=case.held_until is not None,
        is_mine=case.initiator_id == by.id,
        may_move=may_move,
    )


def _of_payment(row: Payment, by: Asker) -> CalendarEntry:
    case = row.case
    return CalendarEntry(
        case_id=case.id,
        number=case.number,
        type=doctypes.type_card(code=case.doctype_id, stamp=case.doctype.stamp),
        title=case.title,
        counterparty=case.counterparty.name if case.counterparty else "",
        entity_id=case.entity_id,
        entity=case.entity.short_name,
        amount=Money(row.minor, case.currency),
        on=row.on,
        first_on=row.on,
        due_on=case.due_on,
        moves=0,
        planned=None,
        payment=row.number,
        state=EntryState.SENT if row.state == PaymentState.SENT else EntryState.PAID,
        is_overdue=False,
        is_held=case.held_until is not None,
        is_mine=case.initiator_id == by.id,
        may_move=False,
    )


def _today(payers: Sequence[EntityCard], by: Asker, at: datetime) -> date:
    """Today is the payer's; of several payers in different zones, the reader's."""
    days = {calendars.entity_today(time_zone=card.fields.time_zone, at=at) for card in payers}
    return days.pop() if len(days) == 1 else calendars.entity_today(time_zone=by.time_zone, at=at)


def _closed(
    payers: Sequence[EntityCard], first: date, last: date, language: str
) -> Mapping[date, str]:
    """Return the days on which none of the payers works, with the name of the holiday if it has one."""
    codes = list(dict.fromkeys(card.fields.working_calendar for card in payers))
    own: defaultdict[str, dict[date, tuple[str, str]]] = defaultdict(dict)
    for code, day, kind, name in OwnDay.objects.filter(calendar__in=codes).values_list(
        "calendar", "day", "kind", "name"
    ):
        own[code][day] = (kind, name)
    working = {
        code: calendars.combined(
            code=code, around=first, own={day: kind for day, (kind, _) in own[code].items()}
        )
        for code in codes
    } or {"": WorkingCalendar()}
    names: dict[date, str] = {}
    for code in reversed(codes):
        names |= calendars.published_names(code, first.year, last.year, language)
        names |= {day: name for day, (kind, name) in own[code].items() if kind == DayKind.CLOSED}
    return {
        day: names.get(day, "")
        for day in _span(first, last)
        if not any(days.is_working(day) for days in working.values())
    }


def _span(first: date, last: date) -> list[date]:
    return [first + DAY * number for number in range((last - first).days + 1)]
