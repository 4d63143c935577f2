"""Who may listen: asked of the rows when a stream begins and again every minute, as a page would ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from akcept.cases import access
from akcept.engine.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Wish:
    """What a page asks for: the session it belongs to, and the case whose card it shows."""

    session: str
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who listens, and to which case: none when they may not see it."""

    person_id: UUID
    case_id: UUID | None


def session_of(cookies: str) -> str:
    """Return the session's key out of a Cookie header, or nothing."""
    try:
        jar = SimpleCookie(cookies)
    except CookieError:
        return ""
    found = jar.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""


def admit(wish: Wish, *, at: datetime) -> Admitted | None:
    """Return who may listen to what, or None: logged out, expired, deactivated, or the password has changed."""
    # A connection that the server has closed meanwhile must not fail this.
    close_old_connections()
    request = HttpRequest()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(wish.session)
    person: Any = get_user(request) if wish.session else None
    if person is None or not person.is_authenticated:
        return None
    return Admitted(person.id, _seen(wish.case_id, person.id, at))


def _seen(case_id: UUID | None, person_id: UUID, at: datetime) -> UUID | None:
    if case_id is None:
        return None
    try:
        access.check(case_id=case_id, person_id=person_id, at=at)
    except NotFound:
        return None
    return case_id
