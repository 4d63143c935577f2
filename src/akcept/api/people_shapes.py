"""The shapes of people and of what they may do, as programs give and get them."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from akcept.api.given import Moment, MoneyOut, Out
from akcept.api.taken import Day, Id, In, Line, MoneyIn
from akcept.people.codes import PersonKind, Right
from akcept.people.duties import RuleCode

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


class RoleRightsIn(In):
    """A role by its code: known, it is changed; else it is added."""

    code: Annotated[str, Field(max_length=40)]
    name_en: Line
    name_ru: Line
    may: list[Right]


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


class RoleOut(Out):
    code: str
    name_en: str
    name_ru: str
    rights: list[Right]


class LeftOut(Out):
    tasks_moved: int
