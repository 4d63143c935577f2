"""What browser tests share: who is logged in, and what axe finds on the page."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from akcept.people.models import Person

AXE = Path(__file__).parents[1] / "assets" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def enter(page: Page, person: Person, url: str) -> None:
    """Give the browser a session of that person, without the way through the log-in page."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def barriers(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds, and the page itself if it is wider than the screen."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    barred = [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*barred, ("wider than the screen", str(wider))] if wider > 0 else barred
