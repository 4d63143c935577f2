"""What a reader is offered on many cases at once: the guards of the engine, fed with facts read in bulk.

What an open task is about needs only the payers and wardens of the fold. Where anybody with the right may pay, the
caller says what rights the reader and those they act for have.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from akcept.cases import rows
from akcept.cases.models import Case as Row
from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.engine.calendars import WorkingCalendar
from akcept.engine.case import Case
from akcept.engine.facts import Account, Facts, Policy
from akcept.engine.guards import Verb, options
from akcept.people.askers import Asker
from akcept.people.codes import Right
from akcept.people.deputies import Deputyship
from akcept.people.duties import RuleCode
from akcept.people.models import DutyException
from akcept.people.rights import Rights

EVERY_DAY = WorkingCalendar()
NO_RIGHTS: Mapping[UUID, Rights] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Offered:
    """A case with what its reader may do, and the facts by which that was judged."""

    case: Case
    facts: Facts
    options: tuple[Verb, ...]


def offered(
    *,
    case_ids: Collection[UUID],
    by: Asker,
    acting_for: Sequence[Deputyship],
    at: datetime,
    rights: Mapping[UUID, Rights] = NO_RIGHTS,
) -> dict[UUID, Offered]:
    """Return the folds of cases with what is offered on each, in three queries."""
    found = Row.objects.filter(id__in=set(case_ids)).values_list(
        "id", "fold", "entity_id", "entity__time_zone", "account_id", "account__entered_by",
        "initiator__department_id",
    )  # fmt: skip
    loaded: list[tuple[UUID, str, UUID, str, UUID | None, UUID | None, UUID | None]] = list(found)
    if not loaded:
        return {}
    settings = company.settings_of()
    policy = Policy(undo_seconds=settings.undo_seconds, offers_reject=settings.offers_reject)
    own = _own_payments(by)
    result = {}
    for case_id, fold, entity_id, time_zone, account, editor, department_id in loaded:
        case, today = rows.unpack(fold), at.astimezone(ZoneInfo(time_zone)).date()
        facts = Facts(
            actor=str(by.id),
            today=today,
            doctype=doctypes.compile(case.doctype),
            calendar=EVERY_DAY,
            policy=policy,
            account=Account("", str(editor) if editor else None, is_blocked=False)
            if account is not None
            else None,
            deputising=frozenset(
                str(row.absentee_id) for row in acting_for if row.covers(entity_id, case.doctype)
            ),
            payers=tuple(
                str(person)
                for person, held in rights.items()
                if held.has(Right.PAY, entity_id=entity_id, department_id=department_id)
            ),
            initiator_may_pay=any(
                where in (None, entity_id) and first <= today <= last for where, first, last in own
            ),
        )
        result[case_id] = Offered(case, facts, options(case, facts, at))
    return result


def _own_payments(by: Asker) -> list[tuple[UUID | None, date, date]]:
    allowed = DutyException.objects.filter(
        person_id=by.id, rule=RuleCode.OWN_PAYMENT, cancelled_at=None
    )
    return list(allowed.values_list("entity_id", "starts_on", "ends_on"))
