"""The first day: an empty company is set up, and the mail is tried."""

from __future__ import annotations

import smtplib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from akcept.kit import clock, setup_code
from akcept.people import access, founding
from akcept.people.codes import Right
from akcept.web import filling
from akcept.web.asking import ask, door
from akcept.web.forms.setup import SetUpForm


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password", "code")
def set_up(request: HttpRequest) -> HttpResponseBase:
    """Set the company up; once it is, this page is gone."""
    if founding.is_set_up():
        return redirect("/")
    form = SetUpForm(request.POST or None, initial=_to_begin_with())
    if request.method == "POST" and filling.accepted(form, lambda _: _found(request, form)):
        return redirect("web:mail_test")
    _tell_the_rest(form)
    return filling.page(request, "web/setup/page.html", {}, form=form)


@door("GET", "POST")
def mail_test(request: HttpRequest) -> HttpResponseBase:
    """Send the administrator a letter, and say what came of it."""
    asked = ask(request)
    access.require(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)
    address = str(getattr(request.user, "email", "") or "")
    trouble = _try_mail(address) if request.method == "POST" else None
    shown = {
        "place": "settings",
        "address": address,
        "sender": settings.DEFAULT_FROM_EMAIL,
        "is_sent": settings.MAIL_IS_SENT,
        "was_tried": request.method == "POST",
        "trouble": trouble,
    }
    return render(request, "web/setup/mail.html", shown)


def _to_begin_with() -> dict[str, Any]:
    russian = get_language() == "ru"
    return {
        "language": "ru" if russian else "en",
        "entity_country": "RU" if russian else "DE",
        "entity_currency": "RUB" if russian else "EUR",
        "entity_time_zone": "Europe/Moscow" if russian else "Europe/Berlin",
        "entity_working_calendar": "RU" if russian else "DE",
    }


def _tell_the_rest(form: SetUpForm) -> None:
    """Say beside what cannot be read what the rules would refuse, so that all is told at once.

    Whoever has not shown the code is told nothing of the rules.
    """
    if not form.errors or "code" in form.errors:
        return
    found = founding.faults(founding=form.founding(), at=clock.now())
    unsaid = {
        name: code for name, code in found.items() if filling.home(form, name) not in form.errors
    }
    filling.put(form, unsaid)


def _found(request: HttpRequest, form: SetUpForm) -> None:
    given = form.founding()
    founding.set_up(founding=given, at=clock.now())
    setup_code.forget()
    email = str(given.administrator.email)
    person = authenticate(request, email=email, password=given.password)
    if person is not None:
        login(request, person)
    translation.activate(given.language)
    messages.success(request, _("The company is set up."))


def _try_mail(address: str) -> str | None:
    """Return what went wrong, or None."""
    letter = EmailMessage(
        subject=_("Akcept: the mail works"),
        body=_("This letter was sent to try the mail of Akcept. Nothing has to be done."),
        to=[address],
    )
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as error:
        return str(error) or type(error).__name__
    return None
