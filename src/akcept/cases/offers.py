"""What a reader is offered on many cases at once: the guards of the engine, fed with facts read in bulk.

What an open task is about needs only the payers and wardens of the fold. Where anybody with the right may pay, the
caller says what rights the reader and those they act for have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from akcept.cases import listing, rows
from akcept.cases.cards import CaseRow, Caution, TaskCard
from akcept.cases.cautions import Look, look_of
from akcept.cases.models import Case as Row
from akcept.cases.models import Task
from akcept.company import queries as company
from akcept.company.rates import RateCard
from akcept.doctypes import queries as doctypes
from akcept.engine.calendars import WorkingCalendar
from akcept.engine.case import Case, State
from akcept.engine.facts import Account, Facts, Policy
from akcept.engine.guards import options
from akcept.engine.money import Money
from akcept.engine.tasks import TaskKind
from akcept.engine.verbs import Verb
from akcept.people.askers import Asker
from akcept.people.codes import Right
from akcept.people.deputies import Deputyship
from akcept.people.duties import RuleCode
from akcept.people.limits import InBase
from akcept.people.models import ApprovalLimit, DutyException
from akcept.people.rights import Rights

# What is read of a case to judge it, beside its id and its zone.
JUDGED = ("fold", "entity_id", "account_id", "account__entered_by", "initiator__department_id")
# What is read of it beside that to warn of it.
WARNED_BY = ("normalised_number", "main_file_id")
EVERY_DAY = WorkingCalendar()
Limits: TypeAlias = Sequence[tuple[str, Money]]
NO_RIGHTS: Mapping[UUID, Rights] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Offered:
    """A case with what its reader may do, and the facts by which that was judged."""

    case: Case
    facts: Facts
    options: tuple[Verb, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list with its open tasks and what its reader may do."""

    row: CaseRow
    tasks: tuple[Task, ...]
    offer: Offered
    look: Look


def offered(
    *,
    case_ids: Collection[UUID],
    by: Asker,
    acting_for: Sequence[Deputyship],
    at: datetime,
    rights: Mapping[UUID, Rights] = NO_RIGHTS,
) -> dict[UUID, Offered]:
    """Return the folds of cases with what is offered on each, in three queries."""
    found = Row.objects.filter(id__in=set(case_ids)).values(
        "id", "entity__time_zone", "doctype__stamp", *JUDGED
    )
    return _offered(found, by, acting_for, at, rights)


def listed(
    *, case_ids: Collection[UUID], by: Asker, acting_for: Sequence[Deputyship], at: datetime
) -> dict[UUID, Listed]:
    """Return the rows of cases, in the order of the ids, with what is offered on each, in four queries."""
    columns = (*JUDGED, *WARNED_BY)
    values = listing.values_of(case_ids, *columns, reader=by.id)
    tasks = listing.open_tasks(case_ids)
    offers = _offered(values.values(), by, acting_for, at, NO_RIGHTS)
    return {
        key: Listed(
            listing.line(found, tasks[key], at), tuple(tasks[key]), offers[key], look_of(found)
        )
        for key, found in values.items()
    }


def task_card(
    row: Task, case: CaseRow, offer: Offered, by: Asker, cautions: tuple[Caution, ...] = ()
) -> TaskCard:
    """Return one task as its reader sees it."""
    holder = listing.holder_of(row)
    return TaskCard(
        id=row.id,
        key=row.key,
        kind=TaskKind(row.kind),
        case=case,
        holder=holder,
        acting_for=holder if row.person_id != by.id else None,
        opened_at=row.opened_at,
        due_at=row.due_at,
        options=offer.options,
        revision=offer.case.revision,
        cautions=cautions,
        asks_more=_asks_more(offer.case),
    )


def _asks_more(case: Case) -> bool:
    """Say whether the step that is on demands a remark or a file with an approval."""
    terms = [case.terms_of(seat.stage) for seat in case.open_seats]
    return any(row.needs_remark or row.needs_file for row in terms)


def _offered(
    found: Iterable[Mapping[str, Any]],
    by: Asker,
    acting_for: Sequence[Deputyship],
    at: datetime,
    rights: Mapping[UUID, Rights],
) -> dict[UUID, Offered]:
    loaded = list(found)
    if not loaded:
        return {}
    settings = company.settings_of()
    policy = Policy(undo_seconds=settings.undo_seconds, offers_reject=settings.offers_reject)
    stated = _stated(by, acting_for)
    rates: defaultdict[date, dict[str, RateCard | None]] = defaultdict(dict)
    result = {}
    cases = {values["id"]: rows.unpack(values["fold"]) for values in loaded}
    own = _own_payments(by) if any(_is_paid_by(case, by) for case in cases.values()) else []
    for values in loaded:
        case, entity_id = cases[values["id"]], values["entity_id"]
        today = at.astimezone(ZoneInfo(values["entity__time_zone"])).date()
        account, editor = values["account_id"], values["account__entered_by"]
        department_id = values["initiator__department_id"]
        into = InBase(settings.base_currency, today, case.currency, rates[today])
        standing = [row for row in acting_for if row.covers(entity_id, case.doctype)]
        facts = Facts(
            actor=str(by.id),
            today=today,
            doctype=doctypes.type_card(code=case.doctype, stamp=values["doctype__stamp"]).rules,
            calendar=EVERY_DAY,
            policy=policy,
            account=Account("", str(editor) if editor else None, is_blocked=False)
            if account is not None
            else None,
            deputising=frozenset(str(row.absentee_id) for row in standing),
            limits=into.of_people(_for_type(stated, case.doctype)) if standing else {},
            granted={
                str(row.absentee_id): into.restated(row.limit) for row in standing if row.limit
            },
            payers=tuple(
                str(person)
                for person, held in rights.items()
                if held.has(Right.PAY, entity_id=entity_id, department_id=department_id)
            ),
            initiator_may_pay=any(
                where in (None, entity_id) and first <= today <= last for where, first, last in own
            ),
        )
        result[values["id"]] = Offered(case, facts, options(case, facts, at))
    return result


def _stated(by: Asker, acting_for: Sequence[Deputyship]) -> Mapping[str, Limits]:
    """Return the limits of the reader and of those they act for, by person; only a deputy's are asked for."""
    if not acting_for:
        return {}
    people = [by.id, *(row.absentee_id for row in acting_for)]
    rows = ApprovalLimit.objects.filter(person_id__in=people)
    found: defaultdict[str, list[tuple[str, Money]]] = defaultdict(list)
    for person, doctype, minor, currency in rows.values_list(
        "person_id", "doctype", "amount_minor", "currency"
    ):
        found[str(person)].append((doctype, Money(minor, currency)))
    return found


def _for_type(stated: Mapping[str, Limits], doctype: str) -> dict[str, Limits]:
    """Return what counts for documents of a type; whoever has no such limit is not there."""
    kept = {
        person: [row for row in limits if row[0] in ("", doctype)]
        for person, limits in stated.items()
    }
    return {person: limits for person, limits in kept.items() if limits}


def _is_paid_by(case: Case, by: Asker) -> bool:
    return case.state is State.TO_PAY and case.initiator == str(by.id)


def _own_payments(by: Asker) -> list[tuple[UUID | None, date, date]]:
    allowed = DutyException.objects.filter(
        person_id=by.id, rule=RuleCode.OWN_PAYMENT, cancelled_at=None
    )
    return list(allowed.values_list("entity_id", "starts_on", "ends_on"))
