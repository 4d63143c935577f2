"""A PDF is drawn beside the facts, with text that can be selected; a broken one leaves the download."""

from __future__ import annotations

from types import SimpleNamespace as Made

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from playwright.sync_api import expect

from akcept.people.models import Person
from conftest import OpenPage

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 43>>stream
BT /F 18 Tf 20 100 Td (Invoice 49) Tj ET   \nendstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>"""


def serve(_request: HttpRequest, name: str) -> HttpResponse:
    body = PDF if name == "good" else b"%PDF-1.7 none"
    return HttpResponse(body, content_type="application/pdf")


def show(request: HttpRequest, name: str) -> HttpResponse:
    shown = Made(name="i.pdf", kind="pdf", url=f"/file/{name}", download_url="#", preview_url="")
    return render(request, "guide/document.html", {"shown": shown, "files": [shown]})


urlpatterns = [
    path("file/<name>", serve),
    path("show/<name>", show),
    path("", include("akcept.project.urls")),
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.look,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls(__name__),
]


@pytest.fixture(autouse=True)
def somebody() -> None:
    """Hire somebody: an empty company shows its first page alone."""
    Person.objects.create_user(email=None, name="Root")


def test_a_pdf_is_drawn_with_its_text_and_zoomed(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/show/good")
    expect(page.locator(".textLayer")).to_contain_text("Invoice 49")
    expect(page.locator("[data-page-of]")).to_have_text("1 / 1")
    before = page.locator(".ak-doc-sheet canvas").bounding_box()
    page.get_by_role("button", name="Smaller").click()
    expect(page.locator(".textLayer")).to_contain_text("Invoice 49")
    after = page.locator(".ak-doc-sheet canvas").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] < before["width"]


def test_a_broken_pdf_leaves_the_download(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/show/broken")
    expect(page.locator("[data-failed]")).to_be_visible()
    expect(page.get_by_role("link", name="Download").first).to_be_visible()
