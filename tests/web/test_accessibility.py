"""Every screen of a company that works, in both languages, wide and narrow: nothing bars anybody's way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from akcept.cases import services
from akcept.kit import clock
from conftest import OpenPage
from livedin import live
from outsiders import asked, code, link, work
from screens import AXE, barriers
from troupe import Cast

pytestmark = [pytest.mark.axe, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]
# So high that no bar at the bottom covers anything: axe takes what is covered for too small.
HEIGHT = 12_000
SCREENS: Mapping[str, tuple[str, ...]] = {
    "anna": (
        "/",
        "/?only=payments",
        "/?only=mentions",
        "/tasks/?tab=fix",
        "/invoices/",
        "/invoices/?view=kanban",
        "/invoices/?q=нет+такого",
        "/invoices/?amount_from=много",
        "/invoices/?columns=initiator&columns=created",
        "/invoices/views/?query=mine%3Don",
        "/search/?q=ромашка",
        "/search/?q=нет+такого",
        "/cases/new/",
        "/cases/new/?copy={paid}",
        "/cases/new/CONTRACT/",
        "/cases/new/ATTORNEY/",
        "/cases/{attorney}/",
        "/cases/{attorney}/edit/",
        "/invoices/?doctype=ATTORNEY",
        "/cases/{draft}/",
        "/cases/{draft}/edit/",
        "/cases/{rework}/",
        "/cases/{rework}/?tab=discussion",
        "/cases/{rework}/edit/",
        "/cases/{asked}/edit/",
        "/cases/{rejected}/",
        "/cases/{withdrawn}/",
        "/cases/{paid}/?tab=history",
        "/intake/",
        "/calendar/feed/",
        "/notices/",
        "/notices/?show=all",
        "/profile/",
        "/profile/notifications/",
        "/profile/away/",
        "/profile/password/",
        "/profile/keys/",
        "/profile/feed/",
        "/nowhere/",
        "/cases/{asked}/act/approve/",
        "/cases/{asked}/outside/",
    ),
    "boris": (
        "/",
        "/tasks/",
        "/tasks/?tab=done",
        "/cases/{asked}/",
        "/cases/{asked}/?tab=discussion",
        "/cases/{asked}/?tab=history",
        "/cases/{held}/",
    ),
    "dana": ("/tasks/",),
    "clara": (
        "/",
        "/tasks/?tab=pay",
        "/intake/",
        "/intake/?tab=settled",
        "/intake/{item}/",
        "/intake/{aside}/",
        "/cases/new/?intake={item}",
        "/calendar/",
        "/calendar/?view=week",
        "/pay/",
        "/cases/{to_pay}/",
        "/cases/{sent}/?tab=payments",
        "/cases/{partly}/?tab=payments",
        "/cases/{back}/?tab=payments",
        "/counterparties/",
        "/counterparties/new/",
        "/counterparties/{counterparty}/",
        "/counterparties/{counterparty}/edit/",
        "/counterparties/{counterparty}/accounts/",
    ),
    "gleb": ("/bank-accounts/{account}/verify/", "/bank-accounts/{account}/block/"),
    "root": (
        "/people/",
        "/people/?view=chart",
        "/people/new/",
        "/people/roles/",
        "/people/roles/new/",
        "/people/departments/",
        "/people/departments/new/",
        "/people/{person}/",
        "/people/{person}/history/",
        "/people/{person}/edit/",
        "/people/{person}/grant/role/",
        "/people/{person}/grant/limit/",
        "/people/{person}/grant/deputy/",
        "/people/{person}/grant/exception/",
        "/people/{person}/leave/",
        "/people/changes/",
        "/people/coverage/",
        "/people/duties/",
        "/people/import/",
        "/people/{person}/grant/password/",
        "/routes/",
        "/routes/new/",
        "/routes/{route}/",
        "/routes/{route}/name/",
        "/routes/{route}/try/",
        "/routes/{route}/try/?initiator={person}&on=2026-11-20&doctype=INVOICE&entity={entity}"
        "&amount=1000000&currency=RUB&approval_type=HIERARCHY",
        "/routes/{route}/compare/",
        "/routes/{route}/running/",
        "/routes/{route}/replay/?go=1",
        "/settings/",
        "/settings/payers/",
        "/settings/payers/new/",
        "/settings/payers/{entity}/",
        "/settings/approvers/",
        "/settings/days/",
        "/settings/rates/",
        "/settings/vat-rates/",
        "/settings/dictionaries/project/",
        "/settings/documents/",
        "/settings/documents/new/",
        "/settings/documents/INVOICE/",
        "/settings/documents/ATTORNEY/",
        "/settings/mail/",
        "/settings/letters/",
        "/settings/received/",
        "/settings/history/",
    ),
}
SHAPES = pytest.mark.parametrize(
    ("language", "width"), [("en", 1440), ("en", 390), ("ru", 1440), ("ru", 390)]
)


@pytest.fixture(autouse=True)
def _letters_come_in(settings: Any) -> None:
    settings.AKCEPT_INTAKE = "invoices@example.com"


# Parts of about the same length, for several workers to share.
@pytest.mark.parametrize("names", [("anna",), ("root",), ("boris", "dana", "clara", "gleb")])
@SHAPES
def test_nothing_bars_the_way_on_any_screen(
    cast: Cast, visit: Visit, names: tuple[str, ...], language: str, width: int
) -> None:
    known = live(cast)
    found = {}
    for name in names:
        page = visit(name, "/", language, width, HEIGHT)
        page.context.add_init_script(path=AXE)
        for path in SCREENS[name]:
            page.goto(path.format(**known))
            found[f"{name} {path}"] = barriers(page)
    assert {screen: barred for screen, barred in found.items() if barred} == {}


@SHAPES
def test_nothing_bars_the_way_to_what_opens_or_is_refused(
    cast: Cast, visit: Visit, language: str, width: int
) -> None:
    known = live(cast)
    found = {}
    page = visit("anna", "/", language, width, HEIGHT)
    page.locator("#composer > summary").click()
    found["the composer"] = barriers(page)
    page.goto("/cases/new/")
    page.locator("button[value=send]").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    found["a sheet with errors"] = barriers(page)
    for name, case, act in (("boris", "asked", "return"), ("clara", "to_pay", "pay")):
        page = visit(name, f"/cases/{known[case]}/", language, width, HEIGHT)
        page.evaluate(f"document.querySelector('dialog[id^={act}-]').showModal()")
        found[f"the dialog of {act}"] = barriers(page)
    page = visit("clara", "/pay/", language, width, HEIGHT)
    page.get_by_role("checkbox").nth(1).check()
    page.locator("button[value=plan]").click()
    expect(page.locator("button[value=plan]")).to_have_count(0)
    found["several payments looked over"] = barriers(page)
    assert {screen: barred for screen, barred in found.items() if barred} == {}


@SHAPES
def test_nothing_bars_the_way_in(
    cast: Cast, open_page: OpenPage, language: str, width: int
) -> None:
    page = open_page(locale=language, width=width, height=HEIGHT)
    page.goto("/accounts/login/")
    assert barriers(page) == []


@SHAPES
def test_nothing_bars_the_way_of_somebody_from_outside(
    cast: Cast, open_page: OpenPage, language: str, width: int
) -> None:
    case_id = asked(cast)
    page = open_page(locale=language, width=width, height=HEIGHT)
    page.goto(f"{link()}?lang={language}")
    found = {"asked": barriers(page)}
    page.locator("button[value=code]").click()
    page.locator("#code").fill("000000")
    found["a code sent"] = barriers(page)
    page.locator("button.btn-primary").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["a wrong code"] = barriers(page)
    work()
    page.locator("#code").fill(code())
    page.locator("button.btn-primary").click()
    expect(page.locator("#text")).to_be_visible()
    found["a decision to make"] = barriers(page)
    page.locator("button[value=approve]").click()
    expect(page.locator("button[value=undo]")).to_be_visible()
    found["decided"] = barriers(page)
    services.withdraw(case_id=case_id, by=cast.asks("anna"), reason="x", at=clock.now())
    page.goto(link())
    found["over"] = barriers(page)
    page.goto("/x/nowhere/")
    found["no such link"] = barriers(page)
    assert {screen: barred for screen, barred in found.items() if barred} == {}


@SHAPES
def test_nothing_bars_the_way_of_whoever_sets_akcept_up(
    db: None, open_page: OpenPage, language: str, width: int
) -> None:
    page = open_page(locale=language, width=width, height=HEIGHT)
    page.goto("/")
    expect(page).to_have_url(re.compile("/setup/$"))
    assert barriers(page) == []
