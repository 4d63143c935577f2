"""Whom a change of a case concerns: whose feed and whose tasks are not what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from akcept.cases.models import Participation, Task
from akcept.people import deputies

# A task closed longer ago has left every list by then.
RECENTLY = timedelta(minutes=5)


@dataclass(slots=True)
class Concerned:
    """Who follows a case, and who has or just had a task in it, with their deputies."""

    followers: set[UUID] = field(default_factory=set)
    holders: set[UUID] = field(default_factory=set)


def concerned(*, case_ids: Collection[UUID], at: datetime) -> Mapping[UUID, Concerned]:
    """Return whom each of some cases concerns now, in three queries; what is no case concerns nobody."""
    found: dict[UUID, Concerned] = defaultdict(Concerned)
    follows = Participation.objects.filter(case__in=case_ids, follows=True)
    for case, person in follows.values_list("case_id", "person_id"):
        found[case].followers.add(person)
    is_fresh = Q(closed_at=None) | Q(closed_at__gte=at - RECENTLY)
    held = Task.objects.filter(is_fresh, case__in=case_ids)
    places: dict[UUID, tuple[UUID | None, str]] = {}
    for case, person, entity, doctype in held.values_list(
        "case_id", "person_id", "case__entity_id", "case__doctype_id"
    ):
        found[case].holders.add(person)
        places[case] = (entity, doctype)
    _add_deputies(found, places, at)
    return found


def _add_deputies(
    found: Mapping[UUID, Concerned], places: Mapping[UUID, tuple[UUID | None, str]], at: datetime
) -> None:
    """Add who acts for a holder on cases of that payer and type; to other deputies the case does not exist."""
    absent = {person for one in found.values() for person in one.holders}
    acting = deputies.deputies_of(person_ids=absent, at=at)
    for case, place in places.items():
        held = frozenset(found[case].holders)
        for row in acting:
            if row.deputy_id is not None and row.absentee_id in held and row.covers(*place):
                found[case].holders.add(row.deputy_id)
