"""What axe finds on the page that a browser shows, by day and by night."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "assets" / "node_modules" / "axe-core" / "axe.min.js"
# Passes are not described: that is most of what axe does.
RUN = "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})"
EVERYTHING = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# Night changes colours and nothing else, so nothing else is looked at twice.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def barriers(page: Page) -> list[tuple[str, str]]:
    """Return what bars somebody's way, and whether the page is wider than the screen.

    Night has other colours and a language has none, so night is looked at in English.
    """
    # Colours that fade in would be judged half-way.
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    barred = _found(page, EVERYTHING)
    if page.evaluate("document.documentElement.lang") == "en":
        page.emulate_media(color_scheme="dark")
        barred += [(f"{rule} at night", html) for rule, html in _found(page, COLOURS)]
        page.emulate_media(color_scheme="light")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*barred, ("wider than the screen", str(wider))] if wider > 0 else barred


def _found(page: Page, only: dict[str, object]) -> list[tuple[str, str]]:
    violations = page.evaluate(RUN, only)["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]
