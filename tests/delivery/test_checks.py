from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.checks import run_checks

from akcept.delivery import periodic
from akcept.delivery.channels.contract import ChannelError
from akcept.delivery.channels.memory import Memory
from akcept.kit import clock
from delivery.telling import another, send_all, tell
from troupe import Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def warned() -> set[str]:
    found = run_checks(databases=["default"])
    return {str(message.id) for message in found} & {"akcept.W005", "akcept.W006"}


def test_a_letter_given_up_is_named_by_the_check(cast: Cast, memory: Memory) -> None:
    send(cast)
    tell()
    assert warned() == set()
    memory.refused["boris@example.com"] = ChannelError("no such mailbox", permanent=True)
    send_all()
    assert warned() == {"akcept.W005"}


def test_news_without_a_worker_is_named_by_the_check(cast: Cast) -> None:
    another(cast, 1, at=clock.now() - timedelta(hours=1))
    assert warned() == {"akcept.W006"}
    periodic.beat(worker="here:1", at=clock.now())
    assert warned() == set()
