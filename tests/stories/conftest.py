"""What the stories share: the cast, everybody's desk, the worker's steps, and the days that are spoken of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from akcept.company import calendars
from akcept.kit import clock
from akcept.people.models import Person
from akcept.worker import duties
from conftest import OpenPage
from stories.desk import Desk
from troupe import Cast, assemble

UNDO_IS_OVER = timedelta(minutes=1)
Sit = Callable[..., Desk]


# Words do not depend on the database; Russian letters are those that databases see differently.
LANGUAGES = ["en", "ru"] if connection.vendor == "sqlite" else ["ru"]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Return the language in which everybody of a story reads."""
    return str(request.param)


@pytest.fixture
def cast(db: None, language: str) -> Cast:
    """Assemble the cast; all of them read the language of the story."""
    found = assemble()
    Person.objects.update(language=language)
    return found


@pytest.fixture
def at_desk(cast: Cast, language: str, open_page: OpenPage, live_server: Any) -> Sit:
    """Seat somebody of the cast at a browser, logged in, with the feed in front of them."""

    def sit(name: str, path: str = "/") -> Desk:
        client = Client()
        client.force_login(Person.objects.get(id=getattr(cast, name).id))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page = open_page(locale=language)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.set_default_timeout(20_000)
        page.goto(path)
        return Desk(page, language)

    return sit


def work(at: datetime | None = None) -> None:
    """Let the worker do all that waits, once no decision can be undone any more."""
    now = at or clock.now() + UNDO_IS_OVER
    steps = [duty.step for duty in duties.all_duties()]
    while any(step(now) for step in steps):
        pass


def today() -> date:
    """Return today at the payer's."""
    return clock.now().astimezone(ZoneInfo("Europe/Moscow")).date()


def working_day(after: date) -> date:
    """Return the first day after another on which payments are made."""
    return calendars.working_calendar(code="RU", around=after).next_working(after)
