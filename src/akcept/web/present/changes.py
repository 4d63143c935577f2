"""Changes that wait for a second person, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from akcept.cases.confirming import WaitingChange
from akcept.company import queries as company
from akcept.engine.routes import RouteVersion
from akcept.people import queries
from akcept.people.codes import Right
from akcept.people.duties import RuleCode
from akcept.people.labels import CHANGE_STATES, CHANGES, RIGHTS, RULES
from akcept.people.proposals import Change, Difference, Proposal
from akcept.routes import definitions
from akcept.routes import queries as routes
from akcept.routes.guarding import Guarded
from akcept.routes.replays import IN_USE, OUT_OF_USE
from akcept.web.present import written
from akcept.web.present.routing import names_of
from akcept.wording import routes as wording

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
    "definition": _("What the route says"),
    "order": _("Order"),
    "use": _("State"),
    "default": pgettext_lazy("which route", "Default one"),
}
WRITTEN: Mapping[str, Callable[[str], str]] = {
    "limits": written.limits,
    "limit": written.limit_by_order,
    "days": written.days,
    "scope": written.scope,
}
USES = {IN_USE: pgettext_lazy("route", "in use"), OUT_OF_USE: _("out of use")}
# Changes of rooms that people know nothing of.
OTHERS = {
    Guarded.PUBLISH_ROUTE: _("Publish a route"),
    Guarded.SET_LIST: _("Change the sequential approval"),
    Guarded.REORDER_ROUTES: _("Change the order of routes"),
    Guarded.RETIRE_ROUTE: _("Take a route out of use"),
    Guarded.BRING_BACK_ROUTE: _("Use a route again"),
    Guarded.MAKE_DEFAULT: _("Make another route the default one"),
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
    subject: str
    author: str
    state: Promise | str
    by: str
    at: datetime | None
    remark: str


def waiting(changes: Iterable[WaitingChange], reader: UUID) -> list[Shown]:
    """Return what waits, as the reader sees it."""
    known = list(changes)
    names = _names() if known else {}
    return [
        Shown(
            id=one.proposal.id,
            title=title(one.proposal.command),
            subject=names.get(one.shown.subject, one.shown.subject),
            author=one.proposal.author,
            at=one.proposal.proposed_at,
            lines=tuple(_line(found, names) for found in one.shown.differences),
            is_own=one.proposal.author_id == reader,
        )
        for one in known
    ]


def settled(proposals: Iterable[Proposal]) -> list[Settled]:
    """Return what was settled, with whom or what it was about."""
    known = list(proposals)
    names = _names() | _people(known) if known else {}
    return [
        Settled(
            title(one.command),
            names.get(_about(one), ""),
            one.author,
            CHANGE_STATES[one.state],
            one.settled_by,
            one.settled_at,
            one.remark,
        )
        for one in known
    ]


def title(command: str) -> Promise | str:
    """Say what kind of change it is."""
    return CHANGES[Change(command)] if command in list(Change) else OTHERS.get(command, command)


def _line(found: Difference, names: dict[str, str]) -> Line:
    label = FIELDS.get(found.field, found.field)
    return Line(label, _words(found.field, found.old, names), _words(found.field, found.new, names))


def _words(field: str, value: str | None, names: dict[str, str]) -> str:
    if value is None:
        return NOTHING
    if field in WRITTEN:
        return WRITTEN[field](value)
    match field:
        case "role":
            code, *where = value.split(" · ")
            return " · ".join([names.get(code, code), *where])
        case "rights":
            return ", ".join(str(RIGHTS[Right(one)]) for one in value.split(", ") if one) or NOTHING
        case "rule":
            return str(RULES[RuleCode(value)])
        case "order" | "default":
            return ", ".join(names.get(code, code) for code in value.split(", "))
        case "use":
            return str(USES[value])
        case "definition":
            return _route(definitions.parse(json.loads(value), is_draft=True))
        case _:
            return value


def _route(version: RouteVersion) -> str:
    """Say what a route says in one line: when it applies, who decides, and how."""
    names, currency = names_of([version]), company.settings_of().base_currency
    when = ", ".join(wording.condition(row, names, currency) for row in version.conditions)
    stages = (", ".join(wording.stage_lines(stage, names, currency)) for stage in version.stages)
    return ": ".join(filter(None, (when, " → ".join(stages))))


def _about(one: Proposal) -> str:
    """Return the id or the code of the person, route or role that a change is about."""
    given = one.arguments
    said = (given.get(name) for name in ("person_id", "absentee_id", "route_id", "code"))
    return str(next(filter(None, said), ""))


def _people(known: Iterable[Proposal]) -> dict[str, str]:
    about = {_about(one) for one in known if {"person_id", "absentee_id"} & one.arguments.keys()}
    found = queries.picks(person_ids=[UUID(one) for one in about])
    return {str(one.id): one.name for one in found.values()}


def _names() -> dict[str, str]:
    """Return the names of routes and roles, by code; routes by id, too."""
    russian = get_language() == "ru"
    lines = routes.route_lines()
    named = {key: wording.name(line) for line in lines for key in (line.code, str(line.id))}
    return named | {
        role.code: role.name_ru if russian else role.name_en for role in queries.roles()
    }
