"""Working days and exchange rates: by hand or from a CSV table, all rows or none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.company import calendars
from akcept.company import queries as company
from akcept.company.imports import ImportResult
from akcept.company.labels import DAY_KINDS
from akcept.people import services
from akcept.web import choices, filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.settings import DayForm, RateForm, TableForm
from akcept.web.present.setting import around, looking, setting_up
from akcept.wording import fields

IMPORTED = "IMPORTED"


@door("GET", "POST")
def days(request: HttpRequest) -> HttpResponseBase:
    """Show the days that differ from the published calendar; set one, or bring a table."""
    asked = ask(request)
    looking(asked)
    calendar = _calendar(request)
    brought = TableForm(request.POST, request.FILES) if "bring" in request.POST else None
    typed = request.POST if request.method == "POST" and not brought else None
    form = DayForm(typed)
    results: list[ImportResult] = []
    if brought and filling.accepted(brought, lambda given: results.append(_days(calendar, given, asked))):  # fmt: skip
        _tell(request, results[0], brought)
    elif typed and filling.accepted(form, lambda given: _set_day(calendar, given, asked)):
        messages.success(request, _("Saved."))
    if _is_done(brought, form, request):
        return redirect(f"{reverse('web:days')}?calendar={calendar}")
    shown = around("days", asked) | _days_of(calendar, asked) | {"table": brought or TableForm(), "errors": _errors(results)}  # fmt: skip
    return filling.page(request, "web/settings/days.html", shown, form=form, other=brought)


@door("POST")
def forget_day(request: HttpRequest) -> HttpResponseBase:
    """Take the override of a day back."""
    asked = ask(request)
    setting_up(asked)
    form = DayForm({**request.POST.dict(), "kind": "CLOSED"})
    calendar = _calendar(request)
    if filling.accepted(form, lambda given: _set_day(calendar, {**given, "kind": None, "name": ""}, asked)):  # fmt: skip
        messages.success(request, _("The day is as published again."))
    else:
        messages.error(request, " ".join(str(words) for found in form.errors.values() for words in found))  # fmt: skip
    return redirect(f"{reverse('web:days')}?calendar={calendar}")


@door("GET", "POST")
def rates(request: HttpRequest) -> HttpResponseBase:
    """Show exchange rates; enter one, or bring a table."""
    asked = ask(request)
    looking(asked)
    brought = TableForm(request.POST, request.FILES) if "bring" in request.POST else None
    typed = request.POST if request.method == "POST" and not brought else None
    form = RateForm(typed, initial={"on": asked.at.date()})
    results: list[ImportResult] = []
    if brought and filling.accepted(brought, lambda given: results.append(_rates(given, asked))):
        _tell(request, results[0], brought)
    elif typed and filling.accepted(form, lambda given: _set_rate(given, asked)):
        messages.success(request, _("Saved."))
    if _is_done(brought, form, request):
        return redirect("web:rates")
    shown = {
        "rows": [(row, Decimal(row.value_e8).scaleb(-8).normalize()) for row in company.rates()],
        "base": company.settings_of().base_currency,
        "table": brought or TableForm(),
        "errors": _errors(results),
        "imported": IMPORTED,
    }
    return filling.page(
        request, "web/settings/rates.html", around("rates", asked) | shown, form=form, other=brought
    )


def _calendar(request: HttpRequest) -> str:
    asked_for = request.POST.get("calendar") or request.GET.get("calendar", "")
    known = [entity.fields.working_calendar for entity in company.entities(only_active=False)]
    return asked_for if calendars.is_known(asked_for) else next(iter(known), "RU")


def _days_of(calendar: str, asked: Ask) -> dict[str, Any]:
    year = asked.at.year
    rows = [row for at in (year, year + 1) for row in company.days(calendar=calendar, year=at)]
    return {
        "rows": [(row, DAY_KINDS[row.kind], row.day >= asked.at.date()) for row in rows],
        "calendar": calendar,
        "calendar_name": choices.name_of(choices.working_calendars, calendar),
        "calendars": choices.working_calendars(),
    }


def _set_day(calendar: str, given: dict[str, Any], asked: Ask) -> None:
    services.set_day(
        calendar=calendar,
        day=given["day"],
        kind=given["kind"],
        name=given["name"],
        by=asked.by.actor,
        at=asked.at,
    )


def _days(calendar: str, given: dict[str, Any], asked: Ask) -> ImportResult:
    return services.import_days(
        calendar=calendar, content=given["table"], by=asked.by.actor, at=asked.at
    )


def _set_rate(given: dict[str, Any], asked: Ask) -> None:
    services.set_rate(**given, by=asked.by.actor, at=asked.at)


def _rates(given: dict[str, Any], asked: Ask) -> ImportResult:
    return services.import_rates(
        content=given["table"], source=IMPORTED, by=asked.by.actor, at=asked.at
    )


def _tell(request: HttpRequest, result: ImportResult, form: forms.Form) -> None:
    if result.errors:
        form.add_error("table", _("Nothing was taken over. Correct these lines and bring the file again."))  # fmt: skip
        return
    told = _("Taken over: %(changed)d. Days that are over, left as they are: %(skipped)d.")
    messages.success(request, told % {"changed": result.changed, "skipped": result.skipped})


def _is_done(brought: forms.Form | None, form: forms.Form, request: HttpRequest) -> bool:
    return request.method == "POST" and not (brought or form).errors


def _errors(results: list[ImportResult]) -> list[tuple[int, str, str]]:
    return [
        (error.line, error.field, fields.words(error.code))
        for result in results
        for error in result.errors
    ]
