"""Finding the people of a round costs as many queries in a company of ten thousand as in one of eight."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akcept.cases import queries
from akcept.cases.cards import RoutePreview
from akcept.cases.services import CardInput
from akcept.people.models import Person
from troupe import AT, Cast

pytestmark = pytest.mark.django_db(transaction=True)
LEVELS, PEOPLE = 12, 10_000


def resolved(cast: Cast) -> tuple[RoutePreview, int]:
    """Return whom Anna's invoice would go to, and how many queries that took."""
    with CaptureQueriesContext(connection) as captured:
        found = queries.preview(by=cast.asks("anna"), content=CardInput(cast.card()), at=AT)
    return found, len(captured)


def grown(cast: Cast) -> list[str]:
    """Put Anna under twelve superiors in a company of ten thousand and return their names, nearest first."""
    chain = [Person(name=f"Level {n}", email=f"level{n}@example.com") for n in range(LEVELS)]
    for below, above in pairwise(chain):
        below.manager_id = above.id
    crowd = [
        Person(name=f"Clerk {n}", email=f"clerk{n}@example.com", manager_id=chain[n % LEVELS].id)
        for n in range(PEOPLE)
    ]
    Person.objects.bulk_create([*reversed(chain), *crowd], batch_size=500)
    Person.objects.filter(id=cast.anna.id).update(manager_id=chain[0].id)
    return [person.name for person in chain]


def test_twelve_levels_among_ten_thousand_take_no_more_queries(cast: Cast) -> None:
    resolved(cast)
    small, few = resolved(cast)
    assert len(small.seats) == 3
    names = grown(cast)
    large, many = resolved(cast)
    assert [seat.person and seat.person.name for seat in large.seats] == names
    assert many == few
