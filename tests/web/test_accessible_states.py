"""What opens, is previewed or refused about tasks, routes and people: nothing bars anybody's way there either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from akcept.cases.discussion import writing
from akcept.cases.discussion.writing import Words
from akcept.kit import clock
from akcept.people import services as people
from akcept.people.models import Role, RoleGrant
from akcept.routes import definitions, queries, store
from livedin import NOW, live
from screens import AXE, barriers
from troupe import SYSTEM, Cast, send
from web.conftest import Visit
from web.test_accessibility import HEIGHT

pytestmark = [pytest.mark.axe, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Found = Iterator[tuple[str, list[tuple[str, str]]]]


# Each language and each width once: what differs between them is looked at on every screen elsewhere.
@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("ru", 390)])
def test_nothing_bars_the_way_to_what_opens_about_routes_and_people(
    cast: Cast, visit: Visit, language: str, width: int
) -> None:
    known = live(cast)
    unsettled(cast)
    page = visit("root", "/", language, width, HEIGHT)
    page.context.add_init_script(path=AXE)
    found = dict(designing(page, known["route"]))
    found |= dict(staffing(page, known["person"]))
    page = visit("oleg", "/people/changes/", language, width, HEIGHT)
    page.locator("main details > summary").first.click()
    found["a change to decline"] = barriers(page)
    found |= dict(overriding(page, known["asked"]))
    assert {state: barred for state, barred in found.items() if barred} == {}


def unsettled(cast: Cast) -> None:
    """Let a change wait for Oleg, who may also override, and a document run by an older version."""
    now = clock.now()
    people.grant_role(person_id=cast.oleg.id, role="ADMINISTRATOR", by=SYSTEM, at=NOW)
    override = Role.objects.create(
        code="OVERRIDER", name_en="Overrider", name_ru="Override", rights=["OVERRIDE", "SEE_CASES"]
    )
    RoleGrant.objects.create(person=cast.oleg, role=override, granted_at=NOW)
    people.grant_role(person_id=cast.root.id, role="CFO", by=cast.root.actor, at=now)
    line = next(row for row in queries.route_lines() if row.code == "HIERARCHY")
    stage = {"code": "S", "who": "NAMED", "people": [str(cast.vera.id)]}
    said = {"conditions": definitions.dump(line.latest)["conditions"], "stages": [stage]}
    store.publish(route="HIERARCHY", definition=said, by=SYSTEM, at=now)


def designing(page: Page, route: UUID) -> Found:
    page.goto(f"/routes/{route}/")
    page.locator("#s0_people_pick").press_sequentially("a")
    expect(page.locator("#s0_people_pick-list [role=option]").first).to_be_visible()
    yield "people to choose from", barriers(page)
    page.locator("#c0_text").fill("x")
    page.locator("#save").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    yield "a route with errors", barriers(page)
    line = next(row for row in queries.route_lines() if row.code == "HIERARCHY")
    page.goto(f"/routes/{line.id}/running/")
    page.locator("tbody input[type=checkbox]").first.check()
    yield "documents to move", barriers(page)


def staffing(page: Page, person: UUID) -> Found:
    page.goto("/people/")
    page.locator("tbody details > summary").first.click()
    yield "somebody to move", barriers(page)
    page.goto("/people/?view=chart")
    page.locator(".ak-tree summary").first.click()
    yield "a folded chart", barriers(page)
    page.goto("/people/import/")
    page.locator("[name=people]").fill("name;email\nNew One;new@x.example\n;broken")
    page.locator("button[value=preview]").click()
    expect(page).to_have_url(re.compile("/import/$"))
    yield "what an import would change", barriers(page)
    page.goto(f"/people/{person}/leave/")
    page.locator("button[value=look]").click()
    expect(page.locator("button[value=leave]")).to_be_visible()
    yield "what leaving would do", barriers(page)


def overriding(page: Page, case: UUID) -> Found:
    page.goto(f"/cases/{case}/")
    for act in ("force_decision", "replace_person"):
        dialog = page.locator(f"dialog[id^={act}-]").first
        dialog.evaluate("one => one.showModal()")
        yield f"the dialog of {act}", barriers(page)
        dialog.evaluate("one => one.close()")


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("ru", 390)])
def test_nothing_bars_the_way_to_what_opens_over_the_tasks(
    cast: Cast, visit: Visit, language: str, width: int
) -> None:
    other, asked = (send(cast, supplier_number=f"open {number}") for number in range(2))
    question = Words("Is it the old price?", asks=cast.boris.id)
    writing.say(case_id=asked.case_id, by=cast.asks("anna"), words=question, at=clock.now())
    page = visit("boris", "/tasks/", language, width, HEIGHT)
    page.context.add_init_script(path=AXE)
    found = dict(deciding(page))
    page.goto("/tasks/approve/?" + urlencode({"case": str(asked.case_id)}))
    found["several to approve"] = barriers(page)
    page.goto(f"/cases/{asked.case_id}/")
    page.locator(".ak-decide button.ak-decide-main").click()
    expect(page.locator(".ak-next")).to_be_visible()
    found["the next task"] = barriers(page)
    page.goto("/tasks/approve/?" + urlencode({"case": str(other.case_id)}))
    page.locator("[data-main]").click()
    expect(page.locator(".ak-bulk-lines .ak-tone-green")).to_be_visible()
    found["several approved"] = barriers(page)
    page = visit("oleg", "/tasks/", language, width, HEIGHT)
    found["nothing to decide"] = barriers(page)
    assert {state: barred for state, barred in found.items() if barred} == {}


def deciding(page: Page) -> Found:
    """Open what opens over the tasks: the snooze, what is ticked, a reason, the palette, no network."""
    # The last one: what a menu covers is taken for too small.
    task = page.locator("[data-row]").last
    task.locator(".ak-task-more summary").click()
    yield "until when to snooze", barriers(page)
    page.keyboard.press("Escape")
    if (wide := page.locator("[data-widen]")).is_visible():
        wide.click()
        yield "a document read across the pane", barriers(page)
        wide.click()
    task.locator("input[type=checkbox]").check()
    yield "what is ticked", barriers(page)
    task.locator("input[type=checkbox]").uncheck()
    page.locator('[data-key="r"]:visible').first.click()
    dialog = page.locator("dialog:modal")
    expect(dialog).to_be_visible()
    yield "the reason of a return", barriers(page)
    dialog.locator("[data-close]").first.click()
    page.keyboard.press("Control+k")
    page.locator("#find input").fill("romashka")
    expect(page.locator("#find [role=option]").first).to_be_visible()
    yield "what is found", barriers(page)
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    yield "no network", barriers(page)
    page.context.set_offline(False)
