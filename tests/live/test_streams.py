"""The stream as a browser reads it: what was missed is made up for, whatever broke."""

from __future__ import annotations

import os
import signal
from typing import Any

import httpx
import pytest

from akcept.cases import services
from akcept.kit import clock, sql
from live.conftest import SessionOf
from live.house import answers, free_port, open_house, start, until
from live.listening import listening
from troupe import Cast, send

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]
WOKEN = """
SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%%'
"""


def approve(cast: Cast, sent: Any) -> None:
    by, at = cast.asks("boris"), clock.now()
    services.approve(case_id=sent.case_id, by=by, revision=sent.revision, at=at)


def test_to_a_stranger_there_is_nothing_to_hear(cast: Cast) -> None:
    with open_house("live") as url:
        assert httpx.get(f"{url}/live/", timeout=30).status_code == 401
        assert httpx.post(f"{url}/live/").status_code == 405
        assert httpx.get(f"{url}/elsewhere").status_code == 404


def test_a_process_in_which_nobody_listens_is_woken_by_nobody(
    cast: Cast, session_of: SessionOf
) -> None:
    anna = session_of("anna")
    with open_house("live") as url:
        assert _are_woken() == 0
        with listening(url, anna) as stream:
            stream.next()
            until(lambda: _are_woken() == int(sql.is_postgresql()))


def _are_woken() -> int:
    """Return how many sessions of PostgreSQL are told of commits."""
    return len(sql.rows(WOKEN)) if sql.is_postgresql() else 0


def test_whoever_comes_back_is_told_what_they_missed_and_a_stranger_to_it_is_not(
    cast: Cast, session_of: SessionOf
) -> None:
    sent, anna, oleg = send(cast), session_of("anna"), session_of("oleg")
    with open_house("live") as url:
        with listening(url, anna) as stream:
            # Or nginx would keep events back.
            assert stream.headers["X-Accel-Buffering"] == "no"
            assert stream.next() == {"parts": ["feed", "notices", "tasks"]}
            last_id = stream.last_id
        approve(cast, sent)
        with listening(url, anna, last_id, case=str(sent.case_id)) as stream:
            parts = stream.next()["parts"]
            assert {"case", "feed"} <= {*parts}
        with listening(url, oleg, case=str(sent.case_id)) as stream:
            assert "case" not in stream.next()["parts"]


def test_a_process_that_is_killed_loses_nothing(cast: Cast, session_of: SessionOf) -> None:
    sent, anna, port = send(cast), session_of("anna"), free_port()
    url = f"http://127.0.0.1:{port}"
    first = start(port, "live")
    until(lambda: answers(url))
    with listening(url, anna) as stream:
        stream.next()
        last_id = stream.last_id
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    approve(cast, sent)
    second = start(port, "live")
    try:
        until(lambda: answers(url))
        with listening(url, anna, last_id) as stream:
            assert "feed" in stream.next()["parts"]
            # A server that is told to stop does not wait for its streams.
            second.terminate()
            second.wait(15)
    finally:
        second.kill()
        second.wait()
