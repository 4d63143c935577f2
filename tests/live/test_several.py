"""Several processes: whoever listens at one hears what is decided at another, and moves there when the first one dies."""

from __future__ import annotations

import os
import signal
from typing import Any

import httpx
import pytest

from delivery.telling import told
from live.conftest import SessionOf
from live.house import answers, free_port, open_house, start, until
from live.listening import form_of, listening
from outsiders import work
from troupe import Cast, send

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]


def approve(url: str, session: str, sent: Any) -> None:
    """Approve as a page does."""
    form = {"key": f"approve-{session}", "revision": str(sent.revision)}
    path = f"{url}/cases/{sent.case_id}/act/approve/"
    answer = httpx.post(path, data=form, headers=form_of(session), timeout=30)
    assert answer.status_code == 302, answer.text[:500]


def test_a_page_hears_what_is_decided_at_another_process_and_moves_there_when_its_own_is_killed(
    cast: Cast, session_of: SessionOf
) -> None:
    sent, anna, port = send(cast), session_of("anna"), free_port()
    first = start(port)
    with open_house() as second:
        until(lambda: answers(f"http://127.0.0.1:{port}"))
        with listening(f"http://127.0.0.1:{port}", anna, case=str(sent.case_id)) as stream:
            stream.next()
            approve(second, session_of("boris"), sent)
            assert stream.hears_of("case")
            os.killpg(first.pid, signal.SIGKILL)
            first.wait()
        approve(second, session_of("vera"), sent)
        approve(second, session_of("gleb"), sent)
        work()
        with listening(second, anna, stream.last_id, case=str(sent.case_id)) as again:
            assert again.hears_of("notices")
    assert told(cast.anna).count("APPROVED") == 3
    assert told(cast.clara) == ["TASK"]
