from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from akcept.delivery import periodic
from akcept.kit import clock

pytestmark = pytest.mark.django_db


def test_both_watch_addresses_answer(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ok\nworker never seen\n"


def test_a_silent_worker_is_told_and_takes_nobody_away_from_the_pages(client: Client) -> None:
    periodic.beat(worker="this", at=clock.now())
    assert client.get("/readyz").content == b"ok\nworker ok\n"
    periodic.beat(worker="this", at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.content == b"ok\nworker silent since 2026-11-20T09:30:00Z\n"


def test_they_accept_no_post(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


def test_every_answer_has_the_policy_and_an_id(client: Client) -> None:
    answer = client.get("/healthz")
    assert "script-src 'self' 'wasm-unsafe-eval'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert len(answer["X-Request-Id"]) == 32
