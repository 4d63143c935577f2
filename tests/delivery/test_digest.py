from __future__ import annotations

from datetime import timedelta

import pytest

from akcept.cases import services
from akcept.delivery.channels.memory import Memory
from akcept.payments import postponement
from delivery.telling import another, forget, mailed, send_all, tell, told
from troupe import AT, Cast, approved

# Planned for Friday and not paid; moved when the payer's hour comes on Monday.
MONDAY_NOON = AT + timedelta(days=3)
GATHERED = MONDAY_NOON + timedelta(minutes=20)

pytestmark = pytest.mark.django_db(transaction=True)


def approve(cast: Cast, number: int) -> None:
    sent = another(cast, number, at=AT - timedelta(days=3))
    for name in ("boris", "vera", "gleb"):
        services.approve(case_id=sent.case_id, by=cast.asks(name), revision=1, at=AT)


def addresses(memory: Memory) -> list[str]:
    return sorted(letter.address for letter in memory.letters)


def test_what_the_night_has_moved_comes_in_one_letter(cast: Cast, memory: Memory) -> None:
    approve(cast, 1)
    approve(cast, 2)
    forget()
    assert postponement.run(at=MONDAY_NOON) == 2
    tell(at=MONDAY_NOON)
    for person in (cast.anna, cast.clara, cast.gleb):
        assert (told(person), mailed(person)) == (["MOVED", "MOVED"], ["DIGEST"])
    send_all(at=MONDAY_NOON)
    assert memory.letters == []
    send_all(at=GATHERED)
    assert addresses(memory) == ["anna@example.com", "clara@example.com", "gleb@example.com"]
    letter = memory.letters[0]
    assert letter.heading == "2 planned dates moved"
    assert len(letter.facts) == 2
    assert "20\xa0Nov\xa02026 → 23\xa0Nov\xa02026" in letter.facts[0].text


def test_what_moves_after_the_digest_waits_for_tomorrow(cast: Cast, memory: Memory) -> None:
    first = approved(cast)
    forget()
    postponement.run(at=MONDAY_NOON)
    tell(at=MONDAY_NOON)
    send_all(at=GATHERED)
    memory.letters.clear()
    services.postpone(
        case_id=first.case_id, by=cast.asks("clara"), planned=1, old=(AT + timedelta(days=3)).date(),
        to=(AT + timedelta(days=5)).date(), at=GATHERED,
    )  # fmt: skip
    tell(at=GATHERED)
    send_all(at=GATHERED + timedelta(hours=1))
    assert memory.letters == []
    send_all(at=MONDAY_NOON + timedelta(days=1))
    assert addresses(memory) == ["anna@example.com", "gleb@example.com"]
    assert [len(letter.facts) for letter in memory.letters] == [1, 1]
