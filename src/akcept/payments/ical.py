"""The payment calendar as a feed to subscribe to: a secret address, days without hours, no bank details."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import icalendar
from babel.dates import format_date
from babel.numbers import format_currency
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from akcept.cases import access
from akcept.cases.models import Case, PlannedPayment
from akcept.company import calendars
from akcept.doctypes import queries as doctypes
from akcept.engine.case import State
from akcept.engine.money import Money
from akcept.people import tokens
from akcept.people.askers import Asker, asker_of
from akcept.people.models import Person

BACK, AHEAD = timedelta(days=90), timedelta(days=400)
DAY = timedelta(days=1)
REFRESH = timedelta(hours=1)
ENDED_UNPAID = (State.REJECTED, State.WITHDRAWN)
IN_DECISION = (State.IN_APPROVAL, State.REWORK)


def feed(*, token: str, at: datetime, link: Callable[[UUID], str] | None = None) -> bytes | None:
    """Return the calendar of whoever that secret belongs to, in their language, or None if it is nobody's.

    `link` gives the address of a document, where the door knows one.
    """
    owner = tokens.feed_owner(secret=token)
    if owner is None:
        return None
    by = asker_of(Person.objects.get(id=owner))
    with translation.override(by.language):
        calendar = _empty()
        for row in _rows(by, at):
            calendar.add_component(_event(row, at, link))
        written: bytes = calendar.to_ical()
    return written


def _empty() -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Akcept//Payments//EN")
    calendar.add("x-wr-calname", _("Akcept: payments"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return calendar


def _rows(by: Asker, at: datetime) -> Iterable[PlannedPayment]:
    today = calendars.entity_today(time_zone=by.time_zone, at=at)
    seen = Case.objects.filter(access.visible(by=by, at=at)).exclude(state=State.DRAFT)
    return (
        PlannedPayment.objects.filter(on__range=(today - BACK, today + AHEAD), case__in=seen)
        .select_related("case__counterparty", "case__doctype")
        .defer("case__fold")
        .order_by("on", "case_id", "number")
    )


def _event(
    row: PlannedPayment, at: datetime, link: Callable[[UUID], str] | None
) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{row.case_id}.{row.number}@akcept")
    # A date may be planned anew and lose its count of moves; the entries of a case only grow.
    event.add("sequence", row.case.head_number)
    event.add("dtstamp", at)
    event.add("dtstart", row.on)
    event.add("dtend", row.on + DAY)
    event.add("status", _status(row.case))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _summary(row))
    if description := _description(row):
        event.add("description", description)
    if link:
        event.add("url", link(row.case_id))
    return event


def _status(case: Case) -> str:
    if case.state in ENDED_UNPAID:
        return "CANCELLED"
    return "TENTATIVE" if case.state in IN_DECISION else "CONFIRMED"


def _summary(row: PlannedPayment) -> str:
    language = translation.get_language() or "en"
    type = doctypes.type_card(code=row.case.doctype_id, stamp=row.case.doctype.stamp)
    amount = Money(row.left_minor or row.minor, row.case.currency)
    words = {
        "document": type.name_ru if language == "ru" else type.name_en,
        "number": row.case.number,
        "counterparty": row.case.counterparty.name if row.case.counterparty else "",
        "amount": _written(amount, language),
        "state": _state(row),
    }
    return (
        pgettext(
            "calendar feed", "%(state)s: %(document)s %(number)s · %(counterparty)s · %(amount)s"
        )
        % words
    )


def _written(amount: Money, language: str) -> str:
    """Write a sum; a code does not stick to the digits, as it does in English."""
    said = format_currency(amount.decimal, amount.currency, locale=language)
    code, digits = said[:3], said[3:]
    return f"{code}\N{NO-BREAK SPACE}{digits}" if code == amount.currency else said


def _state(row: PlannedPayment) -> str:
    case = row.case
    if case.state in ENDED_UNPAID:
        return pgettext("calendar feed", "Not to be paid")
    if case.state in IN_DECISION:
        return pgettext("calendar feed", "In approval")
    if row.left_minor:
        return pgettext("calendar feed", "To pay")
    if case.sent_minor:
        return pgettext("calendar feed", "Sent to bank")
    return pgettext("calendar feed", "Paid")


def _description(row: PlannedPayment) -> str:
    lines = [row.case.title] if row.case.title else []
    if row.moves:
        moved = ngettext(
            "Moved %(count)s time, first planned on %(day)s.",
            "Moved %(count)s times, first planned on %(day)s.",
            row.moves,
        )
        day = format_date(row.first_on, locale=translation.get_language() or "en")
        lines.append(moved % {"count": row.moves, "day": day})
    return "\n".join(lines)
