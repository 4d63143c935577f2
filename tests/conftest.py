"""What all tests share: no network but loopback, the cast, and a browser that speaks a language."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from mailbox import Mailbox
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_socket import socket_allow_hosts

import refill
from akcept.people.models import Person
from corpus import CORPUS
from troupe import Cast, assemble

# Playwright's loop lives in the test's thread, and Django takes it for an async caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Several browsers may share a small machine.
expect.set_options(timeout=20_000)

# Debian keeps it where only administrators look.
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
]

# What a page is marked with as long as its scripts have not begun.
STILL_COMES = "html[data-comes]"
MARK_WHAT_COMES = """
{
  const begun = new MutationObserver(() => {
    document.documentElement.dataset.comes = "";
    begun.disconnect();
  });
  begun.observe(document, { childList: true });
  addEventListener("DOMContentLoaded", () => {
    // A short page may be there before it is heard that it has begun.
    begun.disconnect();
    delete document.documentElement.dataset.comes;
  });
}
"""

# Markers of what takes long.
LONG = ("axe", "browser", "kill", "long", "look")
LogIn = Callable[..., Client]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot be tried here: what only the other database has, and what needs samples or nginx."""
    missing = {"sqlite", "postgresql"} - {connection.vendor}
    missing |= set() if CORPUS.is_dir() else {"corpus"}
    missing |= set() if NGINX else {"nginx"}
    left_out = [item for item in items if any(item.get_closest_marker(one) for one in missing)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    items[:] = _shared_out([item for item in items if item not in left_out])


def _shared_out(items: list[pytest.Item]) -> list[pytest.Item]:
    """Let each worker begin with its share of what takes long: left for the end, it would keep one of them alone."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers == 1:
        return items
    long: list[pytest.Item] = []
    short: list[pytest.Item] = []
    for item in items:
        (long if any(item.get_closest_marker(one) for one in LONG) else short).append(item)
    # xdist gives each worker as many of them, one after another, and moves from the end what is still to be done.
    each = -(-len(items) // workers)
    found: list[pytest.Item] = []
    for worker in range(workers):
        mine = long[worker::workers]
        rest = each - len(mine)
        found += [*mine, *short[:rest]]
        short = short[rest:]
    return found


def pytest_report_header() -> list[str]:
    """Say what is missing here, for tests that need it are then left out."""
    missing = [] if CORPUS.is_dir() else [f"corpus: missing at {CORPUS}, its tests are left out"]
    return missing + ([] if NGINX else ["nginx: missing, the test of the proxy is left out"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let a test that empties the database pass the journal's triggers, and refill what migrations wrote."""
    with django_db_blocker.unblock():
        migrated = refill.keep()

    def put_back(_case: TransactionTestCase) -> None:
        refill.put_back(migrated)

    TransactionTestCase._fixture_teardown = put_back


@pytest.fixture(autouse=True)
def only_loopback() -> None:
    """Let tests talk to this machine alone."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


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
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """Send letters to a real server on this machine, and keep them."""
    box = Mailbox()
    server = box.server()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield box
    server.stop()


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Start every test in English: a request leaves its language behind in the thread."""
    yield
    translation.activate("en")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start what drives browsers once."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start the system's Chromium once: the one without windows, which draws the same for half the work."""
    with _browser(playwright, "chromium-headless-shell", "chromium", "google-chrome") as browser:
        yield browser


@pytest.fixture(scope="session")
def whole_chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start a Chromium as people have it, which can install what it shows."""
    with _browser(playwright, "chromium", "google-chrome") as browser:
        yield browser


@contextmanager
def _browser(playwright: Playwright, *names: str) -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.fail(f"Chromium is missing: run  sudo apt-get install {names[0]}")
    browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
    yield browser
    browser.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[OpenPage]:
    """Open a page as somebody with a language and a screen; fail if the browser complained meanwhile."""
    complaints: list[str] = []
    contexts = []

    def open_one(
        *, locale: str = "en", width: int = 1440, height: int = 900, scripts: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            locale=locale,
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            # What a service worker lets through, a story that holds an answer back does not always see.
            service_workers="block",
        )
        contexts.append(context)
        page = context.new_page()
        if scripts:
            page.add_init_script(MARK_WHAT_COMES)
            # Scripts are faster than people, but not than a test: it waits until the page is not coming any more.
            page.add_locator_handler(page.locator(STILL_COMES), lambda _: None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _note(complaints, message))
        return page

    yield open_one
    # A request that is cut off by closing is nothing to complain of.
    found = list(complaints)
    for context in contexts:
        context.close()
    assert found == []


@pytest.fixture(params=["en", "ru"])
def browser_page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    """Return a desktop page, once in each language (`@pytest.mark.parametrize(..., indirect=True)` narrows it)."""
    return open_page(locale=request.param)


def _note(complaints: list[str], message: Any) -> None:
    # A refused form answers 4xx, which the browser reports as a failed load; without a connection htmx reports as well.
    reported = ("Failed to load resource", "Failed to fetch")
    if message.type == "error" and not any(words in message.text for words in reported):
        complaints.append(message.text)
