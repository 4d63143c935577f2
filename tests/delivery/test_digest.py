from __future__ import annotations

from datetime import datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.urls import resolve

from akcept.cases import services
from akcept.delivery import digests, preferences
from akcept.delivery import services as notices
from akcept.delivery.channels.memory import Memory
from akcept.delivery.models import Delivery
from akcept.payments import postponement
from akcept.people.models import Person
from delivery.telling import another, forget, send_all, tell, told
from troupe import AT, Cast

MOSCOW = ZoneInfo("Europe/Moscow")
FRIDAY_NOON = AT
MONDAY_MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=MOSCOW)
MONDAY_NOON = AT + timedelta(days=3)
TUESDAY_MORNING = MONDAY_MORNING + timedelta(days=1)

pytestmark = pytest.mark.django_db(transaction=True)


def approve(cast: Cast, number: int) -> None:
    sent = another(cast, number, at=AT - timedelta(days=3))
    for name in ("boris", "vera", "gleb"):
        services.approve(case_id=sent.case_id, by=cast.asks(name), revision=1, at=AT)


def morning(at: datetime) -> None:
    digests.post(at=at)
    send_all(at=at)


def letters_to(memory: Memory, name: str) -> list[str]:
    return [letter.heading for letter in memory.letters if letter.address.startswith(name)]


def test_what_the_day_has_moved_comes_in_one_letter_the_next_morning(
    cast: Cast, memory: Memory
) -> None:
    approve(cast, 1)
    approve(cast, 2)
    forget()
    assert postponement.run(at=MONDAY_NOON) == 2
    tell(at=MONDAY_NOON)
    send_all(at=MONDAY_NOON)
    assert told(cast.anna) == ["MOVED", "MOVED"]
    assert memory.letters == []
    morning(TUESDAY_MORNING)
    assert letters_to(memory, "anna") == ["Moved 2"]
    assert letters_to(memory, "clara") == ["To pay 2 · Moved 2"]
    letter = memory.letters[0]
    assert "20\xa0Nov\xa02026 → 23\xa0Nov\xa02026" in letter.facts[0].text
    assert "/cases/" in letter.facts[0].url


def test_the_digest_says_what_waits_and_links_every_line(cast: Cast, memory: Memory) -> None:
    first, second = another(cast, 1), another(cast, 2)
    forget()
    morning(MONDAY_MORNING)
    assert letters_to(memory, "boris") == ["To decide 2"]
    (letter,) = memory.letters
    links = {fact.url.rsplit("/", 2)[-2] for fact in letter.facts}
    assert links == {str(first.case_id), str(second.case_id)}
    assert resolve(urlsplit(letter.url).path).url_name == "tasks"


def test_nobody_gets_an_empty_digest_and_nobody_gets_two(cast: Cast, memory: Memory) -> None:
    another(cast, 1)
    forget()
    morning(MONDAY_MORNING)
    morning(MONDAY_MORNING + timedelta(hours=1))
    assert [letter.address for letter in memory.letters] == ["boris@example.com"]


@pytest.mark.parametrize(
    "at",
    [
        MONDAY_MORNING - timedelta(minutes=1),
        MONDAY_MORNING - timedelta(days=1),
        MONDAY_MORNING + timedelta(hours=5),
    ],
    ids=["too early", "a Sunday", "long past"],
)
def test_a_digest_has_its_hour_on_working_days(cast: Cast, at: datetime) -> None:
    another(cast, 1)
    forget()
    digests.post(at=at)
    assert not Delivery.objects.exists()


def test_the_hour_is_the_readers_own(cast: Cast, memory: Memory) -> None:
    Person.objects.filter(id=cast.boris.id).update(time_zone="Asia/Vladivostok")
    preferences.change(by=cast.asks("boris"), changes={"digest_at": time(10)}, at=AT)
    another(cast, 1)
    forget()
    morning(datetime(2026, 11, 23, 9, 59, tzinfo=ZoneInfo("Asia/Vladivostok")))
    assert memory.letters == []
    morning(datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Vladivostok")))
    assert len(memory.letters) == 1


def test_what_was_read_in_the_app_is_not_told_again(cast: Cast, memory: Memory) -> None:
    approve(cast, 1)
    forget()
    postponement.run(at=MONDAY_NOON)
    tell(at=MONDAY_NOON)
    notices.mark_read(by=cast.asks("anna"), at=MONDAY_NOON)
    morning(TUESDAY_MORNING)
    assert letters_to(memory, "anna") == []


def test_a_digest_sent_again_says_the_same(cast: Cast, memory: Memory) -> None:
    approve(cast, 1)
    forget()
    postponement.run(at=MONDAY_NOON)
    tell(at=MONDAY_NOON)
    morning(TUESDAY_MORNING)
    Delivery.objects.update(state="WAITING", lease_until=None)
    morning(TUESDAY_MORNING)
    same = {(letter.id, letter.heading) for letter in memory.letters if letter.address[0] == "a"}
    assert len(same) == 1
