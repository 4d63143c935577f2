from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_both_watch_addresses_answer(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ok\n"


def test_they_accept_no_post(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


def test_every_answer_has_the_policy_and_an_id(client: Client) -> None:
    answer = client.get("/healthz")
    assert "script-src 'self' 'wasm-unsafe-eval'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert len(answer["X-Request-Id"]) == 32
