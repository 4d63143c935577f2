"""What pickers and pages show of people: frozen cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from akcept.people.codes import Theme
from akcept.people.deputies import Deputyship
from akcept.people.duties import RuleCode
from akcept.people.fields import Limit, PersonFields


@dataclass(frozen=True, slots=True)
class Pick:
    """A person as a picker shows them."""

    id: UUID
    name: str
    short_name: str
    position: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as the list shows them."""

    id: UUID
    name: str
    position: str
    email: str | None
    department: str
    manager: str
    roles: tuple[str, ...]
    is_active: bool
    is_outside: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some people by name; `after` is where the next page begins, None at the end."""

    people: tuple[PersonRow, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class GrantCard:
    """A role somebody holds; None stands for all entities or all departments."""

    id: UUID
    role: str
    name_en: str
    name_ru: str
    entity_id: UUID | None
    entity: str | None
    department_id: UUID | None
    department: str | None


@dataclass(frozen=True, slots=True)
class ExceptionCard:
    """A dated exception from a rule about duties; None stands for all payers."""

    id: UUID
    rule: RuleCode
    entity_id: UUID | None
    entity: str | None
    starts_on: date
    ends_on: date
    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything that is set up about one person."""

    id: UUID
    fields: PersonFields
    short_name: str
    department: str
    manager: str
    peer: str
    undo_seconds: int | None
    single_keys: bool
    theme: Theme
    has_seen_hints: bool
    has_login: bool
    has_feed: bool
    is_active: bool
    last_login: datetime | None
    grants: tuple[GrantCard, ...]
    limits: tuple[Limit, ...]
    deputies: tuple[Deputyship, ...]
    acts_for: tuple[Deputyship, ...]
    exceptions: tuple[ExceptionCard, ...]


@dataclass(frozen=True, slots=True)
class DepartmentCard:
    """A department with its head."""

    id: UUID
    name: str
    parent_id: UUID | None
    head_id: UUID | None
    head: str


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role with its rights."""

    id: UUID
    code: str
    name_en: str
    name_ru: str
    rights: frozenset[str]
