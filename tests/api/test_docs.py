"""The pages to browse the API, in a real browser under the product's policy: nothing inline, nothing from elsewhere."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from playwright.sync_api import expect

from akcept.api.urls import api
from akcept.people.models import Person
from akcept.project.middleware import POLICY
from conftest import OpenPage
from programs import ProgramOf


def test_the_description_is_open_to_read() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    schema = answer.json()
    assert schema["openapi"] == "3.1.0"
    assert "application/problem+json" in json.dumps(schema["paths"]["/api/v1/cases"])


def test_every_operation_names_its_refusals_and_has_a_key() -> None:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    for path, methods in paths.items():
        for method, operation in methods.items():
            statuses = {int(status) for status in operation["responses"]}
            assert {400, 401, 403, 404, 422} <= statuses, path
            if method != "get":
                assert {409, 413, 415} <= statuses, path
                names = [parameter["name"] for parameter in operation["parameters"]]
                # What an administrator sets up is sent again by hand, if at all.
                is_administration = "ADMINISTER" in operation["description"]
                # What people set for themselves may be set twice: a name is taken once, a value stays.
                is_ones_own = path.startswith(("/api/v1/me", "/api/v1/views"))
                assert "Idempotency-Key" in names or is_administration or is_ones_own, path


@pytest.mark.browser
@pytest.mark.look
@pytest.mark.django_db(transaction=True)
def test_the_browsable_pages_work_under_the_policy(
    open_page: OpenPage, anna: Person, program_of: ProgramOf
) -> None:
    page = open_page()
    answer = page.goto("/api/v1/docs")
    assert answer is not None
    assert answer.headers["content-security-policy"] == POLICY
    page.get_by_role("link", name="Company", exact=True).click()
    expect(page.locator(".opblock-get [data-path='/api/v1/me']")).to_be_visible()
    secret = program_of(anna).headers["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    page.get_by_role("button", name="Authorize").click()
    page.get_by_role("textbox").fill(secret)
    page.locator(".auth-btn-wrapper button.authorize").click()
    page.locator(".auth-btn-wrapper button.btn-done").click()
    page.locator("#operations-Company-me .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table tbody .response-col_status").first).to_contain_text(
        "200"
    )
