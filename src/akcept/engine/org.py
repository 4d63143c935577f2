"""The company as the rules see it: who reports to whom, who heads what, up to which amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from akcept.engine.money import Money


@dataclass(frozen=True, slots=True)
class Member:
    """A person as of now. `limits` pairs a document type code ("" for all) with an amount; none stated means none set."""

    id: str
    name: str
    manager: str | None = None
    department: str | None = None
    is_active: bool = True
    peer: str | None = None
    limits: tuple[tuple[str, Money], ...] = ()
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A department with its head and the department above it."""

    id: str
    head: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Org:
    """The whole org chart, frozen."""

    members: Mapping[str, Member]
    units: Mapping[str, Unit]

    def member(self, person: str) -> Member | None:
        """Return the active member, or None for a stranger or somebody deactivated."""
        member = self.members.get(person)
        return member if member and member.is_active else None

    def next_up(self, person: str) -> str | None:
        """Return who is next above: the manager, else the first other head of a department upwards."""
        member = self.members.get(person)
        if member is None:
            return None
        if member.manager:
            return member.manager
        return next((head for head in self._heads(member.department) if head != person), None)

    def head_of(self, unit: str | None) -> str | None:
        """Return the head of a department, else the first of one above it."""
        return next(self._heads(unit), None)

    def lineage(self, unit: str | None) -> tuple[str, ...]:
        """Return a department and all above it, nearest first."""
        found: list[str] = []
        while unit and unit not in found and unit in self.units:
            found.append(unit)
            unit = self.units[unit].parent
        return tuple(found)

    def _heads(self, unit_id: str | None) -> Iterator[str]:
        for unit in self.lineage(unit_id):
            if head := self.units[unit].head:
                yield head

    def climb(self, person: str) -> Climb:
        """Climb from a person to the top, remembering who was visited; a loop ends the climb."""
        visited, path = {person}, []
        above = self.next_up(person)
        while above and above not in visited:
            visited.add(above)
            path.append(above)
            above = self.next_up(above)
        return Climb(path=tuple(path), loop_at=above)


@dataclass(frozen=True, slots=True)
class Climb:
    """The people above somebody, nearest first; `loop_at` names whom a reporting loop led back to."""

    path: tuple[str, ...]
    loop_at: str | None
