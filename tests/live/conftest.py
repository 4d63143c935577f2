"""What the tests of open pages share: the cast, a house with pages and streams, and two people side by side."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import Page

from akcept.people.models import Person
from conftest import OpenPage
from live.house import open_house
from troupe import Cast, assemble

Sit = Callable[..., Page]
SessionOf = Callable[[str], str]


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> None:
    """Collect the files that pages load, as `make run` does: once, for another worker's house may serve them already."""
    with (tmp_path_factory.getbasetemp().parent / testrun_uid).open("a") as done:
        fcntl.flock(done, fcntl.LOCK_EX)
        if not done.tell():
            collect()
            done.write("collected")


def collect() -> None:
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"}
    }
    with override_settings(STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Assemble the cast."""
    return assemble()


@pytest.fixture
def session_of(cast: Cast) -> SessionOf:
    """Log somebody of the cast in and return the key of the session."""

    def log_in(name: str) -> str:
        client = Client()
        client.force_login(Person.objects.get(id=getattr(cast, name).id))
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    return log_in


@pytest.fixture
def house(cast: Cast, collected: None) -> Iterator[str]:
    """Open the house: pages and streams at one address."""
    with open_house() as url:
        yield url


@pytest.fixture
def sit(cast: Cast, session_of: SessionOf, open_page: OpenPage, house: str) -> Sit:
    """Seat somebody of the cast at a browser of their own, reading a language."""

    def at_page(name: str, path: str, language: str = "en", **screen: Any) -> Page:
        Person.objects.filter(id=getattr(cast, name).id).update(language=language)
        page = open_page(locale=language, **screen)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(name), "url": house}
        page.context.add_cookies([cookie])
        page.set_default_timeout(20_000)
        page.goto(f"{house}{path}")
        return page

    return at_page
