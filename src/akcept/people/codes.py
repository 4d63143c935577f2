"""The codes stored about people; their words are in `labels`."""

from __future__ import annotations

from enum import StrEnum


class PersonKind(StrEnum):
    """Where a person stands."""

    INTERNAL = "INTERNAL"
    EXTERNAL = "EXTERNAL"


class Right(StrEnum):
    """What a role lets people do; what it is called is the company's business."""

    PAY = "PAY"
    SEE_CASES = "SEE_CASES"
    AUDIT = "AUDIT"
    ADMINISTER = "ADMINISTER"
    OWN_ROUTES = "OWN_ROUTES"
    EDIT_PARTIES = "EDIT_PARTIES"
    VERIFY_ACCOUNTS = "VERIFY_ACCOUNTS"
    RECORD_RETURN = "RECORD_RETURN"
    EXPORT = "EXPORT"
    OVERRIDE = "OVERRIDE"
    HANDLE_INTAKE = "HANDLE_INTAKE"


class TokenScope(StrEnum):
    """What an API token may be used for."""

    READ = "READ"
    DRAFT = "DRAFT"
    DECIDE = "DECIDE"
    PAY = "PAY"
    ADMINISTER = "ADMINISTER"


class Theme(StrEnum):
    """By day or by night; AUTO leaves it to the machine."""

    AUTO = "AUTO"
    LIGHT = "LIGHT"
    DARK = "DARK"


class Hint(StrEnum):
    """What a newcomer is told once, on the page it is about."""

    FEED = "FEED"
    TASKS = "TASKS"
    REGISTRY = "REGISTRY"
    CALENDAR = "CALENDAR"
    CARD = "CARD"


class ChangeState(StrEnum):
    """Where a change stands that needs a second person."""

    WAITING = "WAITING"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"
