"""A route as data: conditions, then stages. Published versions never change.

Conditions read the routing card: what is known of a document when it is sent, under the names below and the codes of
its type's own fields. An amount is in minor units of the base currency; a sequence (the initiator's department with
all above it) meets a condition if one of its values does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from akcept.engine.values import Json


class ApprovalType(StrEnum):
    """How the approvers of a document are found; a field of the card and a condition of routes."""

    HIERARCHY = "HIERARCHY"
    LIST = "LIST"
    MY_CHOICE = "MY_CHOICE"


class Who(StrEnum):
    """Where the people of a stage come from."""

    HIERARCHY = "HIERARCHY"
    NAMED = "NAMED"
    MY_CHOICE = "MY_CHOICE"
    ROLE = "ROLE"
    HEAD = "HEAD"
    COST_CENTRE_OWNER = "COST_CENTRE_OWNER"


class How(StrEnum):
    """How many of the people of a stage have to agree, and in what order they are asked."""

    IN_TURN = "IN_TURN"
    ALL = "ALL"
    ANY = "ANY"
    N_OF_M = "N_OF_M"


class Reach(StrEnum):
    """How far up a hierarchy stage goes: to the top, to the first sufficient limit, so many levels."""

    TOP = "TOP"
    LIMIT = "LIMIT"
    LEVELS = "LEVELS"


class AtDeadline(StrEnum):
    """What happens when nobody decided in time; never a decision."""

    REMIND = "REMIND"
    ESCALATE = "ESCALATE"
    DEPUTY = "DEPUTY"


class OnReturn(StrEnum):
    """Whether a return stops a stage at once or waits for the remarks of the others."""

    STOP = "STOP"
    COLLECT = "COLLECT"


class Op(StrEnum):
    """How a condition compares."""

    IN = "IN"
    NOT_IN = "NOT_IN"
    AT_LEAST = "AT_LEAST"
    BELOW = "BELOW"
    MISSING = "MISSING"
    PRESENT = "PRESENT"
    IS_SET = "IS_SET"


# What the routing card adds to a document's own fields, each with the fields of the card that it follows from.
FOLLOWS_FROM: Mapping[str, tuple[str, ...]] = {
    "doctype": (),
    "amount": ("amount", "currency"),
    "counterparty_group": ("counterparty",),
    "department": (),
    "new_counterparty": ("counterparty",),
    "unverified_account": ("account",),
    "account_differs": ("counterparty", "account"),
    "duplicate": (),
}
FLAGS = ("new_counterparty", "unverified_account", "account_differs", "duplicate")


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand on the routing card."""

    field: str
    op: Op
    values: tuple[str | int, ...] = ()

    def holds(self, card: Mapping[str, Json]) -> bool:
        """Say whether a document meets it."""
        return HOLDS[self.op](card.get(self.field), self.values)


def _is_among(found: Json, values: tuple[str | int, ...]) -> bool:
    if isinstance(found, Sequence) and not isinstance(found, str):
        return any(value in values for value in found)
    return found in values


# Thousands are asked of one document, so by the name of the operation at once.
HOLDS: Mapping[str, Callable[[Json, tuple[str | int, ...]], bool]] = {
    Op.IN: _is_among,
    Op.NOT_IN: lambda found, values: not _is_among(found, values),
    Op.AT_LEAST: lambda found, values: isinstance(found, int) and found >= int(values[0]),
    Op.BELOW: lambda found, values: isinstance(found, int) and found < int(values[0]),
    Op.MISSING: lambda found, _: not found,
    Op.PRESENT: lambda found, _: bool(found),
    Op.IS_SET: lambda found, _: bool(found),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a route: who is asked, how they agree, and what is demanded of them.

    `needed` counts persons in N_OF_M, `hours` are working hours of the holder, an empty `vouches_for` means everything.
    """

    code: str
    name_en: str = ""
    name_ru: str = ""
    who: Who = Who.NAMED
    people: tuple[str, ...] = ()
    role: str = ""
    department: str | None = None
    reach: Reach = Reach.TOP
    levels: int = 0
    pool: tuple[str, ...] = ()
    how: How = How.IN_TURN
    needed: int = 0
    conditions: tuple[Condition, ...] = ()
    hours: int | None = None
    at_deadline: AtDeadline = AtDeadline.REMIND
    needs_remark: bool = False
    needs_file: bool = False
    on_return: OnReturn = OnReturn.STOP
    vouches_for: tuple[str, ...] = ()

    def unmet(self, card: Mapping[str, Json]) -> Condition | None:
        """Return the first condition that keeps the stage out of a document's way, None when it applies."""
        return next((row for row in self.conditions if not row.holds(card)), None)


@dataclass(frozen=True, slots=True)
class RouteVersion:
    """An immutable published route.

    `payer_role`: who pays; empty for whoever may. `resumes`: what nobody changed goes on with whoever returned it.
    `partial_rework`: a correction voids only the approvals that vouch for what was changed.
    """

    id: str
    route: str
    number: int
    stages: tuple[Stage, ...]
    priority: int = 100
    conditions: tuple[Condition, ...] = ()
    is_default: bool = False
    payer_role: str = ""
    resumes: bool = False
    partial_rework: bool = False

    def applies_to(self, card: Mapping[str, Json]) -> bool:
        """Say whether the document meets every condition."""
        return all(condition.holds(card) for condition in self.conditions)

    @property
    def reads(self) -> tuple[str, ...]:
        """Return the fields of the card on which this route and its stages depend."""
        conditions = (*self.conditions, *(row for stage in self.stages for row in stage.conditions))
        return tuple(
            sorted(
                {code for row in conditions for code in FOLLOWS_FROM.get(row.field, (row.field,))}
            )
        )


def choose(routes: tuple[RouteVersion, ...], card: Mapping[str, Json]) -> RouteVersion | None:
    """Return the first applicable route by priority, else the default one, else None."""
    ordered = sorted(routes, key=lambda route: (route.priority, route.route))
    for route in ordered:
        if route.applies_to(card):
            return route
    return next((route for route in ordered if route.is_default), None)
