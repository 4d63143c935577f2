"""A running round goes on by the published version of its route: who decides again, who need not, what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine.case import SeatState, State
from akcept.engine.money import Money
from akcept.engine.routes import Condition, How, OnReturn, Op, RouteVersion, Stage, Who
from akcept.engine.values import Private
from engine.world import Story, World

WHY = Private("Because")
BOTH = Stage("one", people=("boris", "vera"))


def version(number: int, *stages: Stage, **more: Any) -> RouteVersion:
    route = RouteVersion(f"v{number}", "ONE", number, stages, is_default=True)
    return replace(route, **more)


def running(*stages: Stage, **more: object) -> Story:
    """Return a document that was sent by the first version."""
    return Story(World(routes=(version(1, *(stages or (BOTH,)), **more),))).submit()


def published(story: Story, *stages: Stage, **more: object) -> do.Reroute:
    """Publish the second version and return the command that moves the document to it."""
    story.world.routes = (version(2, *stages, **more),)
    return do.Reroute("v2")


def moved(story: Story, *stages: Stage, by: str = "root", **more: object) -> Story:
    story.does(by, published(story, *stages, **more))
    return story


def seats(story: Story) -> list[tuple[str | None, str]]:
    return [(seat.holder, str(seat.state)) for seat in story.case.seats]


def test_who_is_asked_still_keeps_vote_and_task_and_the_others_are_asked_anew() -> None:
    story = running().approve("boris")
    task = story.tasks[0].key
    moved(story, replace(BOTH, people=("boris", "vera", "dana")))
    assert seats(story) == [("boris", "APPROVED"), ("vera", "WAITING"), ("dana", "WAITING")]
    assert [row.key for row in story.tasks] == [task]
    assert (story.case.route, story.case.round) == ("v2", 1)
    assert story.approve("vera", "dana").case.state is State.TO_PAY
    story.pay()
    assert story.case.state is State.PAID


def test_who_is_not_asked_any_more_loses_the_task() -> None:
    story = moved(running(), replace(BOTH, people=("dana", "vera")))
    assert story.held_by == [("APPROVE", "dana")]
    assert story.code("boris", do.Approve(1)) == "NOT_YOUR_TURN"


def test_the_votes_that_are_there_may_be_all_that_the_new_version_asks_for() -> None:
    story = moved(running().approve("boris"), Stage("one", people=("boris",)))
    assert story.case.state is State.TO_PAY
    assert story.pay().case.state is State.PAID


def test_a_version_that_reads_another_field_asks_everybody_again() -> None:
    story = running().approve("boris")
    met = replace(BOTH, conditions=(Condition("category", Op.MISSING),))
    moved(story, met)
    assert seats(story) == [("boris", "WAITING"), ("vera", "WAITING")]
    # It is another seat: what the first one signed is not mistaken for its vote.
    assert story.case.seats[0].id == 3
    story.approve("boris", "vera").pay()
    assert story.case.state is State.PAID


def test_a_stage_that_asks_for_more_is_decided_again() -> None:
    story = moved(running().approve("boris"), replace(BOTH, needs_remark=True))
    assert story.held_by == [("APPROVE", "boris")]


def test_a_stage_that_vouches_for_less_keeps_what_was_said_of_everything() -> None:
    less = replace(BOTH, vouches_for=("amount",))
    story = moved(running().approve("boris"), less)
    assert story.case.seats[0].state is SeatState.APPROVED
    assert story.approve("vera").pay().case.state is State.PAID


def test_what_was_added_by_hand_stays_in_its_stage() -> None:
    story = running()
    story.does("boris", do.AddApprover("dana"))
    story.does("anna", do.AskOutside("lena"))
    moved(story, replace(BOTH, people=("vera",)), Stage("two", people=("gleb",)))
    assert [seat.holder for seat in story.case.seats] == ["vera", "lena", "dana", "gleb"]
    assert story.case.seats[1].is_outside
    story = running()
    story.does("boris", do.AddApprover("dana"))
    moved(story, Stage("two", people=("gleb",)))
    assert [seat.holder for seat in story.case.seats] == ["gleb"]


def test_whoever_was_added_takes_no_vote_away_under_the_new_version_either() -> None:
    story = running()
    story.does("anna", do.AskOutside("lena"))
    moved(story, replace(BOTH, how=How.ANY))
    story.approve("lena", "boris")
    assert story.case.state is State.TO_PAY
    story = running()
    story.does("anna", do.AskOutside("lena"))
    moved(story, replace(BOTH, how=How.N_OF_M, needed=2))
    story.approve("lena", "boris")
    assert story.held_by == [("APPROVE", "vera")]


def test_numbers_of_seats_are_never_given_twice_in_a_round() -> None:
    story = moved(running(), replace(BOTH, people=("dana",)))
    story.does("dana", do.AddApprover("boris"))
    assert [seat.id for seat in story.case.seats] == [3, 4]
    story.send_back("dana")
    story.does("anna", do.Resubmit(1, {1: Private("")}))
    assert (story.case.last_seat, [seat.id for seat in story.case.seats]) == (0, [1])


def test_a_task_that_waits_again_is_a_new_one() -> None:
    story = running()
    moved(story, replace(BOTH, people=("dana", "boris", "vera")))
    assert [seat.id for seat in story.case.seats] == [3, 4, 2]


def test_nothing_is_moved_twice() -> None:
    story = moved(running(), replace(BOTH, people=("vera",)))
    assert story.does("root", do.Reroute("v2")) == ()


def test_only_the_version_that_the_document_would_take_now_will_do() -> None:
    story = running()
    stranger = published(story, BOTH, id="other", conditions=(Condition("contract", Op.PRESENT),))
    assert story.code("root", do.Reroute("v7")) == "NOT_THIS_ROUTE"
    assert story.code("root", stranger) == "NOT_THIS_ROUTE"
    story.world.routes = ()
    assert story.code("root", do.Reroute("v2")) == "NO_ROUTE"


def test_the_rate_of_the_round_stays() -> None:
    story = running()
    story.world.base = None
    moved(story, Stage("one", people=("vera",)))
    assert story.case.base == Money(10_000, "RUB")


def test_nobody_moves_their_own_document_or_makes_themselves_an_approver() -> None:
    story = running()
    story.world.owners = frozenset({"anna", "oleg", "dana"})
    command = published(story, Stage("one", people=("dana", "vera")))
    assert story.code("anna", command) == "OWN_DOCUMENT"
    assert story.code("oleg", command) == "OWN_DOCUMENT"  # Oleg entered the bank account.
    assert story.code("dana", command) == "NEEDS_SECOND_PERSON"
    assert story.code("vera", command) == "NOT_ALLOWED"


def test_a_version_that_leads_to_nobody_is_refused() -> None:
    story = running()
    assert story.code("root", published(story, Stage("one", people=("lena",)))) == "NO_APPROVER"


def test_a_choice_that_nobody_made_is_asked_for() -> None:
    story = running()
    command = published(story, Stage("one", who=Who.MY_CHOICE))
    assert story.code("root", command) == "INVALID_INPUT"


ANY_TWO = Stage("one", people=("boris", "vera", "gleb"), how=How.N_OF_M, needed=2)


def test_an_objection_is_kept_with_its_remark() -> None:
    story = running(ANY_TWO)
    story.does("boris", do.ReturnForRework(1, (WHY,)))
    moved(story, replace(ANY_TWO, people=("boris", "vera", "dana")))
    assert seats(story) == [("boris", "RETURNED"), ("vera", "WAITING"), ("dana", "WAITING")]
    assert [row.text for row in story.case.remarks] == [WHY]


def test_an_objection_may_be_enough_to_send_the_document_back() -> None:
    story = running(ANY_TWO)
    story.does("boris", do.ReturnForRework(1, (WHY,)))
    events = story.does("root", published(story, replace(BOTH, people=("boris", "vera"))))
    assert [type(event) for event in events] == [ev.Rerouted, ev.StageReturned]
    assert (story.case.state, story.held_by) == (State.REWORK, [("CORRECT", "anna")])


def test_whoever_objected_and_sits_elsewhere_is_asked_again() -> None:
    collect = replace(BOTH, on_return=OnReturn.COLLECT)
    story = running(collect)
    story.does("boris", do.ReturnForRework(1, (WHY,)))
    moved(story, Stage("two", people=("vera", "boris")))
    assert seats(story) == [("vera", "WAITING"), ("boris", "WAITING")]
    assert story.case.remarks == ()


def test_an_objection_is_never_got_rid_of_by_moving() -> None:
    story = running(ANY_TWO)
    story.does("boris", do.ReturnForRework(1, (WHY,)))
    refusal = story.refuses("root", published(story, replace(ANY_TWO, people=("vera", "gleb"))))
    assert (refusal.code, getattr(refusal, "by", "")) == ("OBJECTION_STANDS", "boris")


def test_a_deputy_who_gets_a_seat_of_their_own_decides_in_that_one_alone() -> None:
    story = running()
    story.world.deputies["dana"] = frozenset({"boris"})
    story.approve("dana")
    moved(story, replace(BOTH, people=("boris", "dana")))
    assert seats(story) == [("boris", "WAITING"), ("dana", "WAITING")]


def test_an_override_counts_on_as_the_vote_it_was() -> None:
    story = running()
    story.does("gleb", do.ForceDecision(1, 1, do.Forced.APPROVED, WHY))
    moved(story, replace(BOTH, people=("boris", "dana")))
    assert (story.case.seats[0].by, story.held_by) == ("gleb", [("APPROVE", "dana")])


def test_a_place_for_nobody_stays_one() -> None:
    stage = Stage("one", people=("boris", "vera", "anna"), how=How.ALL)
    story = running(stage)
    story.world.routes = (version(1, stage),)
    moved(story, replace(stage, people=("boris", "vera")))
    assert [seat.holder for seat in story.case.seats][:2] == ["boris", "vera"]
