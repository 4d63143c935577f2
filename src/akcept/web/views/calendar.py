"""The payment calendar, and its feed under a secret address."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from akcept.cases import services
from akcept.company import queries as company
from akcept.engine.refusals import InvalidInput, NotFound, ReasonRequired, Refusal
from akcept.kit import clock
from akcept.payments import ical, queries
from akcept.people import services as people
from akcept.web import formats
from akcept.web.asking import ask, door, problems, words
from akcept.web.present import calendar as present
from akcept.web.present.acts import case_url
from akcept.web.reading import back, key

REASON = 1000


@door("GET")
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a month or a week of payments, of one payer or of all."""
    asked = ask(request)
    payers = company.entities()
    entity = _payer(request, {card.id for card in payers})
    today = timezone.localtime(asked.at).date()
    view = present.WEEK if request.GET.get("view") == present.WEEK else present.MONTH
    shown = present.span(view, present.anchor(request.GET.get("on", ""), today))
    card = queries.calendar(
        by=asked.by, first=shown.first, last=shown.last, at=asked.at, entity=entity
    )
    days = present.agenda(card, shown, entity)
    settled = present.settled(card, shown, days)
    told = {
        "place": "calendar",
        "view": view,
        "heading": present.heading(shown),
        "weekdays": present.weekdays(),
        "weeks": present.weeks(card, shown, entity),
        "settled": days[:settled],
        "days": days[settled:],
        "payers": [(card.id, card.fields.short_name) for card in payers],
        "entity": entity,
        "on": shown.anchor,
        "totals": card.totals,
        "forecast": card.forecast,
    }
    return render(request, "web/calendar/calendar.html", told | present.steps(shown, entity))


@door("POST")
def move(request: HttpRequest, case_id: UUID, planned: int) -> HttpResponse:
    """Move a planned date and come back; a refusal is said on the calendar, where the entry stands as before."""
    asked = ask(request)
    try:
        to = _day(request, "on")
        services.postpone(
            case_id=case_id,
            by=asked.by,
            planned=planned,
            old=_day(request, "old"),
            to=to,
            reason=request.POST.get("reason", "")[:REASON],
            at=asked.at,
            key=asked.key,
        )
    except NotFound:
        raise
    except ReasonRequired:
        messages.error(request, _("The new day is past the due date. Please give a reason."))
    except Refusal as refusal:
        messages.error(request, " ".join(problems(refusal)) or words(refusal))
    else:
        messages.success(request, _("The payment is moved to %(day)s.") % {"day": formats.day(to)})
    return redirect(back(request, reverse("web:calendar")))


@door("GET", "POST")
def subscription(request: HttpRequest) -> HttpResponse:
    """Say what a subscription is; make a new secret address, shown this once; the one before stops working."""
    asked = ask(request)
    told: dict[str, object] = {
        "place": "calendar",
        "has_feed": getattr(request.user, "feed_token_hash", None),
    }
    if request.method == "POST":
        secret = people.make_feed_token(person_id=asked.by.id, by=asked.by.actor, at=asked.at)
        told["address"] = request.build_absolute_uri(reverse("web:calendar-ics", args=[secret]))
    answer = render(request, "web/calendar/subscription.html", told)
    patch_cache_control(answer, no_store=True)
    return answer


@require_safe
def ics(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program, which has the secret and no log-in."""
    written = ical.feed(
        token=token,
        at=clock.now(),
        link=lambda case_id: request.build_absolute_uri(case_url(case_id)),
    )
    if written is None:
        raise Http404
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    patch_cache_control(answer, private=True, max_age=900)
    return answer


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise InvalidInput({name: "NOT_A_DATE"}) from None


def _payer(request: HttpRequest, known: set[UUID]) -> UUID | None:
    asked = key(request.GET.get("entity"))
    entity = UUID(asked) if asked else None
    return entity if entity in known else None
