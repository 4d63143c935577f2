"""What somebody writes is shown as text wherever it turns up, and no page carries code of its own."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from akcept.cases import services
from akcept.delivery import fanout, send
from akcept.journal import export
from akcept.kit import clock
from akcept.people import services as people
from akcept.people.models import Person
from akcept.project.middleware import POLICY
from conftest import LogIn
from sheets import send as send_page
from sheets import sheet
from troupe import AT, SYSTEM, Cast, keep_pdf

pytestmark = pytest.mark.django_db(transaction=True)
EVIL = """<img src=x onerror="alert(1)">'{{7*7}}"""
NAME = "</script><svg onload=alert(2)>"
ATTRIBUTES = re.compile(r"on\w+|style|srcdoc")
PAGES = (
    "/", "/tasks/", "/tasks/?tab=done", "/invoices/", "/invoices/?view=kanban", "/invoices/totals",
    "/search/?q=svg", "/calendar/", "/calendar/?view=week", "/calendar/feed/", "/notices/", "/cases/new/",
    "/pay/", "/profile/", "/profile/away/", "/profile/password/", "/profile/keys/", "/profile/feed/",
    "/counterparties/", "/counterparties/new/", "/cases/options/people/?q=svg", "/cases/options/counterparties/",
    "/people/", "/people/?view=chart", "/people/new/", "/people/departments/", "/settings/", "/settings/payers/",
    "/settings/approvers/", "/settings/days/", "/settings/rates/", "/settings/dictionaries/category/",
    "/settings/letters/", "/settings/history/", "/settings/mail/", "/nowhere", "/accounts/login/",
    "/accounts/password/reset/", "/accounts/logout/", "/invoices/?q=%3Csvg%20onload%3Dalert(2)%3E",
    "/invoices/?comment=%22%3E%3Csvg%3E&issued_from=%22onload%3D", "/cases/options/people/?list=%22%3E%3Csvg%3E",
)  # fmt: skip


class Page(HTMLParser):
    """Finds on a page what a strict policy forbids and what was not escaped."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and not given.get("src") and given.get("type") != "application/json":
            self.wrong.append("an inline script")
        if tag == "style" or (tag == "svg" and "onload" in given):
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            is_code = (value or "").strip().lower().startswith(("javascript:", "data:text"))
            if ATTRIBUTES.fullmatch(name) or name.startswith("hx-on") or is_code:
                self.wrong.append(f"{tag} {name}={value}")
            if name in {"src", "href"} and (value or "").startswith(("http:", "https:", "//")):
                self.wrong.append(f"{tag} {name}={value}")


@pytest.fixture
def written(cast: Cast) -> str:
    """Let somebody with an evil name write evil everywhere; return the case."""
    for name in ("anna", "boris", "clara"):
        person = getattr(cast, name)
        changes = {"name": f"{NAME} {name}", "position": EVIL}
        people.change_person(person_id=person.id, changes=changes, by=SYSTEM, at=AT)
        person.refresh_from_db()
    content = services.CardInput(
        cast.card(
            comment=EVIL, title=EVIL, supplier_number=EVIL[:40], contract=EVIL, payment_purpose=EVIL
        ),
        planned=((clock.now().date() + timedelta(days=1), 12_000_000),),
        files=(keep_pdf(name="x.pdf"),),
    )
    at = clock.now()
    case = services.create(
        by=cast.asks("anna"), doctype="INVOICE", content=content, submit=True, at=at
    )
    said = {"case_id": case.case_id, "at": at}
    services.comment(**said, by=cast.asks("boris"), text=EVIL)
    services.return_for_rework(**said, by=cast.asks("boris"), revision=1, reasons=[EVIL, NAME])
    services.resubmit(**said, by=cast.asks("anna"), revision=1, answers={1: EVIL, 2: NAME})
    for name in ("boris", "vera", "gleb"):
        services.approve(**said, by=cast.asks(name), revision=1, remark=EVIL)
    later = at + timedelta(hours=1)  # Until then they could be taken back.
    while fanout.fan_out(at=later) or send.send_one(at=later):
        pass
    return str(case.case_id)


def show(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code < 500, path
    return answer


@pytest.mark.parametrize("who", ["anna", "boris", "clara", "root"])
def test_nothing_written_by_people_becomes_code(cast: Cast, log_in: LogIn, written: str, who: str) -> None:  # fmt: skip
    client = log_in(who)
    card = f"/cases/{written}/"
    cards = [f"{card}?tab={tab}" for tab in ("details", "discussion", "history", "payments")]
    party = f"/counterparties/{cast.counterparty}/"
    person = f"/people/{cast.anna.id}/"
    for path in (*PAGES, card, *cards, f"{card}edit/", party, f"{party}edit/", f"{party}accounts/", person, f"{person}edit/"):  # fmt: skip
        answer = show(client, path)
        assert answer["Content-Security-Policy"] == POLICY, path
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        text = answer.content.decode()
        assert Page(text).wrong == [], path
        assert "<svg onload" not in text, path
        assert ">49<" not in text, path


def test_nothing_written_by_people_becomes_code_in_letters_and_tables(
    cast: Cast, log_in: LogIn, written: str
) -> None:
    assert mail.outbox
    for letter in mail.outbox:
        assert "\n" not in letter.subject
        html = str(letter.alternatives[0][0])
        assert "<svg" not in html
        assert "<img src=x" not in html
    table = log_in("clara").post("/invoices/export", {"format": "csv"})
    lines = b"".join(table.streaming_content).decode()
    assert table["Content-Disposition"].startswith("attachment")
    assert not re.search(r"(^|[,;\n])\"?[=+@-]", lines.replace("-1", ""))
    stream = BytesIO()
    assert export.write(stream, at=AT) > 0


def test_a_line_break_in_a_name_adds_no_header_to_a_letter(cast: Cast, log_in: LogIn) -> None:
    Person.objects.filter(id=cast.anna.id).update(name="Anna\r\nBcc: oleg@example.com")
    send_page(log_in("anna"), cast, comment="x\r\nBcc: oleg@example.com")
    at = clock.now()
    while fanout.fan_out(at=at) or send.send_one(at=at):
        pass
    assert mail.outbox
    for letter in mail.outbox:
        headers = str(letter.message()).split("\n\n", 1)[0]
        assert "\nBcc:" not in headers
        assert letter.recipients() != ["oleg@example.com"]


def test_every_form_of_a_page_wants_its_token(cast: Cast) -> None:
    for name in ("/accounts/login/", "/language", "/notices/read", "/cases/new/", "/pay/", "/files/", "/profile/", "/profile/keys/", "/settings/", "/people/new/", "/invoices/export", "/setup/", "/accounts/logout/"):  # fmt: skip
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.root)
        assert client.post(name, {}).status_code == 403, name


def test_a_foreign_host_is_not_answered() -> None:
    answer = Client().get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content


def test_a_form_with_an_evil_value_comes_back_as_text(cast: Cast, log_in: LogIn) -> None:
    for field in ("comment", "supplier_number", "amount", "issued_on", "counterparty_text", "planned-0-on", "vat-0-rate", "currency", "key", "title", "duplicate_reason"):  # fmt: skip
        form = sheet(cast, files=[]) | {"issued_on": "x", field: f'">{NAME}'}
        text = log_in("anna").post("/cases/new/", form).content.decode()
        assert "<svg onload" not in text, field
        assert Page(text).wrong == [], field


def test_what_one_person_saw_no_cache_shows_to_another(cast: Cast, log_in: LogIn) -> None:
    """What a browser has kept it asks for again; proxies keep nothing."""
    case_id = send_page(log_in("anna"), cast)
    client = log_in("boris")
    file = f"/cases/{case_id}/files/1/"
    shown = {path: client.get(path) for path in (file, "/", f"/cases/{case_id}/", "/tasks/")}
    for path, answer in shown.items():
        assert {"private", "no-cache"} <= {*answer["Cache-Control"].split(", ")}, path
    assert b"".join(shown[file])
    known = shown[file]["ETag"]
    assert client.get(file, headers={"if-none-match": known}).status_code == 304
    assert log_in("oleg").get(file, headers={"if-none-match": known}).status_code == 404


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example"])
def test_a_refusal_leads_back_to_a_page_of_ours_alone(cast: Cast, log_in: LogIn, path: str) -> None:
    case_id = send_page(log_in("anna"), cast)
    referer = {"referer": f"http://testserver{path}"}
    said = f"/cases/{case_id}/act/approve/"
    answer = log_in("boris").post(said, {"revision": "9"}, headers=referer)
    assert answer.status_code == 409
    assert "evil.example" not in answer.content.decode()
    assert "evil.example" not in Client().post(said, headers=referer)["Location"]
