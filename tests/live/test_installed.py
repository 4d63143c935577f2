"""Akcept as an app of a real browser: it can be installed, shows pushes, and decides nothing without a connection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from playwright.sync_api import Browser, CDPSession, Page, expect

from akcept.cases.models import Case
from akcept.delivery import registry, subscriptions
from akcept.journal.models import Entry
from delivery.receiver import receiving
from delivery.telling import send_all, tell
from live.conftest import SessionOf
from live.house import answers, free_port, start, until
from troupe import AT, Cast, send

pytestmark = [pytest.mark.browser, pytest.mark.kill, pytest.mark.look]
SHOWN = "navigator.serviceWorker.ready.then(one => one.getNotifications())"


class House:
    """Pages and streams that can go away."""

    def __init__(self) -> None:
        port = free_port()
        self.url, self._process = f"http://127.0.0.1:{port}", start(port)
        until(lambda: answers(self.url))

    def go_away(self) -> None:
        """Stop answering."""
        self._process.terminate()
        self._process.wait()


@pytest.fixture
def house(cast: Cast, collected: None) -> Iterator[House]:
    house = House()
    yield house
    house.go_away()


@pytest.fixture
def pushed(cast: Cast, settings: Any) -> tuple[UUID, dict[str, Any]]:
    """Have Boris asked to approve something, and return it with what his browser gets, opened."""
    settings.AKCEPT_PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    registry.channel.cache_clear()
    with receiving() as receiver:
        subscriptions.subscribe(by=cast.asks("boris"), name="Chrome", at=AT, **receiver.keys)
        case_id = send(cast).case_id
        tell()
        send_all()
        (message,) = receiver.messages()
    return case_id, message


@pytest.fixture
def page(
    cast: Cast, house: House, session_of: SessionOf, whole_chromium: Browser
) -> Iterator[Page]:
    """Seat Boris at a browser that takes notifications and has Akcept's worker; without a connection it may complain."""
    page = whole_chromium.new_context(locale="en").new_page()
    page.context.grant_permissions(["notifications"], origin=house.url)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of("boris"), "url": house.url}
    page.context.add_cookies([cookie])
    page.goto(f"{house.url}/")
    assert page.evaluate("navigator.serviceWorker.ready.then(one => one.active.scriptURL)")
    yield page
    page.context.close()


def registration_of(page: Page, devtools: CDPSession) -> str:
    """Return the id by which the browser's tools know the worker of the page."""
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    for _ in range(100):
        # Events come in between two questions.
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        if found:
            return found[-1]
    raise AssertionError("no worker is registered")


def test_it_installs_shows_pushes_and_decides_nothing_without_a_connection(
    cast: Cast, house: House, pushed: tuple[UUID, dict[str, Any]], page: Page
) -> None:
    case_id, message = pushed
    devtools = page.context.new_cdp_session(page)
    assert devtools.send("Page.getAppManifest")["errors"] == []
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Each context of a test is one that keeps nothing.
    assert [error["errorId"] for error in errors] == ["in-incognito"]
    registration = registration_of(page, devtools)
    # A repeat takes the place of the first.
    for _ in range(2):
        devtools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": house.url, "registrationId": registration, "data": json.dumps(message)},
        )
    # The worker is handed the messages and shows them when it comes to it.
    page.wait_for_function(f"() => {SHOWN}.then(all => all.length)")
    shown = page.evaluate(
        f"() => {SHOWN}.then(all => all.map(({{title, body, data}}) => ({{title, body, url: data.url}})))"
    )
    assert shown == [{name: message[name] for name in ("title", "body", "url")}]

    page.goto(f"{house.url}/cases/{case_id}/")
    approve = page.get_by_role("button", name="Approve").first
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    approve.click(force=True)
    expect(page.locator("#alert")).not_to_be_empty()
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    house.go_away()
    page.goto(f"{house.url}/tasks/")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.get_by_text("Nothing was decided")).to_be_visible()
    assert not Entry.objects.filter(kind="APPROVED").exists()
    assert Case.objects.get(id=case_id).state == "IN_APPROVAL"
