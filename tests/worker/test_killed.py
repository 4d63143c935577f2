"""Killed at any moment, a worker loses nothing, and nobody is told twice in the app."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from functools import partial
from mailbox import Mailbox, wait_until
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from akcept.delivery import subscriptions
from akcept.delivery.models import Delivery, Notice
from akcept.kit import clock
from delivery.receiver import receiving
from delivery.telling import another
from troupe import AT, Cast
from worker.processes import is_all_told, leases_run_out, running

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Controller]:
    server = mailbox.server()
    server.start()
    yield server
    server.stop()


def has_begun(mailbox: Mailbox, kills: int) -> bool:
    """Tell whether a worker got somewhat further than the one killed before it."""
    return Notice.objects.count() > 2 * kills or len(mailbox.raw) >= kills


def test_a_letter_cut_off_by_a_kill_goes_again_under_the_same_id(
    cast: Cast, mailbox: Mailbox, server: Controller
) -> None:
    another(cast, 1, at=clock.now())
    with running(mail_port=server.port) as (worker,):
        # The server has the letter, but the worker never hears that it has.
        mailbox.on_letter = worker.kill
        worker.wait(30)
    assert Delivery.objects.get().state == "WAITING"
    mailbox.on_letter = lambda: None
    leases_run_out()
    with running(mail_port=server.port):
        wait_until(is_all_told)
    assert len(mailbox.letters) == 2
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1
    assert Notice.objects.count() == 1


def test_a_push_cut_off_by_a_kill_goes_again_under_the_same_id(
    cast: Cast, mailbox: Mailbox, server: Controller, settings: Any
) -> None:
    settings.AKCEPT_PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with receiving() as browser:
        subscriptions.subscribe(by=cast.asks("boris"), name="Chrome", at=AT, **browser.keys)
        another(cast, 1, at=clock.now())
        with running(mail_port=server.port) as (worker,):
            # The push service has it, but the worker never hears that it has.
            browser.on_message = worker.kill
            worker.wait(30)
        assert Delivery.objects.get(channel="PUSH").state == "WAITING"
        browser.on_message = lambda: None
        leases_run_out()
        with running(mail_port=server.port):
            wait_until(is_all_told)
    first, again = browser.messages()
    assert first == again
    assert [headers["Topic"] for headers, _ in browser.got] == [first["tag"]] * 2
    # Each was sealed anew, so that nobody on the way sees that it is the same.
    assert len({body for _, body in browser.got}) == 2
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1
    assert Notice.objects.count() == 1


def test_workers_killed_again_and_again_tell_everything_once(
    cast: Cast, mailbox: Mailbox, server: Controller
) -> None:
    cases = [another(cast, number, at=clock.now()).case_id for number in range(8)]
    for kills in range(1, 4):
        with running(mail_port=server.port) as (worker,):
            wait_until(partial(has_begun, mailbox, kills))
            worker.kill()
            worker.wait()
        leases_run_out()
    with running(mail_port=server.port):
        wait_until(is_all_told)
    told = Counter(Notice.objects.filter(topic="TASK").values_list("person_id", "chain_id"))
    assert told == {(cast.boris.id, case): 1 for case in cases}
    letters = Counter(letter["Message-ID"] for letter in mailbox.letters)
    assert len(letters) == len(cases)


def test_workers_at_once_share_the_work(cast: Cast, mailbox: Mailbox, server: Controller) -> None:
    for number in range(6):
        another(cast, number, at=clock.now())
    with running(mail_port=server.port, count=3):
        wait_until(is_all_told)
    letters = Counter(letter["Message-ID"] for letter in mailbox.letters)
    assert list(letters.values()) == [1] * 6
    assert Notice.objects.count() == 6


def test_a_worker_asked_to_stop_is_gone_within_seconds(cast: Cast, server: Controller) -> None:
    another(cast, 1, at=clock.now())
    with running(mail_port=server.port) as (worker,):
        wait_until(is_all_told)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(3) == 0
