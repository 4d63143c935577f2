"""What can be said about people; a person's own fields are checked one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from akcept.company import calendars
from akcept.engine.money import Money
from akcept.engine.refusals import InvalidInput
from akcept.kit import codes, text
from akcept.people.codes import PersonKind, Theme
from akcept.people.duties import RuleCode

LANGUAGES = ("en", "ru")
Value = str | int | bool | UUID | None


@dataclass(frozen=True, slots=True)
class PersonFields:
    """Everything an administrator says about a person."""

    name: str
    email: str | None = None
    kind: PersonKind = PersonKind.INTERNAL
    position: str = ""
    department_id: UUID | None = None
    manager_id: UUID | None = None
    # Decides on this person's own documents where nobody stands above.
    peer_id: UUID | None = None
    language: str = "en"
    time_zone: str = "UTC"
    working_calendar: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest amount somebody may approve, for one document type or (empty) for all."""

    amount_minor: int
    currency: str
    doctype: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Who is away, who acts meanwhile, and how far that goes."""

    absentee_id: UUID
    # None: away, and nobody acts.
    deputy_id: UUID | None
    starts_on: date
    ends_on: date
    entity_id: UUID | None = None
    # Empty: every document type.
    doctype: str = ""
    # None: after those already named for these days.
    position: int | None = None
    # None: the lower limit of the two counts. Another one needs an order.
    limit: Money | None = None
    order_number: str = ""
    order_date: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Permit:
    """For how long somebody is excepted from a rule about duties, for one payer or (None) for all, and why."""

    person_id: UUID
    starts_on: date
    ends_on: date
    reason: str
    entity_id: UUID | None = None
    rule: RuleCode = RuleCode.OWN_PAYMENT


# What people say about themselves.
PROFILE = frozenset({"language", "time_zone", "undo_seconds", "single_keys", "theme"})


def checked(changes: Mapping[str, object]) -> dict[str, Value]:
    """Return the fields cleaned; InvalidInput names every field that cannot be accepted."""
    cleaned: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for name, value in changes.items():
        if name not in CHECKS:
            errors[name] = "UNKNOWN_FIELD"
            continue
        try:
            cleaned[name] = CHECKS[name](value)
        except ValueError as error:
            errors[name] = str(error)
    if errors:
        raise InvalidInput(errors)
    return cleaned


def _name(value: object) -> str:
    name = text.clean_text(str(value or ""), max_length=200)
    if not name:
        raise ValueError("REQUIRED")
    return name


def _email(value: object) -> str | None:
    email = text.clean_text(str(value or ""), max_length=254).lower()
    if not email:
        return None
    try:
        validate_email(email)
    except ValidationError:
        raise ValueError("EMAIL_WRONG") from None
    return email


def _position(value: object) -> str:
    return text.clean_text(str(value or ""), max_length=200)


def _kind(value: object) -> str:
    if value not in list(PersonKind):
        raise ValueError("UNKNOWN_KIND")
    return str(value)


def _row(value: object) -> UUID | None:
    if value is None or isinstance(value, UUID):
        return value
    raise ValueError("UNKNOWN_ID")


def _language(value: object) -> str:
    if value not in LANGUAGES:
        raise ValueError("UNKNOWN_LANGUAGE")
    return str(value)


def _time_zone(value: object) -> str:
    if value not in codes.time_zones():
        raise ValueError("UNKNOWN_TIME_ZONE")
    return str(value)


def _working_calendar(value: object) -> str:
    if value and not calendars.is_known(str(value)):
        raise ValueError("UNKNOWN_CALENDAR")
    return str(value or "")


def _undo_seconds(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("NOT_A_NUMBER")
    if not 0 <= value <= 60:
        raise ValueError("OUT_OF_RANGE")
    return value


def _theme(value: object) -> str:
    if value not in list(Theme):
        raise ValueError("UNKNOWN_THEME")
    return str(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("NOT_A_FLAG")
    return value


CHECKS: Mapping[str, Callable[[object], Value]] = {
    "name": _name,
    "email": _email,
    "kind": _kind,
    "position": _position,
    "department_id": _row,
    "manager_id": _row,
    "peer_id": _row,
    "language": _language,
    "time_zone": _time_zone,
    "working_calendar": _working_calendar,
    "undo_seconds": _undo_seconds,
    "single_keys": _flag,
    "theme": _theme,
}
