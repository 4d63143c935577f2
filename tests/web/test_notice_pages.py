"""The list behind the bell."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.core import mail

from akcept.cases.discussion import writing
from akcept.cases.models import Message
from akcept.delivery import fanout, queries, services
from akcept.kit import clock
from conftest import LogIn
from delivery.telling import send_all, tell
from troupe import Cast, send

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


def test_who_is_named_is_led_to_the_message_by_bell_list_and_letter(
    cast: Cast, log_in: LogIn
) -> None:
    case_id, now = send(cast).case_id, clock.now()
    words = writing.Words("@Boris Borisov, is it urgent?")
    # The task is told of before, so the second letter is about the message.
    tell(at=now)
    send_all(at=now)
    writing.say(case_id=case_id, by=cast.asks("anna"), words=words, at=now)
    tell(at=now + timedelta(minutes=11))
    send_all(at=now + timedelta(minutes=11))
    message = Message.objects.get()
    there = f"/cases/{case_id}/?tab=discussion#m{message.number}"
    boris = log_in("boris")
    for page in ("/notices/", "/tasks/?tab=mentions"):
        assert f'"{there}"' in boris.get(page).content.decode(), page
    assert any(there in str(letter.body) for letter in mail.outbox)


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


def test_what_was_read_is_under_all_by_day(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    while fanout.fan_out(at=clock.now()):
        pass
    boris = log_in("boris")
    assert "Unread 1" in boris.get("/notices/").content.decode()
    boris.post("/notices/read")
    assert "Approval of invoice 1" not in boris.get("/notices/").content.decode()
    page = boris.get("/notices/?show=all").content.decode()
    assert "Approval of invoice 1" in page
    assert page.count('<h2 class="ak-day">') == 1


def test_what_somebody_changed_in_being_told_is_listed_in_both_languages(
    cast: Cast, log_in: LogIn
) -> None:
    services.change_wishes(
        by=cast.asks("boris"),
        changes={"TASKS.MAIL": "DIGEST", "digest_at": time(9), "push_amounts": True},
        at=clock.now(),
    )
    page = log_in("boris").get("/profile/notifications/").content.decode()
    assert "Something for me to do, Mail: At once → In the digest" in page
    assert "Digest at: 08:30 → 09:00" in page
    assert "no → yes" in page
    page = log_in("boris", "ru").get("/profile/notifications/").content.decode()
    assert "нет → да" in page


def test_what_is_open_is_read(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    while fanout.fan_out(at=clock.now()):
        pass
    boris = log_in("boris")
    marked = '{"about": "' + str(sent.case_id) + '"}'
    assert marked in boris.get(f"/cases/{sent.case_id}/").content.decode()
    counted = boris.post("/notices/read", {"about": str(sent.case_id)}).content.decode()
    assert 'data-unread="0"' in counted
    assert queries.unread(by=cast.asks("boris")) == 0
    assert marked not in boris.get(f"/cases/{sent.case_id}/").content.decode()
