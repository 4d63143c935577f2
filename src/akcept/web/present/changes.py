"""Changes that wait for a second person, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from akcept.cases.confirming import WaitingChange
from akcept.people import queries
from akcept.people.codes import Right
from akcept.people.duties import RuleCode
from akcept.people.labels import CHANGE_STATES, CHANGES, RIGHTS, RULES
from akcept.people.proposals import Change, Difference, Proposal

NOTHING = "—"
FIELDS = {
    "role": _("Role"),
    "rights": _("Rights"),
    "people": _("People"),
    "limits": _("Limits of approval"),
    "deputy": _("Deputy"),
    "days": _("Days"),
    "scope": _("Only for"),
    "limit": _("Limit by order"),
    "rule": _("Rule"),
    "documents": _("Documents"),
    "reason": _("Reason"),
}
# Changes of rooms that people know nothing of.
OTHERS = {
    "PUBLISH_ROUTE": _("Publish a route"),
    "SET_LIST": _("Change the sequential approval"),
    "MOVE_CASES": _("Move documents to the published version of their route"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that would differ."""

    label: Promise | str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One change that waits."""

    id: UUID
    title: Promise | str
    subject: str
    author: str
    at: datetime
    lines: tuple[Line, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """One change with what became of it."""

    title: Promise | str
    author: str
    state: Promise | str
    by: str
    at: datetime | None
    remark: str


def waiting(changes: Iterable[WaitingChange], reader: UUID) -> list[Shown]:
    """Return what waits, as the reader sees it."""
    roles = _roles()
    return [
        Shown(
            id=one.proposal.id,
            title=title(one.proposal.command),
            subject=roles.get(one.shown.subject, one.shown.subject),
            author=one.proposal.author,
            at=one.proposal.proposed_at,
            lines=tuple(_line(found, roles) for found in one.shown.differences),
            is_own=one.proposal.author_id == reader,
        )
        for one in changes
    ]


def settled(proposals: Iterable[Proposal]) -> list[Settled]:
    """Return what was settled."""
    return [
        Settled(
            title(one.command),
            one.author,
            CHANGE_STATES[one.state],
            one.settled_by,
            one.settled_at,
            one.remark,
        )
        for one in proposals
    ]


def title(command: str) -> Promise | str:
    """Say what kind of change it is."""
    return CHANGES[Change(command)] if command in list(Change) else OTHERS.get(command, command)


def _line(found: Difference, roles: dict[str, str]) -> Line:
    label = FIELDS.get(found.field, found.field)
    return Line(label, _words(found.field, found.old, roles), _words(found.field, found.new, roles))


def _words(field: str, value: str | None, roles: dict[str, str]) -> str:
    if value is None:
        return NOTHING
    match field:
        case "role":
            code, *where = value.split(" · ")
            return " · ".join([roles.get(code, code), *where])
        case "rights":
            return ", ".join(str(RIGHTS[Right(one)]) for one in value.split(", ") if one) or NOTHING
        case "rule":
            return str(RULES[RuleCode(value)])
        case _:
            return value


def _roles() -> dict[str, str]:
    russian = get_language() == "ru"
    return {role.code: role.name_ru if russian else role.name_en for role in queries.roles()}
