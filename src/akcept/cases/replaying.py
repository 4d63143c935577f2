"""Past documents sent again, in thought: what a route that is not published yet would have changed.

People, roles, limits and the other routes are those of today; the amount in the base currency is the one that was fixed
when a document was sent. What only a moment knew (the payee was new, the account not verified yet) counts as not so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from akcept.cases import access, naming, rows
from akcept.cases.cards import PersonChip
from akcept.cases.models import Case as Row
from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.engine.case import Case, SeatState
from akcept.engine.money import Money
from akcept.engine.org import Org
from akcept.engine.routes import RouteVersion, choose
from akcept.engine.routing import Document, Resolution, resolve
from akcept.engine.values import Json
from akcept.parties import queries as parties
from akcept.people import org
from akcept.people.askers import Asker
from akcept.people.limits import InBase
from akcept.people.models import RoleGrant
from akcept.routes import access as routes
from akcept.routes import queries

# A page waits for the answer; more would be read for longer than anybody waits.
MOST = 2000
CHUNK = 200
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Way:
    """Where a document goes: by which route, and who decides; nobody at all where a seat stays empty."""

    route: str
    people: tuple[str, ...]
    has_nobody: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A past document that would go another way; `case_id` is None where the asker may not see it."""

    case_id: UUID | None
    doctype: str
    number: int
    route_before: str
    route_after: str
    gained: tuple[PersonChip, ...]
    lost: tuple[PersonChip, ...]


@dataclass(frozen=True, slots=True)
class Burden:
    """How many past documents a person would decide on, before and after."""

    person: PersonChip
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Replay:
    """What would become of past documents; `is_capped` where there are more than were read."""

    total: int
    is_capped: bool
    routes: tuple[tuple[str, int, int], ...]
    nobody: tuple[int, int]
    burdens: tuple[Burden, ...]
    changed_count: int
    changed: tuple[Changed, ...]


def replay(*, route_id: UUID, by: Asker, at: datetime) -> Replay:
    """Send the past documents again with the draft of a route, newest first, 2 000 at most.

    Refuses an unknown route and whoever may not look at routes.
    """
    routes.require_looking(by=by.actor, at=at)
    line = queries.route_line(route_id=route_id)
    before, after = queries.current(), queries.with_version(line.latest)
    world = _World.gather(at)
    open_types = [card.code for card in doctypes.type_cards() if not card.is_confidential]
    past = Row.objects.filter(doctype__in=open_types, round__gt=0).order_by("-id")
    ids = list(past.values_list("id", flat=True)[: MOST + 1])
    ways: list[tuple[UUID, Case, Way, Way]] = []
    for key, case in _cases(ids[:MOST]):
        card, document = world.document(case)
        ways.append(
            (
                key,
                case,
                _way(before, card, document, world.org),
                _way(after, card, document, world.org),
            )
        )
    return _summed(ways, is_capped=len(ids) > MOST, by=by, at=at)


def _cases(ids: list[UUID]) -> Iterator[tuple[UUID, Case]]:
    for start in range(0, len(ids), CHUNK):
        chunk = Row.objects.filter(id__in=ids[start : start + CHUNK]).order_by("-id")
        for key, fold in chunk.values_list("id", "fold"):
            yield key, rows.unpack(fold)


@dataclass(frozen=True, slots=True)
class _World:
    """Everything that resolving many documents needs, read once."""

    org: Org
    grants: tuple[tuple[str, str, UUID | None, UUID | None], ...]
    owners: Mapping[str, str]
    groups: Mapping[str, str]
    base_currency: str

    @staticmethod
    def gather(at: datetime) -> _World:
        """Read the company as it is now."""
        base = company.settings_of().base_currency
        running = Q(revoked_at=None) | Q(revoked_at__gt=at)
        grants = RoleGrant.objects.filter(running, person__is_active=True)
        centres = doctypes.dictionary(name="COST_CENTRE")
        return _World(
            org=InBase(base, at.date()).chart(org.snapshot()),
            grants=tuple(
                (role, str(person), entity, department)
                for role, person, entity, department in grants.values_list(
                    "role__code", "person_id", "entity_id", "department_id"
                )
            ),
            owners={str(row.id): str(row.owner_id) for row in centres if row.owner_id},
            groups={str(key): group for key, group in parties.group_of_each().items()},
            base_currency=base,
        )

    def document(self, case: Case) -> tuple[Mapping[str, Json], Document]:
        """Return what conditions read of a case, and what routing does."""
        member = self.org.members.get(case.initiator)
        department = member.department if member else None
        base = case.base or Money(0, self.base_currency)
        card: dict[str, Json] = {
            **case.card,
            "doctype": case.doctype,
            "amount": base.minor if case.amount else None,
            "department": self.org.lineage(department),
            "counterparty_group": self.groups.get(str(case.card.get("counterparty"))),
        }
        choice = case.card.get("choice") or ()
        assert isinstance(choice, (list, tuple))
        return card, Document(
            doctype=case.doctype,
            initiator=case.initiator,
            base=base,
            choice=tuple(str(person) for person in choice),
            conflicted=frozenset({case.initiator, *case.authors}),
            card=card,
            roles=self._roles(str(case.card.get("entity") or ""), department),
            cost_centre_owner=self.owners.get(str(case.card.get("cost_centre"))),
        )

    def _roles(self, entity: str, department: str | None) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for role, person, for_entity, for_department in self.grants:
            fits = for_entity is None or str(for_entity) == entity
            if fits and (for_department is None or str(for_department) == department):
                found[role].add(person)
        return {role: tuple(sorted(people)) for role, people in found.items()}


def _way(
    versions: tuple[RouteVersion, ...], card: Mapping[str, Json], document: Document, chart: Org
) -> Way:
    version = choose(versions, card)
    if version is None:
        return Way("", (), has_nobody=True)
    resolution: Resolution = resolve(version, document, chart)
    deciding = [seat for seat in resolution.seats if seat.state is not SeatState.COVERED]
    holders = tuple(seat.holder for seat in deciding if seat.holder)
    return Way(version.route, holders, has_nobody=len(holders) < len(deciding) or not holders)


def _summed(
    ways: list[tuple[UUID, Case, Way, Way]], *, is_capped: bool, by: Asker, at: datetime
) -> Replay:
    old, new = [row[2] for row in ways], [row[3] for row in ways]
    changed = [row for row in ways if row[2] != row[3]]
    visible = Row.objects.filter(access.visible(by=by, at=at))
    seen = set(
        visible.filter(id__in=[row[0] for row in changed[:SHOWN]]).values_list("id", flat=True)
    )
    loads = Counter(one for way in old for one in way.people)
    new_loads = Counter(one for way in new for one in way.people)
    shifted = sorted(
        (one for one in {*loads, *new_loads} if loads[one] != new_loads[one]),
        key=lambda one: (-abs(new_loads[one] - loads[one]), one),
    )[:SHOWN]
    moved = {one for row in changed[:SHOWN] for way in row[2:] for one in way.people}
    people = naming.chips({*shifted, *moved})
    taken, retaken = Counter(way.route for way in old), Counter(way.route for way in new)
    return Replay(
        total=len(ways),
        is_capped=is_capped,
        routes=tuple((code, taken[code], retaken[code]) for code in sorted({*taken, *retaken})),
        nobody=(sum(way.has_nobody for way in old), sum(way.has_nobody for way in new)),
        burdens=tuple(
            Burden(people[one], loads[one], new_loads[one]) for one in shifted if one in people
        ),
        changed_count=len(changed),
        changed=tuple(_changed(row, people, seen) for row in changed[:SHOWN]),
    )


def _changed(
    row: tuple[UUID, Case, Way, Way], people: Mapping[str, PersonChip], seen: set[UUID]
) -> Changed:
    key, case, before, after = row
    gained = [one for one in after.people if one not in before.people]
    lost = [one for one in before.people if one not in after.people]
    return Changed(
        case_id=key if key in seen else None,
        doctype=case.doctype,
        number=case.number,
        route_before=before.route,
        route_after=after.route,
        gained=tuple(people[one] for one in gained if one in people),
        lost=tuple(people[one] for one in lost if one in people),
    )
