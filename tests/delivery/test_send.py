from __future__ import annotations

from datetime import timedelta

import pytest

from akcept.cases import services
from akcept.delivery import queries, retry, send
from akcept.delivery.channels.contract import ChannelError
from akcept.delivery.channels.memory import Memory
from akcept.delivery.models import Delivery
from akcept.delivery.send import send_one
from akcept.people import services as people
from akcept.people.fields import Absence
from akcept.people.models import Person
from delivery.telling import LATER, another, forget, send_all, tell
from troupe import AT, SYSTEM, TODAY, Cast
from troupe import send as ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempts", range(1, 9))
def test_a_letter_waits_longer_from_attempt_to_attempt(attempts: int) -> None:
    assert retry.next_try(attempts, permanent=False) == retry.WAITS[attempts - 1]
    assert sorted(retry.WAITS) == list(retry.WAITS)


@pytest.mark.parametrize(("attempts", "permanent"), [(1, True), (9, False), (0, False)])
def test_some_letters_are_not_tried_again(*, attempts: int, permanent: bool) -> None:
    assert retry.next_try(attempts, permanent=permanent) is None


def test_a_letter_says_what_it_is_about_in_its_readers_language(cast: Cast, memory: Memory) -> None:
    Person.objects.filter(id=cast.boris.id).update(language="ru")
    sent = ask(cast)
    tell()
    send_all()
    (letter,) = memory.letters
    assert letter.subject == (
        f"Согласование счёта № {sent.number} · ООО «Ромашка» · 120\xa0000,00\xa0₽"
    )
    facts = {fact.label: fact.text for fact in letter.facts}
    assert facts["Комментарий"] == "Хостинг за ноябрь"
    assert facts["Плановая дата оплаты"] == "20.11.2026"
    assert facts["Осталось согласовать"] == "Boris Borisov, Vera Verina, Gleb Glebov"
    assert letter.url.endswith(f"/cases/{sent.case_id}/")


def test_a_return_carries_its_reasons(cast: Cast, memory: Memory) -> None:
    sent = ask(cast)
    services.return_for_rework(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, reasons=("no contract",), at=AT
    )
    tell()
    send_all()
    letter = memory.letters[-1]
    assert letter.address == "anna@example.com"
    assert letter.heading == f"Correct invoice {sent.number}"
    assert letter.lines == ("Boris Borisov returned for rework.", "Reason: no contract")


def test_a_task_that_is_done_meanwhile_disturbs_nobody(cast: Cast, memory: Memory) -> None:
    sent = ask(cast)
    tell(at=AT)
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    send_all(at=AT)
    assert memory.letters == []
    assert Delivery.objects.get().state == "CANCELLED"


def test_a_letter_that_failed_goes_later_under_the_same_id(cast: Cast, memory: Memory) -> None:
    ask(cast)
    tell()
    memory.refused["boris@example.com"] = ChannelError("busy", permanent=False)
    send_all()
    row = Delivery.objects.get()
    assert (row.state, row.error, row.attempts) == ("WAITING", "busy", 1)
    memory.refused.clear()
    assert not send_one(at=LATER)
    assert send_one(at=LATER + retry.WAITS[0])
    assert len(memory.letters) == 1
    assert Delivery.objects.get().state == "SENT"


def test_a_lease_that_ran_out_means_the_same_letter_again(cast: Cast, memory: Memory) -> None:
    ask(cast)
    tell()
    send_all()
    Delivery.objects.update(state="WAITING", lease_until=LATER + send.LEASE)
    assert not send_one(at=LATER)
    assert send_one(at=LATER + send.LEASE)
    assert len({letter.id for letter in memory.letters}) == 1
    assert len(memory.letters) == 2


def test_a_letter_is_given_up_where_administrators_see_it(cast: Cast, memory: Memory) -> None:
    ask(cast)
    tell()
    memory.refused["boris@example.com"] = ChannelError("no such\0 mailbox", permanent=True)
    send_all()
    (card,) = queries.given_up()
    assert (card.person_id, card.error) == (cast.boris.id, "no such mailbox")
    assert not send_one(at=LATER + timedelta(days=9))


def test_who_left_before_the_letter_went_gets_none(cast: Cast, memory: Memory) -> None:
    ask(cast)
    tell()
    Person.objects.filter(id=cast.boris.id).update(is_active=False)
    send_all()
    assert memory.letters == []


def test_a_deputy_reads_for_whom_they_act(cast: Cast, memory: Memory) -> None:
    absence = Absence(
        absentee_id=cast.boris.id,
        deputy_id=cast.dana.id,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    people.set_deputy(absence=absence, by=SYSTEM, at=AT)
    ask(cast)
    tell()
    send_all()
    lines = {letter.address: letter.lines for letter in memory.letters}
    assert lines["dana@example.com"][-1] == "You act for: Boris Borisov."
    assert len(lines["boris@example.com"]) == 1


def test_a_new_task_tells_of_the_last_invoices_of_the_counterparty(
    cast: Cast, memory: Memory
) -> None:
    Person.objects.filter(id=cast.boris.id).update(language="ru")
    ask(cast)
    forget()
    another(cast, 2)
    tell()
    send_all()
    (letter,) = memory.letters
    facts = {fact.label: fact.text for fact in letter.facts}
    said = facts["Последние счета этого контрагента"]
    assert said.startswith("120\xa0000,00\xa0₽ · ")
    assert said.endswith("На согласовании")
