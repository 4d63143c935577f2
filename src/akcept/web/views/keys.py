"""The secrets a person hands to programs: API keys and the address of the calendar feed."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from akcept.people import access, services, tokens
from akcept.people.labels import TOKEN_SCOPES
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.profile import TokenForm
from akcept.web.views.profile import tabs

FEED = "/calendar/feed/{secret}.ics"


@door("GET", "POST")
@never_cache
@sensitive_post_parameters("token_password")
def keys(request: HttpRequest) -> HttpResponseBase:
    """Show one's API keys; make one and show its secret this once."""
    asked = ask(request)
    made: list[str] = []
    form = TokenForm(request.POST or None)
    if request.method == "POST" and filling.accepted(
        form, lambda _: made.append(_make(request, form, asked))
    ):
        form = TokenForm()
    context = {
        "tabs": tabs(),
        "current": "keys",
        "keys": [_shown(card, asked.at) for card in tokens.tokens_of(person_id=asked.by.id)],
        "secret": made[0] if made else "",
    }
    return filling.page(request, "web/profile/keys.html", context, form=form)


@door("POST")
def revoke_key(request: HttpRequest, token_id: UUID) -> HttpResponseBase:
    """Stop an API key."""
    asked = ask(request)
    services.revoke_token(token_id=token_id, person_id=asked.by.id, by=asked.by.actor, at=asked.at)
    messages.success(request, _("The key works no more."))
    return redirect("web:keys")


@door("GET", "POST")
@never_cache
def feed_address(request: HttpRequest) -> HttpResponseBase:
    """Make the secret address of one's calendar feed, which replaces an earlier one."""
    asked = ask(request)
    address = ""
    if request.method == "POST":
        secret = services.make_feed_token(person_id=asked.by.id, by=asked.by.actor, at=asked.at)
        address = settings.AKCEPT_BASE_URL + FEED.format(secret=secret)
    card = access.person_card(person_id=asked.by.id, by=asked.by.actor, at=asked.at)
    context = {"tabs": tabs(), "current": "feed", "card": card, "address": address}
    return render(request, "web/profile/feed.html", context)


def _make(request: HttpRequest, form: TokenForm, asked: Ask) -> str:
    person: Any = request.user
    given = form.cleaned_data
    if not person.check_password(given["token_password"]):
        form.add_error("token_password", _("This is not your current password."))
        return ""
    zone = ZoneInfo(asked.by.time_zone)
    last = given["expires_on"]
    _id, secret = services.make_token(
        person_id=asked.by.id,
        name=given["name"],
        scopes=form.scopes_granted(),
        expires_at=datetime.combine(last, time.max, zone) if last else None,
        by=asked.by.actor,
        at=asked.at,
    )
    return secret


def _shown(card: tokens.TokenCard, at: datetime) -> dict[str, object]:
    words = [str(label) for scope, label in TOKEN_SCOPES.items() if scope in card.scopes]
    is_over = card.expires_at is not None and card.expires_at <= at
    return {
        "card": card,
        "scopes": ", ".join(words),
        "works": card.revoked_at is None and not is_over,
        "is_over": is_over,
    }
