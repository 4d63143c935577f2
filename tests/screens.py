"""What axe finds on the page that a browser shows, by day and by night."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

Asked = dict[str, Any]
AXE = Path(__file__).parents[1] / "assets" / "node_modules" / "axe-core" / "axe.min.js"
# Passes are not described: that is most of what axe does.
RUN = "asked => axe.run(document, {...asked, resultTypes: ['violations']})"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
EVERYTHING: Asked = {"runOnly": {"type": "tag", "values": TAGS}}
# Night changes colours and nothing else, another language everything but colours.
COLOURS: Asked = {"runOnly": {"type": "rule", "values": OF_COLOUR}}
ALL_BUT_COLOURS = EVERYTHING | {"rules": {rule: {"enabled": False} for rule in OF_COLOUR}}


def barriers(page: Page) -> list[tuple[str, str]]:
    """Return what bars somebody's way, and whether the page is wider than the screen.

    Night has other colours and a language has none: colours are looked at in English, by day and by night.
    """
    # Nothing bars the way on a page of which nothing has come.
    page.wait_for_load_state()
    # Colours that fade in would be judged half-way.
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    is_english = page.evaluate("document.documentElement.lang") == "en"
    barred = _found(page, EVERYTHING if is_english else ALL_BUT_COLOURS)
    if is_english:
        page.emulate_media(color_scheme="dark")
        barred += [(f"{rule} at night", html) for rule, html in _found(page, COLOURS)]
        page.emulate_media(color_scheme="light")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*barred, ("wider than the screen", str(wider))] if wider > 0 else barred


def _found(page: Page, asked: Asked) -> list[tuple[str, str]]:
    violations = page.evaluate(RUN, asked)["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]
