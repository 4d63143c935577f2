"""The org chart, drawn and walked by keys."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from akcept.engine.org import Member, Org
from akcept.web.present import chart
from troupe import Cast


def test_whoever_is_in_a_circle_still_stands_in_the_chart() -> None:
    boss, first, second = (str(uuid4()) for _ in range(3))
    members = (
        Member(boss, "Boss"),
        Member(first, "First", manager=second),
        Member(second, "Second", manager=first),
    )
    tops = chart.chart(Org({one.id: one for one in members}, {}), {})
    assert [(one.name, [lower.name for lower in one.below]) for one in tops] == [
        ("Boss", []),
        ("First", ["Second"]),
    ]


def test_whoever_decides_from_outside_is_no_hole_in_the_chart() -> None:
    boss, peer, lawyer = (str(uuid4()) for _ in range(3))
    members = (
        Member(boss, "Boss", peer=peer),
        Member(peer, "Peer", manager=boss),
        Member(lawyer, "Lawyer", is_outside=True),
    )
    org = Org({one.id: one for one in members}, {})
    assert chart.warnings(org) == []
    assert [one.name for one in chart.chart(org, {})] == ["Boss"]


@pytest.mark.browser
@pytest.mark.look
@pytest.mark.django_db(transaction=True)
def test_arrow_keys_walk_the_chart(cast: Cast, visit: Callable[..., Page]) -> None:
    page = visit("root", "/people/?view=chart")
    tree = page.get_by_role("list", name="Org chart")
    gleb = tree.get_by_role("link", name="Gleb Glebov")
    gleb.focus()
    page.keyboard.press("ArrowRight")
    vera = tree.get_by_role("link", name="Vera Verina")
    expect(vera).to_be_focused()
    page.keyboard.press("ArrowLeft")
    boris = tree.get_by_role("link", name="Boris Borisov")
    expect(boris).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    expect(gleb).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(vera).to_be_hidden()
    page.keyboard.press("End")
    expect(tree.locator("> li > a").last).to_be_focused()
    page.keyboard.press("Home")
    expect(tree.locator("> li > a").first).to_be_focused()
    gleb.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(vera).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(gleb).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Gleb Glebov")).to_be_visible()
