"""A route is built, tried and published by somebody who has no mouse: Tab, Enter, Space, arrows and letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Route, expect

from akcept.routes import queries as routes
from akcept.routes.queries import RouteLine
from stories.conftest import Sit
from stories.desk import Desk
from troupe import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HAS_FOCUS = "one => one === document.activeElement"
HOW_FAR = (
    "(box, wanted) => [...box.options].findIndex((one) => one.label === wanted) - box.selectedIndex"
)
MOST = 150


@dataclass(frozen=True)
class Hands:
    """Two hands on the keys of a desk."""

    desk: Desk

    def reach(self, target: Locator) -> None:
        """Go to a control as Tab does."""
        for _press in range(MOST):
            if target.evaluate(HAS_FOCUS):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")

    def press(self, key: str) -> None:
        self.desk.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.desk.page.keyboard.type(text)

    def button(self, words: str) -> None:
        self.reach(self.desk.page.get_by_role("button", name=self.desk.say(words), exact=True).last)
        self.press("Enter")

    def link(self, words: str) -> None:
        self.reach(self.desk.page.get_by_role("link", name=self.desk.say(words), exact=True).first)
        self.press("Enter")

    def choose(self, box: Locator, option: str) -> None:
        """Walk the options of a list with the arrows; the list keeps the focus while the page changes."""
        self.reach(box)
        wanted = self.desk.say(option)
        while far := box.evaluate(HOW_FAR, wanted):
            self.press("ArrowDown" if far > 0 else "ArrowUp")
            expect(box).to_be_focused()

    def pick(self, box: Locator, name: str) -> None:
        """Type a part of a name and take what is offered first."""
        self.reach(box)
        self.type(name)
        offered = self.desk.page.get_by_role("option", name=re.compile(name))
        expect(offered.first).to_be_visible()
        self.press("ArrowDown")
        self.press("Enter")
        expect(offered.first).to_be_hidden()


@pytest.mark.parametrize("language", ["ru"])
def test_keys_alone_build_try_and_publish_a_route(cast: Cast, at_desk: Sit) -> None:
    root = at_desk("root")
    hands = Hands(root)
    begins(hands)
    asks_the_manager_and_vera(hands)
    tries(hands)
    hands.link("Design")
    expect(box(hands, "Who").first).to_be_visible()
    hands.button("Publish")
    root.sees("Published. Documents already under way keep their route.")
    assert described(routes.route_lines()[0]) == ["NAMED", "HIERARCHY"]


@pytest.mark.parametrize("language", ["en"])
def test_what_is_typed_while_the_page_is_drawn_anew_stays(cast: Cast, at_desk: Sit) -> None:
    root = at_desk("root")
    hands = Hands(root)
    begins(hands)
    hands.button("Add a stage")
    expect(box(hands, "Who")).to_be_focused()
    page = root.page

    def hold(route: Route) -> None:
        answer = route.fetch()
        page.get_by_role("textbox", name=root.say("Value")).fill("200 000")
        route.fulfill(response=answer)

    page.route(re.compile(r"/routes/[0-9a-f-]+/$"), hold, times=1)
    hands.pick(box(hands, "Add a person"), "Dana")
    expect(remove(hands, "Dana Danina")).to_be_visible()
    expect(page.get_by_role("textbox", name=root.say("Value"))).to_have_value("200 000")
    hands.press("Control+s")
    expect(page.get_by_text(root.say("Not saved yet."))).to_have_count(0)
    draft = routes.route_lines()[0].draft
    assert draft
    assert draft.version.conditions[0].values == (20_000_000,)


def begins(hands: Hands) -> None:
    hands.link("Routes")
    hands.link("New route")
    hands.reach(hands.desk.page.get_by_label(hands.desk.say("Name in English")))
    hands.type("Large")
    hands.press("Enter")
    hands.button("Add a condition")
    expect(box(hands, "Field")).to_be_focused()
    hands.reach(hands.desk.page.get_by_role("textbox", name=hands.desk.say("Value")))
    hands.type("100 000")


def asks_the_manager_and_vera(hands: Hands) -> None:
    hands.button("Add a stage")
    expect(box(hands, "Who")).to_be_focused()
    hands.choose(box(hands, "Who"), "By hierarchy")
    hands.desk.sees(f"1. {hands.desk.say('By hierarchy')}")
    hands.button("Add a stage")
    expect(box(hands, "Who").nth(1)).to_be_focused()
    hands.pick(box(hands, "Add a person"), "Dana")
    dana, vera = remove(hands, "Dana Danina"), remove(hands, "Vera Verina")
    expect(dana).to_be_visible()
    expect(box(hands, "Add a person")).to_be_focused()
    hands.pick(box(hands, "Add a person"), "Vera")
    expect(vera).to_be_visible()
    hands.press("Shift+Tab")
    expect(vera).to_be_focused()
    hands.press("Shift+Tab")
    expect(dana).to_be_focused()
    hands.press("Space")
    expect(dana).to_have_count(0)
    expect(box(hands, "Add a person")).to_be_focused()
    hands.press("Alt+ArrowUp")
    moved = hands.desk.page.get_by_role("heading", name="1. ")
    expect(moved).to_have_text(f"1. {hands.desk.say('Named people')}")
    expect(hands.desk.page.locator("#s0_down")).to_be_focused()


def remove(hands: Hands, name: str) -> Locator:
    return hands.desk.page.get_by_role("button", name=f"{hands.desk.say('Remove')}: {name}")


def tries(hands: Hands) -> None:
    hands.button("Try it")
    page = hands.desk.page
    expect(page.get_by_role("heading", name=hands.desk.say("A document as an example"))).to_be_visible()  # fmt: skip
    hands.reach(box(hands, "Initiator"))
    hands.press("Control+a")
    hands.pick(box(hands, "Initiator"), "Anna")
    hands.reach(page.get_by_role("textbox", name=hands.desk.say("Amount")))
    hands.type("250 000")
    hands.press("Enter")
    asked = page.get_by_role("region", name=hands.desk.say("Who would be asked"))
    expect(asked).to_contain_text("Vera Verina")
    expect(asked).to_contain_text("Boris Borisov")


def box(hands: Hands, name: str) -> Locator:
    return hands.desk.page.get_by_role("combobox", name=hands.desk.say(name), exact=True)


def described(line: RouteLine) -> list[str]:
    assert line.live
    return [stage.who.value for stage in line.live.stages]
