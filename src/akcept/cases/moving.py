"""Documents under way moved to the version of their route that is published now: whom it concerns, then the act.

Whoever owns routes sees their names alone, unless they see the documents anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from akcept.cases import access as sight
from akcept.cases import facts, naming, store, world
from akcept.cases.cards import PersonChip
from akcept.cases.models import Case as Row
from akcept.cases.store import Request
from akcept.engine import commands as do
from akcept.engine.case import Case, Seat, SeatState, State, Why
from akcept.engine.decide import decide
from akcept.engine.evolve import Envelope, evolve
from akcept.engine.facts import Facts
from akcept.engine.refusals import InvalidInput, NeedsSecondPerson, NotFound, Refusal
from akcept.engine.routes import How
from akcept.engine.tasks import tasks
from akcept.journal.store import Actor
from akcept.people.askers import Asker
from akcept.people.proposals import Arguments, Difference, Handler, Shown, propose
from akcept.routes import access, queries
from akcept.routes.queries import RouteLine

MOVE = "MOVE_CASES"
AT_ONCE = 30
IDLE = (SeatState.COVERED, SeatState.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class Effect:
    """What would come of a move: who is newly asked, no longer asked, asked again, and who has it then.

    `last`: who was added by hand before others of their stage and would be asked after them.
    """

    state: State
    gains: tuple[PersonChip, ...]
    loses: tuple[PersonChip, ...]
    again: tuple[PersonChip, ...]
    last: tuple[PersonChip, ...]
    then: tuple[PersonChip, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """A document that runs by an older version; without an effect it cannot be moved, `refusal` says why.

    `seen` is what the act has to name, so that nobody moves what they have not looked at.
    """

    id: UUID
    is_visible: bool
    doctype: str
    number: int
    version: int
    seen: int
    effect: Effect | None
    refusal: Refusal | None
    needs_second_person: bool


@dataclass(frozen=True, slots=True)
class RunningPage:
    """What runs by older versions, the oldest documents first; `after`: where the next page begins."""

    version: UUID | None
    total: int
    cases: tuple[Running, ...]
    after: UUID | None


class Result(StrEnum):
    """What became of one document."""

    MOVED = "MOVED"
    WAITING = "WAITING"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Moved:
    """One document of a move with its result; it is WAITING for a second person where the mover would be asked."""

    id: UUID
    doctype: str
    number: int
    result: Result
    refusal: Refusal | None = None


def count(*, line: RouteLine) -> int:
    """Count the documents that run by older versions of a route."""
    return Row.objects.filter(route_version__in=_older(line)).count()


def running(*, route_id: UUID, by: Asker, at: datetime, after: UUID | None = None) -> RunningPage:
    """Return what runs by older versions of a route and what a move would change, a page of it.

    Refuses whoever does not own routes.
    """
    access.require_owner(by=by.actor, at=at)
    line = queries.route_line(route_id=route_id)
    found = Row.objects.filter(route_version__in=_older(line)).order_by("id")
    total = found.count()
    page = found.filter(id__gt=after) if after else found
    ids = list(page.values_list("id", flat=True)[: AT_ONCE + 1])
    version = UUID(line.live.id) if line.live else None
    shown = ids[:AT_ONCE]
    cases = _previewed(shown, str(version), line, by, at) if version else ()
    return RunningPage(version, total, cases, shown[-1] if len(ids) > AT_ONCE else None)


def move(
    *, route_id: UUID, version: UUID, chosen: Mapping[UUID, int | None], by: Asker, at: datetime
) -> tuple[Moved, ...]:
    """Move documents to a version, each by itself, and return what became of each.

    `chosen`: as of which entry each was looked at. Those in which the mover would be asked wait for a second person.
    Refuses too many at once, documents of other routes, and whoever does not own routes.
    """
    access.require_owner(by=by.actor, at=at)
    results = _moved(route_id, version, chosen, by.actor, at)
    waiting = [str(row.id) for row in results if row.result is Result.WAITING]
    if waiting:
        given = {"route_id": route_id, "version": version, "cases": waiting}
        # What else could be wrong was found out just now.
        propose(command=MOVE, arguments=given, rehearse=lambda: None, by=by.actor, at=at)
    return results


def _older(line: RouteLine) -> list[UUID]:
    live = line.live.id if line.live else ""
    return [row.id for row in queries.versions(route_id=line.id) if str(row.id) != live]


def _previewed(
    ids: Sequence[UUID], version: str, line: RouteLine, by: Asker, at: datetime
) -> tuple[Running, ...]:
    numbers = {str(row.id): row.number for row in queries.versions(route_id=line.id)}
    visible = set(
        Row.objects.filter(sight.visible(by=by, at=at), id__in=ids).values_list("id", flat=True)
    )
    tries = _tried(ids, version, by, at)
    people = naming.chips({one for row in tries for one in _concerned(row.case, row.after)})
    return tuple(
        Running(
            id=UUID(row.case.id),
            is_visible=UUID(row.case.id) in visible,
            doctype=row.case.doctype,
            number=row.case.number,
            version=numbers.get(row.case.route or "", 0),
            seen=row.case.entries,
            effect=_effect(row.case, row.after, people) if row.after else None,
            refusal=row.refusal,
            needs_second_person=row.needs_second_person,
        )
        for row in tries
    )


@dataclass(frozen=True, slots=True)
class _Try:
    """A move in thought: what the case would be after it, or why it is refused."""

    case: Case
    after: Case | None = None
    refusal: Refusal | None = None
    needs_second_person: bool = False


def _tried(ids: Sequence[UUID], version: str, by: Asker, at: datetime) -> list[_Try]:
    known, seen, command = facts.Map.now(), world.Seen(), do.Reroute(version)
    found = []
    for case_id in ids:
        loaded = store.read(case_id)
        gathered = facts.gather(
            case=loaded.case,
            actor=str(by.id),
            command=command,
            at=at,
            seen=seen,
            known=known,
        )
        found.append(_try(loaded.case, command, gathered, at))
    return found


def _try(case: Case, command: do.Reroute, gathered: Facts, at: datetime) -> _Try:
    try:
        return _Try(case, _after(case, command, gathered, at))
    except NeedsSecondPerson:
        # Shown as it would be once somebody else confirms it.
        second = replace(gathered, actor=str(world.NOBODY))
        return _Try(case, _after(case, command, second, at), needs_second_person=True)
    except Refusal as refusal:
        return _Try(case, refusal=refusal)


def _after(case: Case, command: do.Reroute, gathered: Facts, at: datetime) -> Case:
    for event in decide(case, command, gathered, at):
        case = evolve(case, event, Envelope(gathered.actor, at))
    return case


def _concerned(case: Case, after: Case | None) -> set[str]:
    seats = (*case.seats, *(after.seats if after else ()))
    holders = {task.holder for task in tasks(after)} if after else set()
    return holders | {one for seat in seats for one in (seat.holder, seat.by) if one}


def _effect(before: Case, after: Case, people: Mapping[str, PersonChip]) -> Effect:
    was, comes = _asked(before), _asked(after)
    voted, votes = _votes(before), _votes(after)

    def chips(found: Iterable[str]) -> tuple[PersonChip, ...]:
        return tuple(people[one] for one in dict.fromkeys(found) if one in people)

    return Effect(
        state=after.state,
        gains=chips(one for one in comes if one not in was),
        loses=chips(one for one in was if one not in comes),
        again=chips(one for one in voted if one not in votes and one in comes),
        last=chips(_put_last(before, after)),
        then=chips(task.holder for task in tasks(after)),
    )


def _put_last(before: Case, after: Case) -> list[str]:
    """Return those added by hand in whose stage somebody is asked before them now who came after them."""
    return [
        seat.holder
        for seat in after.seats
        if seat.holder
        and seat.why is Why.ADDED
        and after.terms_of(seat.stage).how is How.IN_TURN
        and _behind(before, seat) - _behind(after, seat)
    ]


def _behind(case: Case, added: Seat) -> set[str | None]:
    """Return who has a turn in a stage after somebody who was added to it."""
    stage = [row.holder for row in case.seats if row.stage == added.stage]
    return set(stage[stage.index(added.holder) + 1 :]) if added.holder in stage else set()


def _asked(case: Case) -> list[str]:
    return [seat.holder for seat in case.seats if seat.holder and seat.state not in IDLE]


def _votes(case: Case) -> list[str]:
    return [seat.holder for seat in case.seats if seat.holder and seat.by]


def _moved(
    route_id: UUID, version: UUID, chosen: Mapping[UUID, int | None], by: Actor, at: datetime
) -> tuple[Moved, ...]:
    if len(chosen) > AT_ONCE:
        raise InvalidInput({"cases": "TOO_MANY"})
    own = {row.id for row in queries.versions(route_id=route_id)}
    found = Row.objects.filter(id__in=list(chosen)).order_by("id")
    rows = list(found.values_list("id", "doctype_id", "number", "route_version"))
    if len(rows) < len(chosen) or any(runs and runs not in own for *_, runs in rows):
        raise NotFound
    return tuple(
        _one(Moved(key, doctype, number, Result.MOVED), version, chosen[key], by, at)
        for key, doctype, number, _runs in rows
    )


def _one(row: Moved, version: UUID, seen: int | None, by: Actor, at: datetime) -> Moved:
    command = do.Reroute(str(version), seen)
    request = Request(by, at, oversees=True)
    try:
        store.perform_within(case_id=row.id, command=command, request=request)
    except NeedsSecondPerson:
        return Moved(row.id, row.doctype, row.number, Result.WAITING)
    except Refusal as refusal:
        return Moved(row.id, row.doctype, row.number, Result.REFUSED, refusal)
    return row


def _confirm(given: Arguments, by: Actor, at: datetime) -> object:
    """Move what waited, in the name of the second person; what cannot be moved any more stays."""
    access.require_owner(by=by, at=at)
    chosen = dict.fromkeys((UUID(one) for one in given["cases"]), None)
    results = _moved(UUID(given["route_id"]), UUID(given["version"]), chosen, by, at)
    if any(row.result is Result.WAITING for row in results):
        raise NeedsSecondPerson
    refusals = [row.refusal for row in results if row.refusal]
    if len(refusals) == len(results):
        raise refusals[0]
    return results


def _show(given: Arguments) -> Shown:
    rows = Row.objects.filter(id__in=given["cases"]).order_by("number")
    names = ", ".join(str(number) for number in rows.values_list("number", flat=True))
    line = queries.route_line(route_id=UUID(given["route_id"]))
    return Shown(line.code, (Difference("documents", None, names or None),))


HANDLERS: Mapping[str, Handler] = {MOVE: Handler(_confirm, _show)}
