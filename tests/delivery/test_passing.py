"""A letter that is passed on: its new holder is told, in the app, by mail and in the morning, and by nobody too late."""

from __future__ import annotations

import pytest

from akcept.delivery import digests, preferences, queries
from akcept.delivery.channels.memory import Memory
from akcept.delivery.models import Delivery
from akcept.intake import services
from delivery.telling import LATER, mailed, send_all, tell, told
from letters import arrived
from troupe import AT, Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_is_passed_a_letter_is_told_and_who_takes_one_is_not(
    cast: Cast, memory: Memory
) -> None:
    item = arrived()
    services.give(item_id=item, to=cast.anna.id, by=cast.asks("clara"), at=AT)
    tell()
    send_all()
    assert (told(cast.anna), told(cast.clara)) == (["INTAKE"], [])
    (notice,) = queries.bell(by=cast.asks("anna")).items
    assert (notice.item_id, notice.case_id, notice.is_task) == (item, None, True)
    assert notice.title == "Счёт № 77 за хостинг"
    assert notice.text == "Clara Clarina passed this letter on to you"
    (letter,) = [row for row in memory.letters if row.address == cast.anna.email]
    assert letter.subject == "A letter was passed on to you · Счёт № 77 за хостинг"
    assert letter.url.endswith(f"/intake/{item}/")
    assert [fact.text for fact in letter.facts][1:] == [
        "Ромашка · bills@romashka.example",
        "счёт.pdf",
    ]
    services.give(item_id=item, to=cast.clara.id, by=cast.asks("clara"), at=AT)
    tell()
    assert told(cast.clara) == []


def test_a_letter_that_waits_no_more_disturbs_nobody(cast: Cast, memory: Memory) -> None:
    item = arrived()
    services.give(item_id=item, to=cast.anna.id, by=cast.asks("clara"), at=AT)
    tell()
    services.set_aside(item_id=item, by=cast.asks("clara"), reason="Реклама", at=AT)
    send_all()
    assert memory.letters == []
    (notice,) = queries.bell(by=cast.asks("anna")).items
    assert (notice.done_by, notice.done_at) == ("Clara Clarina", AT)


def test_whoever_wants_a_letter_a_day_finds_it_there(cast: Cast) -> None:
    preferences.change(by=cast.asks("anna"), changes={"TASKS.MAIL": "DIGEST"}, at=AT)
    item = arrived()
    services.give(item_id=item, to=cast.anna.id, by=cast.asks("clara"), at=AT)
    tell()
    assert mailed(cast.anna) == []
    row = Delivery(person_id=cast.anna.id, chain_id=cast.anna.id, number=0, cause="DIGEST", channel="MAIL", topic="DIGEST", created_at=AT, next_try_at=AT)  # fmt: skip
    row.save()
    letter = digests.compose(row=row, person=cast.anna, id="one", at=LATER)
    assert letter
    assert letter.facts[-1].url.endswith(f"/intake/{item}/")
    assert letter.subject == "A letter for you 1"
