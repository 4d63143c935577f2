"""Documents under way are moved to the published version: previewed, each by itself, on record, confirmed where needed."""

from __future__ import annotations

from uuid import UUID

import pytest

from akcept.cases import confirming, moving, queries, services, verifying
from akcept.cases.cards import PersonChip
from akcept.cases.models import Participation, Task
from akcept.cases.moving import Result
from akcept.engine.case import State
from akcept.engine.refusals import (
    InvalidInput,
    NeedsSecondPerson,
    NotAllowed,
    NotFound,
    NotThisRoute,
    ObjectionStands,
)
from akcept.engine.routes import How, Stage
from akcept.journal.models import Entry
from akcept.people.codes import Right
from akcept.people.models import Role, RoleGrant
from akcept.routes import queries as routes
from akcept.routes import services as routes_services
from cases.test_stages import approve, board, open_tasks, through
from troupe import AT, SYSTEM, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cases(cast: Cast) -> list[UUID]:
    """Two documents on their way by the first version: Boris has approved the second one."""
    through(named(cast, "boris", "vera"))
    found = [send(cast).case_id, send(cast, supplier_number="B-78").case_id]
    approve(cast, "boris", found[1])
    return found


def named(cast: Cast, *names: str) -> Stage:
    people = tuple(str(getattr(cast, name).id) for name in names)
    return Stage("BOARD", name_en="Board", people=people)


def route() -> UUID:
    return next(line.id for line in routes.route_lines() if line.code == "HIERARCHY")


def live() -> UUID:
    return UUID(routes.route_card(code="HIERARCHY").version.id)


def listed(cast: Cast, by: str = "root") -> list[moving.Running]:
    return list(moving.running(route_id=route(), by=cast.asks(by), at=AT).cases)


def moved(cast: Cast, *cases: UUID, by: str = "root") -> list[Result]:
    results = moving.move(
        route_id=route(),
        version=live(),
        chosen=dict.fromkeys(cases),
        by=cast.asks(by),
        at=AT,
    )
    return [row.result for row in results]


def owner(cast: Cast, name: str) -> None:
    role = Role.objects.get(rights=[Right.OWN_ROUTES])
    RoleGrant.objects.create(person=getattr(cast, name), role=role, granted_at=AT)


def names(people: tuple[PersonChip, ...]) -> list[str]:
    return [person.name for person in people]


def test_what_runs_by_an_older_version_is_shown_with_what_a_move_would_change(
    cast: Cast, cases: list[UUID]
) -> None:
    assert listed(cast) == []
    through(named(cast, "vera", "gleb"))
    first, second = listed(cast)
    assert (first.id, first.version, first.number) == (cases[0], 2, 1)
    assert first.effect
    assert second.effect
    assert names(first.effect.gains) == ["Gleb Glebov"]
    assert names(first.effect.loses) == ["Boris Borisov"]
    assert names(first.effect.then) == ["Vera Verina"]
    assert names(second.effect.loses) == ["Boris Borisov"]
    line = routes.route_line(route_id=route())
    assert moving.count(line=line) == 2


def test_chosen_documents_are_moved_and_the_others_stay(cast: Cast, cases: list[UUID]) -> None:
    through(named(cast, "gleb", "vera"))
    assert moved(cast, cases[0]) == [Result.MOVED]
    assert open_tasks(cases[0]) == {"Gleb Glebov"}
    assert open_tasks(cases[1]) == {"Vera Verina"}
    assert [row.id for row in listed(cast)] == [cases[1]]
    assert verifying.differences(cases[0]) == ()
    entry = Entry.objects.get(chain_id=cases[0], kind="REROUTED")
    assert entry.actor_id == cast.root.id
    # Whoever moves a document has no part in it.
    assert not Participation.objects.filter(case=cases[0], person=cast.root).exists()


def test_an_approval_goes_on_counting_until_the_payment(cast: Cast, cases: list[UUID]) -> None:
    task = Task.objects.get(case=cases[1], closed_at=None)
    through(named(cast, "boris", "vera", "gleb"))
    assert moved(cast, *cases) == [Result.MOVED] * 2
    assert Task.objects.get(case=cases[1], closed_at=None).id == task.id
    approve(cast, "vera", cases[1])
    assert approve(cast, "gleb", cases[1]).state is State.TO_PAY
    paid = services.pay(
        case_id=cases[1], by=cast.asks("clara"), revision=1, minor=12_000_000, on=AT.date(), at=AT
    )
    assert paid.state is State.PAID
    assert verifying.differences(cases[1]) == ()


def test_whoever_was_added_before_others_and_would_come_last_is_named(
    cast: Cast, cases: list[UUID]
) -> None:
    services.add_approver(case_id=cases[0], by=cast.asks("boris"), person=cast.dana.id, at=AT)
    through(named(cast, "boris", "vera", "gleb"))
    first, second = listed(cast)
    assert first.effect
    assert second.effect
    assert names(first.effect.last) == ["Dana Danina"]
    assert names(second.effect.last) == []
    moved(cast, cases[0])
    card = queries.case_card(case_id=cases[0], by=cast.asks("anna"), at=AT)
    assert [seat.person.name for seat in card.seats if seat.person][-1] == "Dana Danina"


def test_enough_votes_let_the_document_go_on_at_once(cast: Cast, cases: list[UUID]) -> None:
    through(named(cast, "boris"))
    (_, second) = listed(cast)
    assert second.effect
    assert second.effect.state is State.TO_PAY
    moved(cast, cases[1])
    assert open_tasks(cases[1]) == {"Clara Clarina", "Gleb Glebov"}


def test_what_happened_meanwhile_is_looked_at_again(cast: Cast, cases: list[UUID]) -> None:
    through(named(cast, "gleb"))
    seen = {row.id: row.seen for row in listed(cast)}
    approve(cast, "boris", cases[0])
    root = cast.asks("root")
    results = moving.move(route_id=route(), version=live(), chosen=seen, by=root, at=AT)
    told = [(row.result, row.refusal.code if row.refusal else "") for row in results]
    assert told == [(Result.REFUSED, "MEANWHILE_CHANGED"), (Result.MOVED, "")]


def test_a_version_that_was_published_over_is_refused(cast: Cast, cases: list[UUID]) -> None:
    through(named(cast, "gleb"))
    stale = live()
    through(named(cast, "vera"))
    root = cast.asks("root")
    (row,) = moving.move(route_id=route(), version=stale, chosen={cases[0]: None}, by=root, at=AT)
    assert row.refusal
    assert row.refusal.code == "NOT_THIS_ROUTE"


def test_an_objection_keeps_a_document_where_it_is(cast: Cast) -> None:
    through(board(cast, how=How.N_OF_M, needed=2))
    case_id = send(cast).case_id
    services.return_for_rework(
        case_id=case_id, by=cast.asks("boris"), revision=1, reasons=["Why?"], at=AT
    )
    through(named(cast, "vera"))
    (row,) = listed(cast)
    assert isinstance(row.refusal, ObjectionStands)
    assert moved(cast, case_id) == [Result.REFUSED]


def test_whoever_would_be_asked_waits_for_a_second_person(cast: Cast, cases: list[UUID]) -> None:
    owner(cast, "gleb")
    through(named(cast, "gleb", "vera"))
    rows = listed(cast, "gleb")
    assert [row.needs_second_person for row in rows] == [True, True]
    assert rows[0].effect
    assert names(rows[0].effect.gains) == ["Gleb Glebov"]
    assert moved(cast, *cases, by="gleb") == [Result.WAITING] * 2
    assert open_tasks(cases[0]) == {"Boris Borisov"}
    (change,) = confirming.waiting(by=cast.asks("root").actor, at=AT)
    assert change.shown.differences[0].new == "1, 2"
    confirming.confirm(change_id=change.proposal.id, by=cast.asks("root").actor, at=AT)
    assert open_tasks(cases[0]) == {"Gleb Glebov"}


def test_a_second_person_who_would_be_asked_as_well_confirms_nothing(
    cast: Cast, cases: list[UUID]
) -> None:
    owner(cast, "gleb")
    through(named(cast, "gleb", "root"))
    moved(cast, cases[0], by="gleb")
    (change,) = confirming.waiting(by=cast.asks("root").actor, at=AT)
    with pytest.raises(NeedsSecondPerson):
        confirming.confirm(change_id=change.proposal.id, by=cast.asks("root").actor, at=AT)
    assert open_tasks(cases[0]) == {"Boris Borisov"}


def test_a_confirmation_that_comes_too_late_says_why(cast: Cast, cases: list[UUID]) -> None:
    owner(cast, "gleb")
    through(named(cast, "gleb", "vera"))
    moved(cast, cases[0], by="gleb")
    through(named(cast, "boris"))
    (change,) = confirming.waiting(by=cast.asks("root").actor, at=AT)
    with pytest.raises(NotThisRoute):
        confirming.confirm(change_id=change.proposal.id, by=cast.asks("root").actor, at=AT)


def test_nobody_moves_their_own_document(cast: Cast, cases: list[UUID]) -> None:
    owner(cast, "anna")
    through(named(cast, "vera"))
    (row, _) = listed(cast, "anna")
    assert row.refusal
    assert row.refusal.code == "OWN_DOCUMENT"
    assert moved(cast, cases[0], by="anna") == [Result.REFUSED]


def test_others_neither_look_nor_move(cast: Cast, cases: list[UUID]) -> None:
    through(named(cast, "vera"))
    with pytest.raises(NotAllowed):
        listed(cast, "boris")
    with pytest.raises(NotAllowed):
        moved(cast, cases[0], by="boris")
    with pytest.raises(NotFound):
        moved(cast, UUID(int=7))
    with pytest.raises(InvalidInput):
        moved(cast, *(UUID(int=n) for n in range(40)))


def test_a_document_of_another_route_is_none_of_this_one(cast: Cast) -> None:
    routes_services.set_list(people=[cast.boris.id], by=SYSTEM, at=AT)
    other = send(cast, approval_type="LIST").case_id
    through(named(cast, "vera"))
    with pytest.raises(NotFound):
        moved(cast, other)


def test_whoever_may_not_see_a_document_learns_its_name_alone(
    cast: Cast, cases: list[UUID]
) -> None:
    through(named(cast, "vera"))
    owner(cast, "oleg")
    assert [row.is_visible for row in listed(cast, "oleg")] == [False, False]
    assert moved(cast, *cases, by="oleg") == [Result.MOVED] * 2
    with pytest.raises(NotFound):
        queries.case_card(by=cast.asks("oleg"), case_id=cases[0], at=AT)


def test_pages_begin_where_the_last_one_ended(
    cast: Cast, cases: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 1)
    through(named(cast, "vera"))
    root = cast.asks("root")
    first = moving.running(route_id=route(), by=root, at=AT)
    assert (first.total, [row.id for row in first.cases], first.after) == (2, cases[:1], cases[0])
    second = moving.running(route_id=route(), by=root, at=AT, after=first.after)
    assert ([row.id for row in second.cases], second.after) == (cases[1:], None)
