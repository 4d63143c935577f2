"""Who works in the company and what they may do, for programs of administrators."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Status
from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import Moment, MoneyOut, Out
from akcept.api.taken import Day, Id, In, Line, MoneyIn
from akcept.cases import leaving
from akcept.engine.money import Money
from akcept.people import access, queries, services
from akcept.people.codes import PersonKind, TokenScope
from akcept.people.deputies import Deputyship
from akcept.people.duties import RuleCode
from akcept.people.fields import Absence, Limit, Permit, PersonFields
from akcept.people.proposals import Waiting
from akcept.people.queries import PersonCard

door = Door(tags=["People"])
ADMINISTER = TokenScope.ADMINISTER
Zone = Annotated[str, Field(max_length=60)]


class NewPersonIn(In):
    name: Line
    email: Line = ""
    kind: PersonKind = PersonKind.INTERNAL
    position: Line = ""
    department_id: Id | None = None
    manager_id: Id | None = None
    peer_id: Id | None = None
    language: Annotated[str, Field(max_length=2)] = "en"
    time_zone: Zone = "UTC"
    working_calendar: Annotated[str, Field(max_length=10)] = ""


class PersonChangesIn(In):
    """What is left out stays as it is."""

    name: Line | None = None
    email: Line | None = None
    position: Line | None = None
    department_id: Id | None = None
    manager_id: Id | None = None
    peer_id: Id | None = None
    language: Annotated[str, Field(max_length=2)] | None = None
    time_zone: Zone | None = None


class LimitIn(In):
    amount: MoneyIn
    doctype: Line = ""


class RoleIn(In):
    role: Line
    entity_id: Id | None = None
    department_id: Id | None = None


class AbsenceIn(In):
    """Without a deputy nobody acts; a limit is granted by an order with its number and date."""

    starts_on: Day
    ends_on: Day
    deputy_id: Id | None = None
    entity_id: Id | None = None
    doctype: Line = ""
    position: Annotated[int, Field(ge=1, le=20)] | None = None
    limit: MoneyIn | None = None
    order_number: Line = ""
    order_date: Day | None = None
    reason: Line = ""


class PermitIn(In):
    rule: RuleCode
    starts_on: Day
    ends_on: Day
    reason: Line
    entity_id: Id | None = None


class DepartmentIn(In):
    name: Line
    parent_id: Id | None = None
    head_id: Id | None = None


class HeirsIn(In):
    """Who gets what; without an heir tasks find their way, and the rest is nobody's or stays as it is."""

    tasks: Id | None = None
    routes: Id | None = None
    roles: Id | None = None
    deputyships: Id | None = None
    reports: Id | None = None
    departments: Id | None = None


class RoleGrantOut(Out):
    id: UUID
    role: str
    entity_id: UUID | None
    department_id: UUID | None


class LimitOut(Out):
    doctype: str
    amount: MoneyOut


class AbsenceOut(Out):
    id: UUID
    absentee_id: UUID
    absentee_name: str
    deputy_id: UUID | None
    deputy_name: str
    starts_on: date
    ends_on: date
    entity_id: UUID | None
    doctype: str
    position: int
    limit: MoneyOut | None
    order_number: str
    order_date: date | None
    reason: str


class ExceptionOut(Out):
    id: UUID
    rule: RuleCode
    entity_id: UUID | None
    starts_on: date
    ends_on: date
    reason: str
    approved_by: str


class StaffOut(Out):
    id: UUID
    name: str
    email: str | None
    kind: PersonKind
    position: str
    department_id: UUID | None
    manager_id: UUID | None
    peer_id: UUID | None
    language: str
    time_zone: str
    working_calendar: str
    is_active: bool
    last_login: Moment | None
    roles: list[RoleGrantOut]
    limits: list[LimitOut]
    deputies: list[AbsenceOut]
    acts_for: list[AbsenceOut]
    exceptions: list[ExceptionOut]


class DoneOut(Out):
    """Whether the change is made; `waiting` is the change that a second person has to confirm first."""

    id: UUID | None = None
    waiting: UUID | None = None


class DepartmentOut(Out):
    id: UUID
    name: str
    parent_id: UUID | None
    head_id: UUID | None


class LeftOut(Out):
    tasks_moved: int


@door.read("/org/people/{uuid:person_id}", StaffOut, summary="Everything set up about a person")
def show_person(request: ApiRequest, person_id: UUID) -> StaffOut:
    """Return a person with roles, limits, deputies and exceptions, to themselves, administrators and auditors."""
    call = request.auth
    return _person(access.person_card(person_id=person_id, by=call.by.actor, at=call.at))


@door.act("/org/people", StaffOut, ADMINISTER, summary="Add a person", status=201, is_keyed=False)
def create_person(request: ApiRequest, body: NewPersonIn) -> Status[StaffOut]:
    """Add a person without a log-in."""
    call = request.auth
    person = PersonFields(**body.model_dump())
    made = services.create_person(person=person, by=call.by.actor, at=call.at)
    return Status(201, _person(queries.person_card(person_id=made)))


@door.act(
    "/org/people/{uuid:person_id}",
    StaffOut,
    ADMINISTER,
    summary="Change a person",
    method="PATCH",
    is_keyed=False,
)
def change_person(request: ApiRequest, person_id: UUID, body: PersonChangesIn) -> StaffOut:
    """Change the fields that are given."""
    call = request.auth
    changes = body.model_dump(exclude_unset=True)
    services.change_person(person_id=person_id, changes=changes, by=call.by.actor, at=call.at)
    return _person(queries.person_card(person_id=person_id))


@door.act("/org/people/{uuid:person_id}/limits", DoneOut, ADMINISTER, summary="Set limits of approval", is_keyed=False)  # fmt: skip
def set_limits(request: ApiRequest, person_id: UUID, body: list[LimitIn]) -> DoneOut:
    """Replace the limits of a person, per currency and document type."""
    call = request.auth
    limits = [
        Limit(money.minor, money.currency, one.doctype)
        for one in body
        for money in [one.amount.money("amount")]
    ]
    done = services.set_limits(person_id=person_id, limits=limits, by=call.by.actor, at=call.at)
    return _done(done)


@door.act("/org/people/{uuid:person_id}/roles", DoneOut, ADMINISTER, summary="Give a role", is_keyed=False)  # fmt: skip
def give_role(request: ApiRequest, person_id: UUID, body: RoleIn) -> DoneOut:
    """Give a person a role, for one payer or all, in one department or all."""
    call = request.auth
    done = services.grant_role(
        person_id=person_id, **body.model_dump(), by=call.by.actor, at=call.at
    )
    return _done(done)


@door.act("/org/roles/{uuid:grant_id}/take", DoneOut, ADMINISTER, summary="Take a role back", is_keyed=False)  # fmt: skip
def take_role(request: ApiRequest, grant_id: UUID) -> DoneOut:
    """Take a role back from whoever holds it."""
    call = request.auth
    services.revoke_role(grant_id=grant_id, by=call.by.actor, at=call.at)
    return DoneOut(id=grant_id)


@door.act("/org/people/{uuid:person_id}/absences", DoneOut, ADMINISTER, summary="Enter an absence", is_keyed=False)  # fmt: skip
def enter_absence(request: ApiRequest, person_id: UUID, body: AbsenceIn) -> DoneOut:
    """Say when somebody is away and who acts meanwhile; oneself, or an administrator."""
    call = request.auth
    given = body.model_dump(exclude={"limit"})
    limit = body.limit.money("limit") if body.limit else None
    absence = Absence(absentee_id=person_id, limit=limit, **given)
    return _done(services.set_deputy(absence=absence, by=call.by.actor, at=call.at))


@door.act("/org/absences/{uuid:absence_id}/end", DoneOut, ADMINISTER, summary="End an absence", is_keyed=False)  # fmt: skip
def end_absence(request: ApiRequest, absence_id: UUID) -> DoneOut:
    """End an absence at once."""
    call = request.auth
    services.cancel_deputy(deputyship_id=absence_id, by=call.by.actor, at=call.at)
    return DoneOut(id=absence_id)


@door.act("/org/people/{uuid:person_id}/exceptions", DoneOut, ADMINISTER, summary="Allow an exception", is_keyed=False)  # fmt: skip
def allow_exception(request: ApiRequest, person_id: UUID, body: PermitIn) -> DoneOut:
    """Except somebody from a rule about duties for some days."""
    call = request.auth
    permit = Permit(person_id=person_id, **body.model_dump())
    return _done(services.allow_exception(permit=permit, by=call.by.actor, at=call.at))


@door.act("/org/exceptions/{uuid:exception_id}/end", DoneOut, ADMINISTER, summary="End an exception", is_keyed=False)  # fmt: skip
def end_exception(request: ApiRequest, exception_id: UUID) -> DoneOut:
    """End an exception at once."""
    call = request.auth
    services.end_exception(exception_id=exception_id, by=call.by.actor, at=call.at)
    return DoneOut(id=exception_id)


@door.act("/org/people/{uuid:person_id}/leave", LeftOut, ADMINISTER, summary="Switch a person off", is_keyed=False)  # fmt: skip
def leave_company(request: ApiRequest, person_id: UUID, body: HeirsIn) -> LeftOut:
    """Pass on everything a person holds and switch them off, in one act."""
    call = request.auth
    heirs = leaving.Heirs(**body.model_dump())
    moved = leaving.leave(person_id=person_id, by=call.by, at=call.at, heirs=heirs)
    return LeftOut(tasks_moved=moved)


@door.act("/org/people/{uuid:person_id}/come-back", StaffOut, ADMINISTER, summary="Switch a person on again", is_keyed=False)  # fmt: skip
def come_back(request: ApiRequest, person_id: UUID) -> StaffOut:
    """Let somebody in again."""
    call = request.auth
    services.reactivate_person(person_id=person_id, by=call.by.actor, at=call.at)
    return _person(queries.person_card(person_id=person_id))


@door.read("/org/departments", list[DepartmentOut], summary="Departments")
def list_departments(request: ApiRequest) -> list[DepartmentOut]:
    """Return all departments with their heads, to administrators and auditors."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    return [DepartmentOut.model_validate(one) for one in queries.departments()]


@door.act("/org/departments", DoneOut, ADMINISTER, summary="Add a department", is_keyed=False)
def create_department(request: ApiRequest, body: DepartmentIn) -> DoneOut:
    """Add a department."""
    call = request.auth
    made = services.save_department(
        department_id=None, **body.model_dump(), by=call.by.actor, at=call.at
    )
    return DoneOut(id=made)


@door.act(
    "/org/departments/{uuid:department_id}",
    DoneOut,
    ADMINISTER,
    summary="Change a department",
    is_keyed=False,
)
def change_department(request: ApiRequest, department_id: UUID, body: DepartmentIn) -> DoneOut:
    """Give a department a new name, place and head."""
    call = request.auth
    services.save_department(
        department_id=department_id, **body.model_dump(), by=call.by.actor, at=call.at
    )
    return DoneOut(id=department_id)


def _done(result: UUID | Waiting | None) -> DoneOut:
    return DoneOut(waiting=result.id) if isinstance(result, Waiting) else DoneOut(id=result)


def _absences(rows: tuple[Deputyship, ...]) -> list[AbsenceOut]:
    return [AbsenceOut.model_validate(row) for row in rows]


def _person(card: PersonCard) -> StaffOut:
    fields = {name: getattr(card.fields, name) for name in NewPersonIn.model_fields}
    limits = [
        LimitOut.model_validate({"doctype": one.doctype, "amount": Money(one.amount_minor, one.currency)})
        for one in card.limits
    ]  # fmt: skip
    return StaffOut(
        id=card.id,
        **fields,
        is_active=card.is_active,
        last_login=card.last_login,
        roles=[RoleGrantOut.model_validate(one) for one in card.grants],
        limits=limits,
        deputies=_absences(card.deputies),
        acts_for=_absences(card.acts_for),
        exceptions=[ExceptionOut.model_validate(one) for one in card.exceptions],
    )
