"""The org chart as nested lists, and what is missing in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from akcept.engine.org import Member, Org


@dataclass(frozen=True, slots=True)
class Warned:
    """What is wrong, and with whom."""

    title: str
    people: tuple[Member, ...]


# As many names as a warning can hold.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Branch:
    """Somebody, and who reports to them."""

    id: str
    name: str
    position: str
    below: tuple[Branch, ...]


def chart(org: Org, positions: Mapping[UUID, str]) -> list[Branch]:
    """Return everybody active under whom they report to; those in a loop or under somebody gone stand on top."""
    below: defaultdict[str | None, list[Member]] = defaultdict(list)
    for member in sorted(_colleagues(org), key=lambda one: one.name):
        boss = org.member(member.manager) if member.manager else None
        below[boss.id if boss else None].append(member)
    seen: set[str] = set()

    def branch(member: Member) -> Branch:
        seen.add(member.id)
        lower = tuple(branch(one) for one in below[member.id] if one.id not in seen)
        return Branch(member.id, member.name, positions.get(UUID(member.id), ""), lower)

    tops = [branch(member) for member in below[None]]
    # Whoever is in a circle hangs below nobody who was seen.
    rest = sorted((one for row in below.values() for one in row), key=lambda one: one.name)
    return tops + [branch(one) for one in rest if one.id not in seen]


def warnings(org: Org) -> list[Warned]:
    """Return the holes: nobody above and nobody beside, a manager who left, a circle."""
    active = _colleagues(org)
    tops = [one for one in active if org.next_up(one.id) is None]
    orphans = [one for one in active if one.manager and org.member(one.manager) is None]
    circles = [one for one in active if _is_in_circle(org, one)]
    bucket = [one for one in active if not one.department] if org.units else []
    found = [
        (_("Nobody decides on their documents: name a manager, or who decides at the top."), [one for one in tops if not one.peer]),
        (_("Their manager has left."), orphans),
        (_("Their reporting line runs in a circle."), circles),
        (_("They stand in no department."), bucket[:SHOWN]),
    ]  # fmt: skip
    return [Warned(title, tuple(people)) for title, people in found if people]


def _colleagues(org: Org) -> list[Member]:
    """Return who works here: whoever decides from outside reports to nobody."""
    return [one for one in org.members.values() if one.is_active and not one.is_outside]


def _is_in_circle(org: Org, member: Member) -> bool:
    seen: set[str] = set()
    at: str | None = member.id
    while at is not None and at not in seen:
        seen.add(at)
        above = org.member(at)
        at = above.manager if above else None
    return at == member.id
