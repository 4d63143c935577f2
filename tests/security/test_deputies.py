"""What somebody tries who acts, acted or will act for somebody else, and who would decide on their own by another name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from akcept.cases import queries, services
from akcept.cases.models import Case, Task
from akcept.engine.refusals import InvalidInput, NotFound, Refusal
from akcept.journal.models import Entry
from akcept.people import services as people
from akcept.people.fields import Absence, PersonFields
from troupe import AT, SYSTEM, TODAY, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def deputy(cast: Cast, who: str, absentee: str, first: date, last: date, **scope: Any) -> None:
    away = Absence(getattr(cast, absentee).id, getattr(cast, who).id, first, last, **scope)
    people.set_deputy(absence=away, by=SYSTEM, at=AT)


@pytest.mark.parametrize(("first", "last"), [(-9, -1), (1, 9)])
def test_before_and_after_their_days_a_deputy_is_a_stranger(
    cast: Cast, first: int, last: int
) -> None:
    sent = send(cast)
    deputy(cast, "dana", "boris", TODAY + first * DAY, TODAY + last * DAY)
    dana = cast.asks("dana")
    task = Task.objects.get(case_id=sent.case_id, closed_at=None)
    attempts = (
        lambda: queries.case_card(by=dana, case_id=sent.case_id, at=AT),
        lambda: queries.history(by=dana, case_id=sent.case_id, at=AT),
        lambda: services.approve(case_id=sent.case_id, by=dana, revision=1, at=AT),
        lambda: services.comment(case_id=sent.case_id, by=dana, text="x", at=AT),
        lambda: services.reassign(
            case_id=sent.case_id, by=dana, task=task.key, to=cast.dana.id, at=AT
        ),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    assert queries.inbox(by=dana, at=AT).tasks == ()


def test_a_deputy_of_a_deputy_is_nobodys(cast: Cast) -> None:
    sent = send(cast)
    deputy(cast, "dana", "boris", TODAY, TODAY)
    deputy(cast, "oleg", "dana", TODAY, TODAY)
    with pytest.raises(NotFound):
        services.approve(case_id=sent.case_id, by=cast.asks("oleg"), revision=1, at=AT)


def test_a_cancelled_deputyship_ends_at_once(cast: Cast) -> None:
    sent = send(cast)
    deputy(cast, "dana", "boris", TODAY, TODAY)
    queries.case_card(by=cast.asks("dana"), case_id=sent.case_id, at=AT)
    (row,) = cast.boris.deputies.all()
    people.cancel_deputy(deputyship_id=row.id, by=cast.boris.actor, at=AT)
    with pytest.raises(NotFound):
        services.approve(case_id=sent.case_id, by=cast.asks("dana"), revision=1, at=AT)


def test_a_deputy_hands_nothing_to_whose_document_it_is(cast: Cast) -> None:
    sent = send(cast)
    deputy(cast, "anna", "boris", TODAY, TODAY)
    deputy(cast, "dana", "boris", TODAY, TODAY)
    task = Task.objects.get(case_id=sent.case_id, closed_at=None)
    for who in ("anna", "dana"):
        with pytest.raises(Refusal):
            services.reassign(
                case_id=sent.case_id, by=cast.asks(who), task=task.key, to=cast.anna.id, at=AT
            )
    with pytest.raises(Refusal):
        services.add_approver(
            case_id=sent.case_id, by=cast.asks("dana"), person=cast.anna.id, at=AT
        )
    assert Task.objects.get(case_id=sent.case_id, closed_at=None).person_id == cast.boris.id


def test_the_initiator_pays_nothing_for_a_payer_who_is_away(cast: Cast) -> None:
    done = approved(cast)
    deputy(cast, "anna", "clara", TODAY, TODAY)
    with pytest.raises(Refusal):
        services.pay(
            case_id=done.case_id, by=cast.asks("anna"), revision=done.revision, minor=12_000_000,
            on=TODAY, at=AT,
        )  # fmt: skip
    assert Case.objects.get(id=done.case_id).state == "TO_PAY"
    assert not Entry.objects.filter(chain_id=done.case_id, kind="PAYMENT_EXECUTED").exists()


@pytest.mark.parametrize("email", ["anna@example.com", "ANNA@Example.com", " anna@example.com "])
def test_nobody_gets_a_second_account_under_the_same_address(cast: Cast, email: str) -> None:
    with pytest.raises(InvalidInput):
        people.create_person(
            person=PersonFields(name="Anna Again", email=email), by=cast.root.actor, at=AT
        )
    with pytest.raises(InvalidInput):
        people.change_person(
            person_id=cast.oleg.id, changes={"email": email}, by=cast.root.actor, at=AT
        )


def test_who_chooses_themselves_is_not_asked(cast: Cast) -> None:
    sent = send(cast, approval_type="MY_CHOICE", choice=[str(cast.anna.id)])
    holders = Task.objects.filter(case_id=sent.case_id).values_list("person_id", flat=True)
    assert list(holders) == [cast.boris.id]
    with pytest.raises(Refusal):
        send(cast, supplier_number="78", approval_type="MY_CHOICE", choice=[])
