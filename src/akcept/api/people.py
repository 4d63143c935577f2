"""Who works in the company and what they may do, for programs of administrators."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from ninja import Status

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import shallow
from akcept.api.people_shapes import (
    AbsenceIn,
    AbsenceOut,
    DepartmentIn,
    DepartmentOut,
    DoneOut,
    ExceptionOut,
    HeirsIn,
    LeftOut,
    LimitIn,
    LimitOut,
    NewPersonIn,
    PermitIn,
    PersonChangesIn,
    RoleGrantOut,
    RoleIn,
    RoleOut,
    RoleRightsIn,
    StaffOut,
)
from akcept.cases import leaving
from akcept.engine.money import Money
from akcept.journal.repeats import First
from akcept.people import access, queries, services
from akcept.people.cards import PersonCard
from akcept.people.codes import TokenScope
from akcept.people.deputies import Deputyship
from akcept.people.fields import Absence, Limit, Permit, PersonFields
from akcept.people.proposals import Waiting

door = Door(tags=["People"])
ADMINISTER = TokenScope.ADMINISTER
# Where the entry of an act says what it has made.
MADE = {
    "ROLE_GRANTED": "grant",
    "DEPUTY_SET": "deputyship",
    "EXCEPTION_ALLOWED": "exception",
    "DEPARTMENT_CREATED": "department",
}


@door.read("/org/people/{uuid:person_id}", StaffOut, summary="Everything set up about a person")
def show_person(request: ApiRequest, person_id: UUID) -> StaffOut:
    """Return a person with roles, limits, deputies and exceptions, to themselves, administrators and auditors."""
    call = request.auth
    return _person(access.person_card(person_id=person_id, by=call.by.actor, at=call.at))


@door.act("/org/people", StaffOut, ADMINISTER, summary="Add a person", status=201)
def create_person(request: ApiRequest, body: NewPersonIn) -> Status[StaffOut]:
    """Add a person without a log-in."""
    call = request.auth
    person = PersonFields(**body.model_dump())

    def work() -> UUID:
        return services.create_person(person=person, by=call.by.actor, at=call.at)

    made = call.once(request, work, lambda first: first.chain_id)
    return Status(201, _person(queries.person_card(person_id=made)))


@door.act(
    "/org/people/{uuid:person_id}",
    StaffOut,
    ADMINISTER,
    summary="Change a person",
    method="PATCH",
)
def change_person(request: ApiRequest, person_id: UUID, body: PersonChangesIn) -> StaffOut:
    """Change the fields that are given."""
    call = request.auth
    changes = body.model_dump(exclude_unset=True)

    def work() -> None:
        services.change_person(person_id=person_id, changes=changes, by=call.by.actor, at=call.at)

    call.once(request, work, _nothing)
    return _person(queries.person_card(person_id=person_id))


@door.act("/org/people/{uuid:person_id}/limits", DoneOut, ADMINISTER, summary="Set limits of approval")  # fmt: skip
def set_limits(request: ApiRequest, person_id: UUID, body: list[LimitIn]) -> DoneOut:
    """Replace the limits of a person, per currency and document type."""
    limits = [
        Limit(money.minor, money.currency, one.doctype)
        for one in body
        for money in [one.amount.money("amount")]
    ]
    act = partial(services.set_limits, person_id=person_id, limits=limits)
    return _once(request, act)


@door.act("/org/people/{uuid:person_id}/roles", DoneOut, ADMINISTER, summary="Give a role")  # fmt: skip
def give_role(request: ApiRequest, person_id: UUID, body: RoleIn) -> DoneOut:
    """Give a person a role, for one payer or all, in one department or all."""
    return _once(request, partial(services.grant_role, person_id=person_id, **body.model_dump()))


@door.read("/org/roles", list[RoleOut], summary="Roles with their rights")
def list_roles(request: ApiRequest) -> list[RoleOut]:
    """Return all roles, to administrators and auditors."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    return [RoleOut.model_validate(shallow(one) | {"rights": sorted(one.rights)}) for one in queries.roles()]  # fmt: skip


@door.act("/org/roles", DoneOut, ADMINISTER, summary="Add or change a role")
def save_role(request: ApiRequest, body: RoleRightsIn) -> DoneOut:
    """Give the role of a code its names and rights; a right for oneself waits for a second person."""
    return _once(request, partial(services.save_role, **body.model_dump()))


@door.act("/org/roles/{uuid:grant_id}/take", DoneOut, ADMINISTER, summary="Take a role back")  # fmt: skip
def take_role(request: ApiRequest, grant_id: UUID) -> DoneOut:
    """Take a role back from whoever holds it."""
    return _once(request, partial(services.revoke_role, grant_id=grant_id), about=grant_id)


@door.act("/org/people/{uuid:person_id}/absences", DoneOut, ADMINISTER, summary="Enter an absence")  # fmt: skip
def enter_absence(request: ApiRequest, person_id: UUID, body: AbsenceIn) -> DoneOut:
    """Say when somebody is away and who acts meanwhile; oneself, or an administrator."""
    given = body.model_dump(exclude={"limit"})
    limit = body.limit.money("limit") if body.limit else None
    absence = Absence(absentee_id=person_id, limit=limit, **given)
    return _once(request, partial(services.set_deputy, absence=absence))


@door.act("/org/absences/{uuid:absence_id}/end", DoneOut, ADMINISTER, summary="End an absence")  # fmt: skip
def end_absence(request: ApiRequest, absence_id: UUID) -> DoneOut:
    """End an absence at once."""
    act = partial(services.cancel_deputy, deputyship_id=absence_id)
    return _once(request, act, about=absence_id)


@door.act("/org/people/{uuid:person_id}/exceptions", DoneOut, ADMINISTER, summary="Allow an exception")  # fmt: skip
def allow_exception(request: ApiRequest, person_id: UUID, body: PermitIn) -> DoneOut:
    """Except somebody from a rule about duties for some days."""
    permit = Permit(person_id=person_id, **body.model_dump())
    return _once(request, partial(services.allow_exception, permit=permit))


@door.act("/org/exceptions/{uuid:exception_id}/end", DoneOut, ADMINISTER, summary="End an exception")  # fmt: skip
def end_exception(request: ApiRequest, exception_id: UUID) -> DoneOut:
    """End an exception at once."""
    act = partial(services.end_exception, exception_id=exception_id)
    return _once(request, act, about=exception_id)


@door.act("/org/people/{uuid:person_id}/leave", LeftOut, ADMINISTER, summary="Switch a person off", is_keyed=False)  # fmt: skip
def leave_company(request: ApiRequest, person_id: UUID, body: HeirsIn) -> LeftOut:
    """Pass on everything a person holds and switch them off, in one act."""
    call = request.auth
    heirs = leaving.Heirs(**body.model_dump())
    moved = leaving.leave(person_id=person_id, by=call.by, at=call.at, heirs=heirs)
    return LeftOut(tasks_moved=moved)


@door.act("/org/people/{uuid:person_id}/come-back", StaffOut, ADMINISTER, summary="Switch a person on again")  # fmt: skip
def come_back(request: ApiRequest, person_id: UUID) -> StaffOut:
    """Let somebody in again."""
    call = request.auth

    def work() -> None:
        services.reactivate_person(person_id=person_id, by=call.by.actor, at=call.at)

    call.once(request, work, _nothing)
    return _person(queries.person_card(person_id=person_id))


@door.read("/org/departments", list[DepartmentOut], summary="Departments")
def list_departments(request: ApiRequest) -> list[DepartmentOut]:
    """Return all departments with their heads, to administrators and auditors."""
    call = request.auth
    access.require_looking(by=call.by.actor, at=call.at)
    return [DepartmentOut.model_validate(one) for one in queries.departments()]


@door.act("/org/departments", DoneOut, ADMINISTER, summary="Add a department")
def create_department(request: ApiRequest, body: DepartmentIn) -> DoneOut:
    """Add a department."""
    return _once(
        request, partial(services.save_department, department_id=None, **body.model_dump())
    )


@door.act(
    "/org/departments/{uuid:department_id}",
    DoneOut,
    ADMINISTER,
    summary="Change a department",
)
def change_department(request: ApiRequest, department_id: UUID, body: DepartmentIn) -> DoneOut:
    """Give a department a new name, place and head."""
    act = partial(services.save_department, department_id=department_id, **body.model_dump())
    return _once(request, act, about=department_id)


def _once(
    request: ApiRequest,
    act: Callable[..., UUID | Waiting | None],
    *,
    about: UUID | None = None,
) -> DoneOut:
    """Carry out an act in the caller's name once; `about`: what the address already names."""
    call = request.auth

    def work() -> DoneOut:
        done = act(by=call.by.actor, at=call.at)
        if isinstance(done, Waiting):
            return DoneOut(waiting=done.id)
        return DoneOut(id=about or done)

    def again(first: First) -> DoneOut:
        if first.kind == "CHANGE_PROPOSED":
            return DoneOut(waiting=first.data["change"])
        return DoneOut(id=about or first.data.get(MADE.get(first.kind, "")))

    return call.once(request, work, again)


def _nothing(_first: First) -> None:
    """Answer a repeat with what is read anyway."""


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
