"""What one reader may do about many cases at once: the same judge as for one, a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from akcept.cases import rows
from akcept.cases.models import Case
from akcept.company import calendars
from akcept.doctypes import queries as doctypes
from akcept.engine.calendars import WorkingCalendar
from akcept.engine.facts import Account, Facts
from akcept.engine.guards import Verb, judge
from akcept.engine.refusals import Refusal
from akcept.people import deputies, rights
from akcept.people.askers import Asker
from akcept.people.codes import Right
from akcept.people.deputies import Deputyship
from akcept.people.models import PayException
from akcept.people.rights import Rights

# What else has to be loaded with a case that is to be judged.
WITH_CASE = ("entity", "account", "initiator")


@dataclass(frozen=True, slots=True)
class Reader:
    """A person, for whom they act, and what all of them may do."""

    by: Asker
    at: datetime
    deputyships: tuple[Deputyship, ...]
    rights: dict[UUID, Rights]
    exceptions: tuple[tuple[UUID, date, date], ...]

    def refusal(self, *, verb: Verb, row: Case) -> Refusal | None:
        """Return why an act about money is not offered on a case, or None when it is."""
        return judge(verb, rows.unpack(row.fold), self._facts(row), self.at)

    def _facts(self, row: Case) -> Facts:
        absentees = {
            one.absentee_id
            for one in self.deputyships
            if one.entity_id is None or one.entity_id == row.entity_id
        }
        today = calendars.entity_today(time_zone=row.entity.time_zone, at=self.at)
        return Facts(
            actor=str(self.by.id),
            today=today,
            doctype=doctypes.compile(row.doctype_id),
            calendar=WorkingCalendar(),
            account=_account(row),
            deputising=frozenset(str(person) for person in absentees),
            payers=tuple(
                str(person) for person in {self.by.id, *absentees} if self._pays(person, row)
            ),
            initiator_may_pay=any(
                entity == row.entity_id and first <= today <= last
                for entity, first, last in self.exceptions
            ),
        )

    def _pays(self, person: UUID, row: Case) -> bool:
        return self.rights[person].has(
            Right.PAY, entity_id=row.entity_id, department_id=row.initiator.department_id
        )


def reader(*, by: Asker, at: datetime) -> Reader:
    """Return what has to be known of a reader, whatever the cases are."""
    acting = deputies.deputised_by(person_id=by.id, at=at)
    people = {by.id, *(one.absentee_id for one in acting)}
    exceptions = PayException.objects.filter(person_id=by.id, cancelled_at=None)
    return Reader(
        by=by,
        at=at,
        deputyships=acting,
        rights={person: rights.rights_of(person_id=person, at=at) for person in people},
        exceptions=tuple(exceptions.values_list("entity_id", "starts_on", "ends_on")),
    )


def _account(row: Case) -> Account | None:
    """Whose account it is counts here; what stands in it is compared when it is paid."""
    if row.account is None:
        return None
    entered_by = str(row.account.entered_by) if row.account.entered_by else None
    return Account("", entered_by, is_blocked=False)
