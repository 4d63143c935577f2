"""To whom open pages hint at a case: never to somebody for whom it does not exist."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from akcept.cases import access, services
from akcept.cases.queries import concerned
from akcept.people import services as people
from akcept.people.fields import Absence
from staff import BETA
from troupe import AT, SYSTEM, TODAY, Cast, send

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(case_id: UUID) -> set[UUID]:
    found = concerned(case_ids=[case_id], at=AT)[case_id]
    return found.followers | found.holders


def deputise(cast: Cast, first: int = 0, last: int = 0, **scope: Any) -> UUID:
    days = (TODAY + first * DAY, TODAY + last * DAY)
    away = Absence(cast.boris.id, cast.dana.id, *days, **scope)
    made = people.set_deputy(absence=away, by=SYSTEM, at=AT)
    assert isinstance(made, UUID)
    return made


@pytest.mark.parametrize(
    "what", ["before", "after", "another payer", "another type", "cancelled", "nothing"]
)
def test_no_hint_reaches_a_deputy_whose_case_it_is_not(cast: Cast, what: str) -> None:
    case_id = send(cast).case_id
    beta = people.create_entity(entity=BETA, by=SYSTEM, at=AT)
    match what:
        case "before":
            deputise(cast, 1, 9)
        case "after":
            deputise(cast, -9, -1)
        case "another payer":
            deputise(cast, entity_id=beta)
        case "another type":
            deputise(cast, doctype="CONTRACT")
        case "cancelled":
            people.cancel_deputy(deputyship_id=deputise(cast), by=SYSTEM, at=AT)
    assert cast.dana.id not in told(case_id)
    assert {cast.anna.id, cast.boris.id} <= told(case_id)


@pytest.mark.parametrize("scope", [{}, {"doctype": "INVOICE"}, {"entity_id": None}])
def test_whoever_acts_for_a_holder_is_hinted_at_what_comes(cast: Cast, scope: Any) -> None:
    case_id = send(cast).case_id
    deputise(cast, **scope)
    assert cast.dana.id in told(case_id)


def test_of_several_cases_each_deputy_hears_of_their_own_alone(cast: Cast) -> None:
    """Boris has tasks on both; Dana acts for him on the invoices of one payer."""
    beta = people.create_entity(entity=BETA, by=SYSTEM, at=AT)
    mine, other = send(cast).case_id, send(cast, supplier_number="78", entity=str(beta)).case_id
    deputise(cast, entity_id=cast.entity)
    found = concerned(case_ids=[mine, other], at=AT)
    assert [cast.dana.id in found[id].holders for id in (mine, other)] == [True, False]


def test_everybody_who_is_hinted_at_may_see(cast: Cast) -> None:
    """After a decision, too, when somebody has just lost the task and somebody else has got it."""
    case_id = send(cast).case_id
    deputise(cast)
    services.approve(case_id=case_id, by=cast.asks("dana"), revision=1, at=AT)
    seen = access.readers(case_id=case_id, people=told(case_id), at=AT)
    assert seen == told(case_id)
