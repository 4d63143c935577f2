"""Every screen of administrators in a browser: nothing for axe to find, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from akcept.parties import services as parties
from conftest import OpenPage
from screens import barriers
from troupe import AT, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Page]
SHAPES = [("en", 1440), ("ru", 390)]
KEPT = [
    "/profile/",
    "/profile/away/",
    "/profile/password/",
    "/profile/keys/",
    "/profile/feed/",
    "/counterparties/",
    "/counterparties/new/",
    "/counterparties/{counterparty}/",
    "/counterparties/{counterparty}/accounts/",
    "/bank-accounts/{account}/block/",
]
SET_UP = [
    "/settings/mail/",
    "/people/",
    "/people/?view=chart",
    "/people/new/",
    "/people/departments/",
    "/people/departments/new/",
    "/people/{person}/",
    "/people/{person}/edit/",
    "/people/{person}/grant/role/",
    "/people/{person}/grant/limit/",
    "/people/{person}/grant/deputy/",
    "/people/{person}/grant/own-payment/",
    "/people/{person}/grant/password/",
    "/settings/",
    "/settings/payers/",
    "/settings/payers/new/",
    "/settings/approvers/",
    "/settings/days/",
    "/settings/rates/",
    "/settings/vat-rates/",
    "/settings/dictionaries/project/",
    "/settings/letters/",
    "/settings/history/",
]


def kept(cast: Cast) -> dict[str, object]:
    """Fill what the screens show."""
    send(cast)
    fields = parties.AccountFields(
        number="40702810138250123017", currency="RUB", bic="044525225", bank_name="Сбербанк"
    )
    account = parties.enter_account(
        counterparty_id=cast.counterparty, fields=fields, by=cast.anna.actor, at=AT
    )
    return {"counterparty": cast.counterparty, "account": account, "person": cast.anna.id}


@pytest.mark.parametrize(("language", "width"), SHAPES)
@pytest.mark.parametrize(("who", "paths"), [("gleb", KEPT), ("root", SET_UP)])
def test_nothing_bars_the_way(
    cast: Cast, visit: Visit, who: str, paths: list[str], language: str, width: int
) -> None:
    found = {}
    values = kept(cast)
    page = visit(who, "/profile/", language, width=width, height=6000)
    for path in paths:
        page.goto(path.format(**values))
        found[path] = barriers(page)
    assert {path: barred for path, barred in found.items() if barred} == {}


@pytest.mark.parametrize(("language", "width"), SHAPES)
def test_the_first_page_lets_everybody_in(open_page: OpenPage, language: str, width: int) -> None:
    page = open_page(locale=language, width=width, height=6000)
    page.goto("/")
    assert page.url.endswith("/setup/")
    assert barriers(page) == []
