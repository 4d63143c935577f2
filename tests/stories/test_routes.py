"""An administrator builds the five lanes of a company without code, and documents take them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Locator, expect

from akcept.cases import queries as cases
from akcept.cases.models import Case
from akcept.doctypes import services as dictionaries
from akcept.kit import clock
from akcept.people import services as people
from akcept.people.fields import Absence
from akcept.routes import queries as routes
from stories.conftest import Sit, work
from stories.desk import Desk
from troupe import SYSTEM, Cast, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANES = ("Pre-approver", "Administration", "Budget", "Supervisor", "Director")


def test_five_lanes_built_tried_and_walked(cast: Cast, at_desk: Sit) -> None:
    lines = found(cast)
    root = at_desk("root")
    pre_approver(root)
    administration(root)
    budget(root)
    supervisor(root)
    director(root)
    assert [row.name_en for row in routes.route_lines()[:5]] == list(reversed(LANES))
    assert way(cast, lines["Pre-approver"]) == ["Dana Danina", "Boris Borisov"]
    assert way(cast, lines["Administration"]) == ["Oleg Olegov", "Boris Borisov"]
    centre = str(lines["centre"])
    assert way(cast, lines["Budget"], cost_centre=centre) == [
        "Oleg Olegov",
        "Vera Verina",
        "Boris Borisov",
    ]
    assert way(cast, lines["Supervisor"]) == ["Boris Borisov"]
    assert way(cast, lines["Director"]) == ["Boris Borisov"]
    assert way(cast, lines["Director"], amount=60_000_000) == ["Boris Borisov", "Gleb Glebov"]


def test_an_approver_on_leave_and_an_amount_altered_behind_the_back(
    cast: Cast, at_desk: Sit
) -> None:
    lines = found(cast)
    supervisor(at_desk("root"))
    now = clock.now()
    days = (now.date() - timedelta(days=1), now.date() + timedelta(days=2))
    absence = Absence(cast.boris.id, cast.dana.id, *days)
    people.set_deputy(absence=absence, by=SYSTEM, at=now - timedelta(days=2))
    case_id = send(cast, category=str(lines["Supervisor"])).case_id
    dana = at_desk("dana", f"/cases/{case_id}/")
    dana.press("Approve")
    dana.sees("You approved Invoice {n}.", n=1)
    work()
    alter(case_id)
    clara = at_desk("clara", f"/cases/{case_id}/")
    clara.unfold("Pay")
    clara.dialog("Pay").press("Pay")
    clara.sees("RUB 120,000.00", "RUB 150,000.00")
    assert Case.objects.get().state == "TO_PAY"


def found(cast: Cast) -> dict[str, UUID]:
    """Set up what the lanes ask for: a category for each, an administration with a head, an owner of a budget."""
    at = clock.now() - timedelta(days=3)
    lines = {
        name: dictionaries.add_line(dictionary="CATEGORY", code=name, name=name, by=SYSTEM, at=at)
        for name in LANES
    }
    people.save_department(
        department_id=None,
        name="Office",
        parent_id=None,
        head_id=cast.oleg.id,
        by=SYSTEM,
        at=at,
    )
    centre = dictionaries.add_line(
        dictionary="COST_CENTRE", code="HQ", name="HQ", owner_id=cast.vera.id, by=SYSTEM, at=at
    )
    return lines | {"centre": centre}


def pre_approver(root: Desk) -> None:
    begins(root, "Pre-approver")
    # A new stage asks named people, until something else is chosen.
    root.press("Add a stage")
    root.pick("Add a person", "Dana")
    expect(
        root.page.get_by_role("button", name=root.say("Remove") + ": Dana Danina")
    ).to_be_visible()
    asks(root, 2, "By hierarchy")
    one_level(root, 2)
    publishes(root)


def administration(root: Desk) -> None:
    begins(root, "Administration")
    head_of_office(root, 1)
    asks(root, 2, "By hierarchy")
    one_level(root, 2)
    publishes(root)


def budget(root: Desk) -> None:
    begins(root, "Budget")
    head_of_office(root, 1)
    asks(root, 2, "Owner of the cost centre")
    asks(root, 3, "By hierarchy")
    one_level(root, 3)
    publishes(root)


def supervisor(root: Desk) -> None:
    begins(root, "Supervisor")
    asks(root, 1, "By hierarchy")
    one_level(root, 1)
    publishes(root)


def director(root: Desk) -> None:
    begins(root, "Director")
    asks(root, 1, "By hierarchy")
    one_level(root, 1)
    asks(root, 2, "Everybody with a role")
    card = stage(root, 2)
    card.get_by_role("combobox", name=root.say("Role"), exact=True).select_option(
        label=root.say("Financial director")
    )
    card.get_by_role("button", name=root.say("Only under a condition")).click()
    value = stage(root, 2).get_by_role("textbox", name=root.say("Value"))
    value.fill("500 000")
    is_named(root, 2, "The board")
    # Nobody else may decide on what is their own: said with their names.
    expect(root.page.locator(".ak-problems")).to_contain_text("Gleb Glebov")
    publishes(root)


def begins(root: Desk, name: str) -> None:
    """Open a route for the documents of one category."""
    root.go_to("Routes")
    root.follow("New route")
    root.write("Name in English", name)
    root.press("Save")
    root.press("Add a condition")
    root.page.get_by_role("combobox", name=root.say("Field")).select_option(value="category")
    root.page.get_by_role("checkbox", name=name).check()


def asks(root: Desk, number: int, who: str) -> None:
    """Add a stage and say who decides in it."""
    root.press("Add a stage")
    choice = stage(root, number).get_by_role("combobox", name=root.say("Who"), exact=True)
    choice.select_option(label=root.say(who))
    expect(root.page.get_by_role("heading", name=f"{number}. {root.say(who)}")).to_be_visible()


def one_level(root: Desk, number: int) -> None:
    far = stage(root, number).get_by_role("combobox", name=root.say("How far"))
    far.select_option(value="LEVELS")
    stage(root, number).get_by_role("textbox", name=root.say("Levels")).fill("1")


def is_named(root: Desk, number: int, name: str) -> None:
    """Name a stage, and find it called so at once."""
    card = stage(root, number)
    card.locator("summary").click()
    field = card.get_by_role("textbox", name=root.say("Name in English"))
    field.fill(name)
    field.press("Tab")
    expect(root.page.get_by_role("heading", name=f"{number}. {name}")).to_be_visible()


def head_of_office(root: Desk, number: int) -> None:
    asks(root, number, "Head of a department")
    stage(root, number).get_by_role(
        "combobox", name=root.say("Department"), exact=True
    ).select_option(label="Office")


def stage(root: Desk, number: int) -> Locator:
    named = re.compile(f"^{root.say('Stage')} {number}:")
    return root.page.get_by_role("group", name=named)


def publishes(root: Desk) -> None:
    root.press("Publish")
    root.sees("Published. Documents already under way keep their route.")


def way(cast: Cast, category: UUID, **changes: Any) -> list[str]:
    """Send an invoice of that category and return who is asked."""
    number = str(Case.objects.count() + 100)
    sent = send(cast, category=str(category), supplier_number=number, **changes)
    card = cases.case_card(case_id=sent.case_id, by=cast.asks("anna"), at=clock.now())
    return [seat.person.name for seat in card.seats if seat.person]


def alter(case_id: UUID) -> None:
    """Change the amount of a case where no rule of Akcept sees it: in its row."""
    fold = json.loads(Case.objects.values_list("fold", flat=True).get(id=case_id))
    fold["card"]["amount"] = 15_000_000
    fold["planned"][0]["minor"] = 15_000_000
    Case.objects.filter(id=case_id).update(fold=json.dumps(fold), amount_minor=15_000_000)
