"""Setting a task aside until later, and taking it back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.cases import snoozing
from akcept.engine.refusals import InvalidInput
from akcept.web import undoing
from akcept.web.asking import Ask, ask, door
from akcept.web.forms import typed
from akcept.web.present.names import label_of
from akcept.web.reading import back
from akcept.wording import dates


@door("POST")
def snooze(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Set a task aside; what would pass the planned payment date is asked about first."""
    asked = ask(request)
    document = label_of(*snoozing.about(by=asked.by, task_id=task_id, at=asked.at))
    choice = _choice(request)
    try:
        until = snoozing.snooze(
            by=asked.by,
            task_id=task_id,
            until=_until(request, asked, task_id, choice),
            anyway=request.POST.get("anyway") == "on",
            at=asked.at,
        )
    except InvalidInput as refusal:
        if refusal.errors != {"until": "PAST_PLANNED"}:
            raise
        return _ask_again(request, task_id, choice)
    words = _("%(document)s is snoozed until %(when)s.")
    words %= {"document": document, "when": dates.moment(until)}
    undoing.leave(request, words, url=reverse("web:wake", args=[task_id]), at=asked.at)
    return redirect(back(request, reverse("web:tasks")))


@door("POST")
def wake(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take a task back before its time."""
    asked = ask(request)
    snoozing.wake(by=asked.by, task_id=task_id, at=asked.at)
    undoing.leave(request, _("The task is back in your list."), at=asked.at)
    return redirect(back(request, reverse("web:tasks")))


def _choice(request: HttpRequest) -> snoozing.Choice:
    try:
        return snoozing.Choice(request.POST.get("until", ""))
    except ValueError:
        raise InvalidInput({"until": "REQUIRED"}) from None


def _until(request: HttpRequest, asked: Ask, task_id: UUID, choice: snoozing.Choice) -> datetime:
    day = _day(request) if choice is snoozing.Choice.DAY else None
    return snoozing.moment(choice=choice, by=asked.by, task_id=task_id, at=asked.at, on=day)


def _day(request: HttpRequest) -> date | None:
    said = request.POST.get("on", "").strip()
    try:
        return typed.day(said) if said else None
    except ValueError as error:
        raise InvalidInput({"on": str(error)}) from None


def _ask_again(request: HttpRequest, task_id: UUID, choice: snoozing.Choice) -> HttpResponse:
    told = {
        "task_id": task_id,
        "choice": choice.value,
        "on": request.POST.get("on", ""),
        "next": back(request, reverse("web:tasks")),
        "place": "tasks",
    }
    part = bool(request.headers.get("HX-Request"))
    page = "web/inbox/snooze_anyway.html" if part else "web/inbox/snooze.html"
    return render(request, page, told, status=409)
