"""What the tests of the pages share: a browser in which somebody is logged in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import Page

from conftest import LogIn, OpenPage
from troupe import AT

Visit = Callable[..., Page]


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


@pytest.fixture
def on_that_friday() -> Iterator[None]:
    """Let it be the day for which the cast plans its payments: on another day it would be over."""
    with time_machine.travel(AT):
        yield
