"""What one reader may do about payments of many cases at once; whoever has the right pays, not only who was asked to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from akcept.cases import offers
from akcept.cases.access import Sight
from akcept.cases.offers import Offered
from akcept.people import standing
from akcept.people.askers import Asker


def offered(
    *, case_ids: Collection[UUID], by: Asker, sight: Sight, at: datetime
) -> dict[UUID, Offered]:
    """Return the cases with what is offered on each; the queries do not grow with the cases."""
    return offers.offered(
        case_ids=case_ids,
        by=by,
        acting_for=sight.acting_for,
        at=at,
        rights={person: standing.rights_of(person_id=person, at=at) for person in sight.people(by)},
    )
