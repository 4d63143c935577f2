from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from akcept.cases import queries as cases
from akcept.cases.models import Case
from akcept.cases.services import CardInput, NewFile
from akcept.engine.refusals import IntakeSettled, InvalidInput, NotAllowed, NotFound
from akcept.intake import queries, services
from akcept.intake.codes import Kind, State
from akcept.live.news import NOTICES, Reader
from akcept.people import services as people
from letters import arrived
from together import at_once
from troupe import AT, SYSTEM, TODAY, Cast

pytestmark = pytest.mark.django_db(transaction=True)


def made(cast: Cast, item_id: UUID, who: str, key: str | None = None) -> Any:
    """Let somebody make an invoice of an item with its file."""
    card = queries.item(item_id=item_id, by=cast.asks(who), at=AT)
    files = tuple(
        NewFile("INVOICE", file.blob.sha256, file.name) for file in card.files if file.blob
    )
    return services.make_document(
        item_id=item_id,
        by=cast.asks(who),
        doctype="INVOICE",
        content=CardInput(cast.card(), planned=((TODAY, 12_000_000),), files=files),
        submit=False,
        at=AT,
        key=key,
    )


def test_an_invoice_is_made_of_it_once_with_its_file(cast: Cast) -> None:
    item = arrived(cast.anna.id)
    first = made(cast, item, "anna", key="one")
    assert made(cast, item, "anna", key="one").case_id == first.case_id
    with pytest.raises(IntakeSettled):
        made(cast, item, "clara", key="two")
    assert Case.objects.count() == 1
    card = cases.case_card(by=cast.asks("anna"), case_id=first.case_id, at=AT)
    assert [file.name for file in card.files] == ["счёт.pdf"]
    settled = queries.item(item_id=item, by=cast.asks("anna"), at=AT)
    assert (settled.line.state, settled.case_id) == (State.TAKEN, first.case_id)
    assert [step.kind for step in settled.steps] == [Kind.RECEIVED, Kind.TAKEN]
    assert settled.settled_by == "Anna Annina"
    assert queries.waiting(by=cast.asks("anna"), at=AT) == 0


def test_of_two_who_make_one_at_once_one_is_refused(cast: Cast) -> None:
    item = arrived(cast.anna.id)
    outcomes = at_once([lambda: made(cast, item, "anna"), lambda: made(cast, item, "clara")])
    assert sorted(type(one).__name__ for one in outcomes) == ["IntakeSettled", "Outcome"]
    assert Case.objects.count() == 1


def test_a_refused_invoice_leaves_it_waiting(cast: Cast) -> None:
    item = arrived()
    with pytest.raises(InvalidInput):
        services.make_document(
            item_id=item,
            by=cast.asks("clara"),
            doctype="INVOICE",
            content=CardInput(cast.card(amount=0)),
            submit=False,
            at=AT,
        )
    assert queries.item(item_id=item, by=cast.asks("clara"), at=AT).line.state == State.WAITING


def test_it_is_set_aside_for_a_reason_and_can_be_put_back(cast: Cast) -> None:
    item, clara = arrived(), cast.asks("clara")
    with pytest.raises(InvalidInput):
        services.set_aside(item_id=item, by=clara, reason=" ", at=AT)
    services.set_aside(item_id=item, by=clara, reason="Реклама", at=AT)
    with pytest.raises(IntakeSettled):
        services.set_aside(item_id=item, by=clara, reason="again", at=AT)
    with pytest.raises(IntakeSettled):
        made(cast, item, "clara")
    assert queries.item(item_id=item, by=clara, at=AT).reason == "Реклама"
    assert [line.id for line in queries.items(by=clara, at=AT, is_waiting=False).items] == [item]
    services.put_back(item_id=item, by=clara, at=AT)
    services.put_back(item_id=item, by=clara, at=AT)
    card = queries.item(item_id=item, by=clara, at=AT)
    assert (card.line.state, card.reason) == (State.WAITING, "")
    made(cast, item, "clara")
    with pytest.raises(IntakeSettled):
        services.put_back(item_id=item, by=clara, at=AT)


def test_it_is_passed_on_to_a_colleague_who_sees_it_from_then_on(cast: Cast) -> None:
    item = arrived()
    with pytest.raises(NotFound):
        services.give(item_id=item, to=cast.anna.id, by=cast.asks("anna"), at=AT)
    with pytest.raises(InvalidInput):
        services.give(item_id=item, to=cast.entity, by=cast.asks("clara"), at=AT)
    services.give(item_id=item, to=cast.anna.id, by=cast.asks("clara"), at=AT)
    card = queries.item(item_id=item, by=cast.asks("anna"), at=AT)
    assert card.line.holder == "Anna Annina"
    assert card.steps[-1].person == "Anna Annina"
    assert queries.waiting(by=cast.asks("clara"), at=AT) == 0
    assert queries.waiting(by=cast.asks("anna"), at=AT) == 1
    made(cast, item, "anna")


def test_a_stranger_sees_nothing_and_an_auditor_only_looks(cast: Cast) -> None:
    item = arrived(cast.anna.id)
    with pytest.raises(NotFound):
        queries.item(item_id=item, by=cast.asks("oleg"), at=AT)
    with pytest.raises(NotFound):
        queries.file(item_id=item, position=1, by=cast.asks("oleg"), at=AT)
    people.grant_role(person_id=cast.oleg.id, role="AUDITOR", by=SYSTEM, at=AT)
    oleg = cast.asks("oleg")
    assert not queries.item(item_id=item, by=oleg, at=AT).may_handle
    with pytest.raises(NotAllowed):
        services.set_aside(item_id=item, by=oleg, reason="x", at=AT)
    assert queries.waiting(by=oleg, at=AT) == 0


def test_pages_go_on_where_the_last_one_ended(cast: Cast) -> None:
    all_of_them = [arrived(number=number) for number in range(5)]
    clara = cast.asks("clara")
    first = queries.items(by=clara, at=AT, limit=3)
    rest = queries.items(by=clara, at=AT, before=first.older, limit=3)
    assert [line.id for line in (*first.items, *rest.items)] == all_of_them[::-1]
    assert rest.older is None


def test_a_page_asks_as_often_for_many_as_for_one(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        arrived(cast.anna.id, number=number)
    with django_assert_num_queries(4):
        queries.items(by=cast.asks("clara"), at=AT)


def test_a_right_for_one_payer_is_none_for_what_names_no_payer(cast: Cast) -> None:
    item = arrived()
    people.grant_role(
        person_id=cast.dana.id, role="ACCOUNTANT", entity_id=cast.entity, by=SYSTEM, at=AT
    )
    with pytest.raises(NotFound):
        queries.item(item_id=item, by=cast.asks("dana"), at=AT)


def test_open_pages_of_those_whom_it_concerns_hear_of_it_at_once(cast: Cast) -> None:
    reader = Reader()
    arrived(cast.anna.id)
    (news,) = reader.read(at=AT)
    assert news.people == dict.fromkeys((cast.anna.id, cast.clara.id), frozenset({NOTICES}))
    assert news.case_id is None
    assert reader.read(at=AT) == []
