"""One's own profile: how Akcept speaks to a person, and who acts while they are away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import i18n
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from akcept.cases import coverage
from akcept.cases import queries as cases
from akcept.people import access, services
from akcept.people.fields import LANGUAGES, Absence
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.profile import AwayForm, PasswordForm, ProfileForm
from akcept.web.present import absences
from akcept.web.present import coverage as present

TABS = (
    ("general", "profile", gettext_lazy("General")),
    ("notices", "notifying", gettext_lazy("Notifications")),
    ("away", "away", gettext_lazy("I am away")),
    ("password", "password", gettext_lazy("Password")),
    ("keys", "keys", gettext_lazy("API keys")),
    ("feed", "feed_address", gettext_lazy("Calendar feed")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of a page as parts/tabs.html shows it."""

    code: str
    url: str
    label: Promise | str
    count: int = 0


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language of the pages; who is logged in keeps it on every machine and in letters."""
    language = request.POST.get("language")
    if request.user.is_authenticated and language in LANGUAGES:
        asked = ask(request)
        _change(asked, {"language": language})
    return i18n.set_language(request)


@door("GET", "POST")
def profile(request: HttpRequest) -> HttpResponseBase:
    """Show what one has set, and change it."""
    asked = ask(request)
    card = access.person_card(person_id=asked.by.id, by=asked.by.actor, at=asked.at)
    set_now = {
        "language": card.fields.language,
        "time_zone": card.fields.time_zone,
        "undo_seconds": card.undo_seconds,
        "single_keys": card.single_keys,
        "theme": card.theme.value,
    }
    form = ProfileForm(request.POST or None, initial=set_now)
    if request.method == "POST" and filling.accepted(form, lambda given: _change(asked, given)):
        translation.activate(form.cleaned_data["language"])
        messages.success(request, _("Saved."))
        return redirect("web:profile")
    context = {"tabs": tabs(), "current": "general", "card": card}
    return filling.page(request, "web/profile/page.html", context, form=form)


@door("GET", "POST")
def away(request: HttpRequest) -> HttpResponseBase:
    """Show who acts when one is away, and name somebody."""
    asked = ask(request)
    card = access.person_card(person_id=asked.by.id, by=asked.by.actor, at=asked.at)
    form = AwayForm(request.POST or None)
    if request.method == "POST" and filling.accepted(form, lambda given: _go(asked, given)):
        messages.success(request, _away_words(form.cleaned_data, asked))
        return redirect("web:away")
    context = {
        "tabs": tabs(),
        "current": "away",
        "card": card,
        "deputies": absences.shown(card.deputies),
        "acts_for": absences.shown(card.acts_for),
        "today": asked.at.date(),
        "gaps": present.gaps(coverage.gaps(at=asked.at, person_id=asked.by.id)),
    }
    return filling.page(request, "web/profile/away.html", context, form=form)


@door("POST")
def end_absence(request: HttpRequest, deputyship_id: UUID) -> HttpResponseBase:
    """Be back, or stop acting for somebody."""
    asked = ask(request)
    services.cancel_deputy(deputyship_id=deputyship_id, by=asked.by.actor, at=asked.at)
    messages.success(request, _("The deputyship has ended."))
    return redirect("web:away")


@door("GET", "POST")
@sensitive_post_parameters("old", "password")
def password(request: HttpRequest) -> HttpResponseBase:
    """Change one's own password."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and filling.accepted(form, lambda _: _set(request, form)):
        messages.success(request, _("The password is changed."))
        return redirect("web:password")
    context = {"tabs": tabs(), "current": "password"}
    return filling.page(request, "web/profile/password.html", context, form=form)


def tabs() -> list[Tab]:
    """Return the parts of the profile."""
    return [Tab(code, reverse(f"web:{place}"), label) for code, place, label in TABS]


def _away_words(given: dict[str, Any], asked: Ask) -> str:
    """Say who acts, and from today on for how many of the tasks that wait."""
    if given["deputy_id"] is None:
        return _("Your absence is entered. Nobody acts for you.")
    set_words = _("Your deputy is set.")
    if given["starts_on"] > asked.at.date():
        return set_words
    scope = {name: given[name] for name in ("entity_id", "doctype")}
    waiting = cases.covered_count(by=asked.by, deputy=given["deputy_id"], **scope)
    covered = ngettext(
        "They also see the %(n)d task that waits for you now.",
        "They also see the %(n)d tasks that wait for you now.",
        waiting,
    )
    return f"{set_words} {covered % {'n': waiting}}" if waiting else set_words


def _change(asked: Ask, changes: dict[str, Any]) -> None:
    services.change_person(person_id=asked.by.id, changes=changes, by=asked.by.actor, at=asked.at)


def _go(asked: Ask, given: dict[str, Any]) -> None:
    services.set_deputy(
        absence=Absence(absentee_id=asked.by.id, **given), by=asked.by.actor, at=asked.at
    )


def _set(request: HttpRequest, form: forms.Form) -> None:
    """Set the password; whoever sits at a forgotten screen does not know the old one."""
    person: Any = request.user
    asked = ask(request)
    if not person.check_password(form.cleaned_data["old"]):
        form.add_error("old", _("This is not your current password."))
        return
    services.set_password(
        person_id=asked.by.id,
        password=form.cleaned_data["password"],
        by=asked.by.actor,
        at=asked.at,
    )
    person.refresh_from_db()
    update_session_auth_hash(request, person)
