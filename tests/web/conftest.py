"""What the tests of the pages share: the cast, and each of them logged in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from akcept.people.models import Person
from conftest import OpenPage
from troupe import Cast, assemble

LogIn = Callable[..., Client]
Visit = Callable[..., Page]


@pytest.fixture
def cast(db: None) -> Cast:
    """Assemble the cast."""
    return assemble()


@pytest.fixture
def log_in(cast: Cast) -> LogIn:
    """Return a client that is somebody of the cast, in a language."""

    def as_somebody(name: str, language: str = "en") -> Client:
        person = getattr(cast, name)
        Person.objects.filter(id=person.id).update(language=language)
        client = Client()
        client.force_login(Person.objects.get(id=person.id))
        return client

    return as_somebody


@pytest.fixture
def visit(log_in: LogIn, open_page: OpenPage, live_server: Any) -> Visit:
    """Open a browser page as somebody of the cast who is already logged in."""

    def as_somebody(
        name: str, path: str, language: str = "en", width: int = 1440, height: int = 900
    ) -> Page:
        session = log_in(name, language).cookies[settings.SESSION_COOKIE_NAME].value
        page = open_page(locale=language, width=width, height=height)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto(path)
        return page

    return as_somebody
