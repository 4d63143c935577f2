"""What people get to see, and what they do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akcept.cases import queries, services
from akcept.cases.filters import RegistryFilter
from akcept.cases.services import CardInput
from akcept.engine.case import State
from akcept.engine.refusals import NotFound
from akcept.engine.tasks import TaskKind
from akcept.engine.verbs import Verb
from akcept.people import services as people
from troupe import AT, SYSTEM, TODAY, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)
EVERYTHING = RegistryFilter()


def test_the_first_approver_finds_the_task_with_its_acts(cast: Cast) -> None:
    send(cast)
    (task,) = queries.inbox(by=cast.asks("boris"), at=AT).tasks
    assert task.kind is TaskKind.APPROVE
    assert {Verb.APPROVE, Verb.RETURN, Verb.REJECT} <= set(task.options)
    assert queries.inbox_counts(by=cast.asks("boris"), at=AT).tasks == {TaskKind.APPROVE: 1}
    assert queries.inbox(by=cast.asks("vera"), at=AT).tasks == ()


def test_the_registry_says_who_has_it_now(cast: Cast) -> None:
    send(cast)
    (row,) = queries.registry(by=cast.asks("anna"), filters=EVERYTHING, at=AT).rows
    assert [holder.person.name for holder in row.now_with] == ["Boris Borisov"]
    assert row.state is State.IN_APPROVAL
    assert row.planned_on == TODAY


def test_a_stranger_finds_nothing_anywhere(cast: Cast) -> None:
    sent = send(cast)
    oleg = cast.asks("oleg")
    assert queries.registry(by=oleg, filters=EVERYTHING, at=AT).rows == ()
    assert queries.feed(by=oleg, at=AT).items == ()
    assert queries.find(by=oleg, text="ромашка", at=AT) == ()
    with pytest.raises(NotFound):
        queries.case_card(by=oleg, case_id=sent.case_id, at=AT)


@pytest.mark.parametrize("words", ["ромаш", "РОМАШКА", "romashka", "hjvfirf", "хостинг", "770708"])
def test_search_finds_words_as_people_type_them(cast: Cast, words: str) -> None:
    sent = send(cast)
    assert [found.row.id for found in queries.find(by=cast.asks("anna"), text=words, at=AT)] == [
        sent.case_id
    ]


def test_the_card_shows_the_chain_and_the_history(cast: Cast) -> None:
    sent = send(cast)
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, remark="ok", at=AT)
    card = queries.case_card(by=cast.asks("vera"), case_id=sent.case_id, at=AT)
    assert [seat.person.name for seat in card.seats if seat.person] == [
        "Boris Borisov",
        "Vera Verina",
        "Gleb Glebov",
    ]
    assert [seat.is_current for seat in card.seats] == [False, True, False]
    assert card.seats[0].remark == "ok"
    kinds = [e.kind for e in queries.history(by=cast.asks("vera"), case_id=sent.case_id, at=AT)]
    assert kinds == ["DRAFTED", "FILE_ATTACHED", "SUBMITTED", "APPROVED"]


def test_a_correction_shows_old_and_new_in_the_next_round(cast: Cast) -> None:
    sent = send(cast)
    services.return_for_rework(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, reasons=["Сумма?"], at=AT
    )
    content = CardInput({"amount": 11_000_000}, planned=((TODAY, 11_000_000),))
    services.resubmit(
        case_id=sent.case_id,
        by=cast.asks("anna"),
        revision=1,
        content=content,
        answers={1: ""},
        at=AT,
    )
    card = queries.case_card(by=cast.asks("boris"), case_id=sent.case_id, at=AT)
    assert card.changed_since_decision == {"amount": (12_000_000, 11_000_000)}
    assert card.round == 2


def test_the_route_is_shown_before_sending(cast: Cast) -> None:
    preview = queries.preview(by=cast.asks("anna"), content=CardInput(cast.card()), at=AT)
    assert preview.refusal is None
    names = [seat.person.name for seat in preview.seats if seat.person]
    assert names == ["Boris Borisov", "Vera Verina", "Gleb Glebov"]
    assert [person.name for person in preview.payers] == ["Gleb Glebov", "Clara Clarina"]


def test_the_feed_tells_what_happened_and_carries_the_open_task(cast: Cast) -> None:
    sent = send(cast)
    (item, *_) = queries.feed(by=cast.asks("boris"), at=AT).items
    assert item.case.id == sent.case_id
    assert item.task is not None
    assert item.task.kind is TaskKind.APPROVE


def test_what_was_decided_can_be_taken_back_within_the_window(cast: Cast) -> None:
    sent = send(cast)
    done = services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    later = AT + timedelta(seconds=5)
    card = queries.case_card(by=cast.asks("boris"), case_id=sent.case_id, at=later)
    assert card.undo is not None
    services.undo(case_id=sent.case_id, by=cast.asks("boris"), entry=done.entry, at=later)
    (task,) = queries.inbox(by=cast.asks("boris"), at=later).tasks
    assert task.case.id == sent.case_id


def test_everybody_may_choose_their_own_window(cast: Cast) -> None:
    people.change_person(
        person_id=cast.boris.id, changes={"undo_seconds": 30}, by=cast.boris.actor, at=AT
    )
    sent = send(cast)
    done = services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    assert done.undo_until == AT + timedelta(seconds=30)


def test_a_route_owner_may_pass_on_the_task_of_anybody(cast: Cast) -> None:
    people.grant_role(person_id=cast.root.id, role="AUDITOR", by=SYSTEM, at=AT)
    sent = send(cast)
    card = queries.case_card(by=cast.asks("root"), case_id=sent.case_id, at=AT)
    assert [task.holder.name for task in card.movable] == ["Boris Borisov"]
    services.reassign(
        case_id=sent.case_id,
        by=cast.asks("root"),
        task=card.movable[0].key,
        to=cast.dana.id,
        at=AT,
    )
    (task,) = queries.inbox(by=cast.asks("dana"), at=AT).tasks
    assert task.kind is TaskKind.APPROVE


PAGES: dict[str, Callable[[Cast], object]] = {
    "registry": lambda cast: queries.registry(by=cast.asks("clara"), filters=EVERYTHING, at=AT),
    "inbox": lambda cast: queries.inbox(by=cast.asks("boris"), at=AT),
    "feed": lambda cast: queries.feed(by=cast.asks("boris"), at=AT),
    "kanban": lambda cast: queries.kanban(by=cast.asks("clara"), filters=EVERYTHING, at=AT),
}


@pytest.mark.parametrize("page", PAGES)
def test_the_queries_of_a_page_do_not_grow_with_its_rows(cast: Cast, page: str) -> None:
    def measured() -> int:
        with CaptureQueriesContext(connection) as captured:
            PAGES[page](cast)
        return len(captured)

    send(cast)
    few = measured()
    for number in range(4):
        send(cast, supplier_number=f"many {number}")
    assert measured() == few
    assert few <= 12


def test_a_decision_takes_at_most_ten_statements(cast: Cast) -> None:
    sent = send(cast)
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    with CaptureQueriesContext(connection) as captured:
        services.approve(case_id=sent.case_id, by=cast.asks("vera"), revision=1, at=AT)
    told = [
        row["sql"] for row in captured if row["sql"] not in {"BEGIN", "BEGIN IMMEDIATE", "COMMIT"}
    ]
    assert len(told) <= 10, told


def test_payment_opens_for_those_who_may_pay(cast: Cast) -> None:
    cleared = approved(cast)
    card = queries.case_card(by=cast.asks("clara"), case_id=cleared.case_id, at=AT)
    assert Verb.PAY in card.options
    assert card.tasks[0].kind is TaskKind.PAY
