"""How far a deputy and a limit reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from akcept.cases import access, previewing, queries, services, snoozing
from akcept.cases.discussion import writing
from akcept.cases.filters import RegistryFilter
from akcept.cases.models import Task
from akcept.cases.services import CardInput
from akcept.company import store as company
from akcept.company.checks import EntityFields
from akcept.company.rates import RateCard
from akcept.engine.refusals import NotFound, RateMissing
from akcept.engine.verbs import Verb
from akcept.people import services as people
from akcept.people.fields import Absence, Limit
from troupe import AT, SYSTEM, TODAY, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_deputy_for_another_document_type_does_not_decide(cast: Cast) -> None:
    sent = send(cast)
    away = Absence(cast.boris.id, cast.dana.id, TODAY, date(2026, 11, 30), doctype="CONTRACT")
    people.set_deputy(absence=away, by=cast.boris.actor, at=AT)
    with pytest.raises(NotFound):
        services.approve(case_id=sent.case_id, by=cast.asks("dana"), revision=sent.revision, at=AT)
    people.set_deputy(absence=replace(away, doctype="INVOICE"), by=cast.boris.actor, at=AT)
    services.approve(case_id=sent.case_id, by=cast.asks("dana"), revision=sent.revision, at=AT)


def test_the_limit_in_the_documents_own_currency_counts(cast: Cast) -> None:
    rate = RateCard("USD", TODAY, 100 * 10**8, "BY_HAND")
    company.set_rates(rates=[rate], by=SYSTEM, at=AT)
    # 1 000 roubles, but 10 000 dollars: what Anna asks for is 5 000 dollars.
    limits = [Limit(100_000, "RUB"), Limit(1_000_000, "USD")]
    people.set_limits(person_id=cast.boris.id, limits=limits, by=SYSTEM, at=AT)
    choice = {"approval_type": "MY_CHOICE", "choice": [str(cast.boris.id)]}
    card = cast.card(amount=500_000, currency="USD", **choice)
    preview = previewing.preview(by=cast.asks("anna"), content=CardInput(card), at=AT)
    assert [seat.person and seat.person.id for seat in preview.seats] == [cast.boris.id]


def test_lists_offer_a_deputy_no_more_than_the_card_does(cast: Cast) -> None:
    sent = send(cast)
    away = Absence(cast.boris.id, cast.dana.id, TODAY, TODAY)
    people.set_deputy(absence=away, by=cast.boris.actor, at=AT)

    def offered() -> bool:
        (task,) = queries.inbox(by=cast.asks("dana"), at=AT).tasks
        card = queries.case_card(by=cast.asks("dana"), case_id=sent.case_id, at=AT)
        assert (Verb.APPROVE in task.options) == (Verb.APPROVE in card.options)
        return Verb.APPROVE in task.options

    assert offered()
    people.set_limits(person_id=cast.dana.id, limits=[Limit(11_999_999, "RUB")], by=SYSTEM, at=AT)
    assert not offered()
    people.set_limits(person_id=cast.dana.id, limits=[Limit(12_000_000, "RUB")], by=SYSTEM, at=AT)
    assert offered()


def test_another_payer_named_while_sending_counts_by_its_own_day(cast: Cast) -> None:
    rate = RateCard("USD", TODAY, 100 * 10**8, "BY_HAND")
    company.set_rates(rates=[rate], by=SYSTEM, at=AT)
    # There it is still yesterday, and of that day no rate is known.
    samoan = other_payer(cast, time_zone="Pacific/Pago_Pago")
    card, by = cast.card(amount=500_000, currency="USD"), cast.asks("anna")
    content = CardInput(card, planned=((TODAY, 500_000),))
    draft = services.create(by=by, doctype="INVOICE", content=content, submit=False, at=AT)
    changes = CardInput({"entity": str(samoan)})
    asked = {"case_id": draft.case_id, "by": by, "revision": draft.revision, "at": AT}
    with pytest.raises(RateMissing):
        services.submit(**asked, content=changes)
    assert services.submit(**asked).revision == draft.revision


def other_payer(cast: Cast, time_zone: str = "Europe/Moscow") -> UUID:
    fields = EntityFields(
        name="ООО «Бета»", short_name="Бета", country="RU", currency="RUB",
        time_zone=time_zone, working_calendar="RU",
    )  # fmt: skip
    return company.create_entity(fields=fields, by=SYSTEM, at=AT)


def tasks_of(cast: Cast, name: str) -> set[UUID]:
    """Return the cases whose tasks somebody finds, after a look that lists and counts agree."""
    found = queries.inbox(by=cast.asks(name), at=AT).tasks
    counts = queries.inbox_counts(by=cast.asks(name), at=AT).tasks
    assert sum(counts.values()) == len(found)
    return {task.case.id for task in found}


@pytest.mark.parametrize("scope", ["entity", "doctype"])
def test_a_deputy_for_a_part_sees_that_part_alone(cast: Cast, scope: str) -> None:
    beta = other_payer(cast)
    inside, outside = send(cast), send(cast, supplier_number="78", entity=str(beta))
    part = {"entity_id": cast.entity} if scope == "entity" else {"doctype": "CONTRACT"}
    seen = {inside.case_id} if scope == "entity" else set()
    away = Absence(cast.boris.id, cast.dana.id, TODAY, TODAY, **part)
    people.set_deputy(absence=away, by=cast.boris.actor, at=AT)
    dana = cast.asks("dana")
    assert tasks_of(cast, "dana") == seen
    registry = queries.registry(by=dana, filters=RegistryFilter(), at=AT)
    assert {row.id for row in registry.rows} == seen
    for case_id in (inside.case_id, outside.case_id):
        readers = access.readers(case_id=case_id, people=[dana.id], at=AT)
        assert bool(readers) is (case_id in seen)
        if case_id not in seen:
            with pytest.raises(NotFound):
                queries.case_card(by=dana, case_id=case_id, at=AT)
            with pytest.raises(NotFound):
                services.comment(case_id=case_id, by=dana, text="hm", at=AT)
    # A second deputyship, for the rest, opens the rest.
    rest = Absence(cast.boris.id, cast.dana.id, TODAY, TODAY)
    people.set_deputy(absence=rest, by=cast.boris.actor, at=AT)
    assert tasks_of(cast, "dana") == {inside.case_id, outside.case_id}


def test_nobody_finds_their_own_document_among_what_they_decide_for_others(cast: Cast) -> None:
    sent, other = send(cast), send(cast, supplier_number="78")
    for name in ("anna", "dana"):
        away = Absence(cast.boris.id, getattr(cast, name).id, TODAY, TODAY)
        people.set_deputy(absence=away, by=cast.boris.actor, at=AT)
    boris = cast.asks("boris")
    assert tasks_of(cast, "anna") == set()
    assert tasks_of(cast, "dana") == {sent.case_id, other.case_id}
    for name, count in (("anna", 0), ("dana", 2)):
        deputy = getattr(cast, name).id
        every = queries.covered_count(by=boris, deputy=deputy, entity_id=None, doctype="")
        part = queries.covered_count(by=boris, deputy=deputy, entity_id=None, doctype="CONTRACT")
        assert (every, part) == (count, 0)


def test_what_is_asked_of_somebody_away_reaches_the_deputy_for_it(cast: Cast) -> None:
    sent = send(cast)
    words = writing.Words("Is it due?", asks=cast.boris.id)
    writing.say(case_id=sent.case_id, by=cast.asks("anna"), words=words, at=AT)
    away = Absence(cast.boris.id, cast.dana.id, TODAY, TODAY, doctype="CONTRACT")
    people.set_deputy(absence=away, by=cast.boris.actor, at=AT)
    assert queries.inbox_counts(by=cast.asks("dana"), at=AT).mentions == 0
    away = replace(away, doctype="INVOICE")
    people.set_deputy(absence=away, by=cast.boris.actor, at=AT)
    assert queries.inbox_counts(by=cast.asks("dana"), at=AT).mentions == 1


def test_nobody_sets_aside_a_task_outside_of_their_deputyship(cast: Cast) -> None:
    sent = send(cast)
    task = Task.objects.get(case_id=sent.case_id, closed_at=None)
    away = Absence(cast.boris.id, cast.dana.id, TODAY, TODAY, doctype="CONTRACT")
    people.set_deputy(absence=away, by=cast.boris.actor, at=AT)
    with pytest.raises(NotFound):
        snoozing.about(by=cast.asks("dana"), task_id=task.id, at=AT)
