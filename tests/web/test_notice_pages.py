"""The list behind the bell."""

from __future__ import annotations

import re

import pytest

from akcept.delivery import fanout, queries
from akcept.kit import clock
from troupe import Cast, send
from web.conftest import LogIn

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_notice_names_the_task_and_opens_it(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    while fanout.fan_out(at=clock.now()):
        pass
    boris = log_in("boris")
    page = boris.get("/notices/").content.decode()
    assert "Approval of invoice 1" in page
    (notice,) = re.findall(r'name="notice" value="(\d+)"', page)
    there = f"/cases/{sent.case_id}/"
    answer = boris.post("/notices/read", {"notice": notice, "next": there})
    assert answer.headers["Location"] == there
    assert queries.unread(by=cast.asks("boris")) == 0


def test_all_are_marked_read_at_once(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    while fanout.fan_out(at=clock.now()):
        pass
    boris = log_in("boris")
    assert boris.get("/notices/read").status_code == 405
    boris.post("/notices/read")
    assert queries.unread(by=cast.asks("boris")) == 0
    assert "Mark all read" not in boris.get("/notices/").content.decode()


def test_nobody_is_led_elsewhere(cast: Cast, log_in: LogIn) -> None:
    answer = log_in("boris").post("/notices/read", {"next": "https://evil.example/"})
    assert answer.headers["Location"] == "/notices/"
