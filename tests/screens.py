"""What axe finds on the page that a browser shows."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "assets" / "node_modules" / "axe-core" / "axe.min.js"
# Passes are not described: that is most of what axe does.
RUN = (
    "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: Page) -> list[tuple[str, str]]:
    """Return what bars somebody's way, and whether the page is wider than the screen."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, TAGS)
    barred = [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*barred, ("wider than the screen", str(wider))] if wider > 0 else barred
