from __future__ import annotations

import pytest

from akcept.company import store as company
from akcept.delivery import sealing
from akcept.delivery.channels.memory import Memory
from akcept.delivery.models import Delivery
from akcept.engine.refusals import InvalidInput
from akcept.journal import seals
from delivery.telling import forget, send_all
from troupe import AT, SYSTEM, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def set_up(address: str) -> None:
    changes = {"seal_letter_to": address, "language": "ru"}
    company.change_settings(changes=changes, by=SYSTEM, at=AT)


def test_the_seal_of_the_day_goes_to_the_auditor_once(cast: Cast, memory: Memory) -> None:
    send(cast)
    forget()
    set_up("auditor@example.org")
    seal = seals.make(at=AT)
    assert seal is not None
    sealing.write(at=AT)
    sealing.write(at=AT)
    send_all()
    (letter,) = memory.letters
    assert (letter.address, letter.language) == ("auditor@example.org", "ru")
    assert seals.line(seal) in letter.lines
    assert [fact.text for fact in letter.facts] == ["2026-11-20", seal.root, str(seal.heads)]
    assert "verify.py" in letter.lines[0]


def test_without_an_address_no_seal_is_sent(cast: Cast) -> None:
    seals.make(at=AT)
    sealing.write(at=AT)
    assert not Delivery.objects.filter(topic=sealing.TOPIC).exists()


def test_a_letter_nobody_wants_any_more_is_not_sent(cast: Cast, memory: Memory) -> None:
    set_up("auditor@example.org")
    seals.make(at=AT)
    sealing.write(at=AT)
    set_up("")
    send_all()
    assert memory.letters == []
    assert Delivery.objects.get(topic=sealing.TOPIC).state == "CANCELLED"


def test_an_address_that_is_none_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refusal:
        set_up("the auditor")
    assert refusal.value.errors == {"seal_letter_to": "EMAIL_WRONG"}
