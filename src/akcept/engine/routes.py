"""A route as data: conditions, then stages. Published versions never change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a route, its people deciding one after another."""

    code: str
    who: Who
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RouteVersion:
    """An immutable published route. `conditions` pairs a card field with the value it must have."""

    id: str
    route: str
    number: int
    stages: tuple[Stage, ...]
    priority: int = 100
    conditions: Mapping[str, str] = field(default_factory=dict)
    is_default: bool = False

    def applies_to(self, card: Mapping[str, object]) -> bool:
        """Say whether the document meets every condition."""
        return all(card.get(name) == value for name, value in self.conditions.items())


def choose(routes: tuple[RouteVersion, ...], card: Mapping[str, object]) -> RouteVersion | None:
    """Return the first applicable route by priority, else the default one, else None."""
    ordered = sorted(routes, key=lambda route: (route.priority, route.route))
    for route in ordered:
        if route.applies_to(card):
            return route
    return next((route for route in ordered if route.is_default), None)
