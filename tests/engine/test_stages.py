"""Stages told as sentences: who sits in them, how they agree, what they demand, what they leave out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine.case import SeatState, State, Why
from akcept.engine.decide import preview
from akcept.engine.money import Money
from akcept.engine.org import Member, Org, Unit
from akcept.engine.quorum import asked
from akcept.engine.refusals import InvalidInput, LimitTooLow, NotNeeded
from akcept.engine.routes import (
    AtDeadline,
    Condition,
    How,
    OnReturn,
    Op,
    Reach,
    RouteVersion,
    Stage,
    Who,
    choose,
)
from akcept.engine.values import Json, Private
from akcept.engine.verbs import Verb
from engine.world import ORG, SYSTEM, Story, World

WHY = Private("Because")
BOARD = ("boris", "vera", "gleb")
LAWYER = Member("lawyer", "Lawyer", is_outside=True)


def stage(code: str, *people: str, **more: Any) -> Stage:
    return Stage(code, people=people, **more)


def through(*stages: Stage, **more: Any) -> World:
    """Return a world in which every document goes through these stages."""
    route = RouteVersion("v1", "ALL", 1, stages, is_default=True)
    return World(routes=(replace(route, **more),))


def states(story: Story) -> list[tuple[str | None, str]]:
    return [(seat.holder, str(seat.state)) for seat in story.case.seats]


def back(story: Story, by: str, reason: str = "Wrong") -> None:
    story.does(by, do.ReturnForRework(story.case.revision, (Private(reason),)))


# Quorum


def test_all_are_asked_at_once_and_all_have_to_agree() -> None:
    story = Story(through(stage("board", *BOARD, how=How.ALL))).submit()
    assert story.held_by == [("APPROVE", person) for person in BOARD]
    story.approve("gleb", "boris")
    assert story.held_by == [("APPROVE", "vera")]
    assert story.approve("vera").case.state is State.TO_PAY


def test_any_of_them_is_enough_and_the_rest_is_not_needed() -> None:
    story = Story(through(stage("board", *BOARD, how=How.ANY))).submit().approve("vera")
    assert story.case.state is State.TO_PAY
    assert states(story) == [
        ("boris", "NOT_NEEDED"),
        ("vera", "APPROVED"),
        ("gleb", "NOT_NEEDED"),
    ]


def test_a_late_vote_is_refused_kindly() -> None:
    story = Story(through(stage("board", *BOARD, how=How.ANY))).submit().approve("vera")
    refusal = story.refuses("boris", do.Approve(story.case.revision))
    assert isinstance(refusal, NotNeeded)
    assert (refusal.by, refusal.outcome, refusal.at) == ("vera", "APPROVED", story.world.at)
    assert story.code("vera", do.Approve(story.case.revision)) == "ALREADY_DECIDED"
    assert story.code("oleg", do.Approve(story.case.revision)) == "WRONG_STATE"


def test_a_late_vote_is_told_of_the_earlier_step_that_decided_this_one_too() -> None:
    two = stage("two", "boris", "vera", how=How.ANY)
    story = Story(through(stage("one", "boris"), two, stage("three", "gleb"))).submit()
    story.approve("boris")
    assert story.held_by == [("APPROVE", "gleb")]
    refusal = story.refuses("vera", do.Approve(1))
    assert isinstance(refusal, NotNeeded)
    assert (refusal.by, refusal.outcome) == ("boris", "APPROVED")


@pytest.mark.parametrize(
    ("how", "count"), [(How.IN_TURN, 3), (How.ALL, 3), (How.ANY, 1), (How.N_OF_M, 2)]
)
def test_a_stage_tells_how_many_have_to_agree(how: How, count: int) -> None:
    case = Story(through(stage("board", *BOARD, how=how, needed=2))).submit().case
    assert asked(case.terms_of("board"), case.seats) == count


def test_two_of_three_end_early_when_reached() -> None:
    story = Story(through(stage("board", *BOARD, how=How.N_OF_M, needed=2))).submit()
    back(story, "boris")
    assert story.case.state is State.IN_APPROVAL
    story.approve("vera", "gleb")
    assert (story.case.state, story.case.remarks) == (State.TO_PAY, ())


def test_two_of_three_end_early_when_out_of_reach_with_every_remark() -> None:
    story = Story(through(stage("board", *BOARD, how=How.N_OF_M, needed=2))).submit()
    back(story, "boris", "No contract")
    back(story, "gleb", "Too dear")
    assert story.case.state is State.REWORK
    assert [(row.by, row.text) for row in story.case.remarks] == [
        ("boris", "No contract"),
        ("gleb", "Too dear"),
    ]
    refusal = story.refuses("vera", do.Approve(story.case.revision))
    assert isinstance(refusal, NotNeeded)
    assert (refusal.by, refusal.outcome) == ("gleb", "RETURNED")


def test_one_return_stops_an_all_stage_at_once() -> None:
    story = Story(through(stage("board", *BOARD, how=How.ALL))).submit()
    back(story, "vera")
    assert (story.case.state, len(story.case.remarks)) == (State.REWORK, 1)
    assert story.code("boris", do.Approve(story.case.revision)) == "NOT_NEEDED"


@pytest.mark.parametrize("how", [How.ALL, How.IN_TURN])
def test_or_waits_for_what_the_others_have_to_say(how: How) -> None:
    story = Story(through(stage("board", *BOARD, how=how, on_return=OnReturn.COLLECT))).submit()
    back(story, "boris", "One")
    back(story, "vera", "Two")
    assert story.held_by == [("APPROVE", "gleb")]
    events = story.does("gleb", do.Approve(story.case.revision))
    assert [event.KIND for event in events] == ["APPROVED", "STAGE_RETURNED"]
    assert story.case.state is State.REWORK
    assert [row.text for row in story.case.remarks] == ["One", "Two"]


def test_a_decision_that_sent_a_stage_back_can_be_undone() -> None:
    board = stage("board", *BOARD[:2], how=How.ALL, on_return=OnReturn.COLLECT)
    story = Story(through(board)).submit()
    back(story, "boris")
    before = story.case
    story.approve("vera")
    assert story.case.undoable is not None
    story.does("vera", do.Undo(story.case.undoable.entry))
    assert story.case.seats == before.seats
    assert story.held_by == [("APPROVE", "vera")]


def test_the_outvoted_need_no_answer_when_a_later_stage_returns() -> None:
    story = Story(through(stage("board", *BOARD, how=How.N_OF_M, needed=2), stage("last", "oleg")))
    story.world.account = None
    story.submit()
    back(story, "boris", "Outvoted")
    story.approve("vera", "gleb")
    back(story, "oleg", "Heard")
    assert [row.text for row in story.case.remarks] == ["Heard"]


@pytest.mark.parametrize("how", How)
def test_one_rejection_ends_the_case_in_every_mode(how: How) -> None:
    story = Story(through(stage("board", *BOARD, how=how, needed=2))).submit()
    story.does("boris", do.Reject(story.case.revision, WHY))
    assert story.case.state is State.REJECTED


def test_stages_follow_one_another() -> None:
    story = Story(
        through(
            stage("one", "boris", "vera", how=How.ANY), stage("two", "gleb", "dana", how=How.ALL)
        )
    ).submit()
    assert {holder for _, holder in story.held_by} == {"boris", "vera"}
    story.approve("boris")
    assert {holder for _, holder in story.held_by} == {"gleb", "dana"}


def test_too_few_people_for_a_quorum_leave_a_place_to_be_named() -> None:
    story = Story(through(stage("board", "boris", "anna", "zoya", how=How.N_OF_M, needed=3)))
    story.submit()
    assert ("NAME_APPROVER", "root") in story.held_by
    story.does("root", do.NameApprover("dana"))
    assert story.case.seats[-1].holder == "dana"


def test_persons_count_not_seats() -> None:
    """Boris stands in for Zoya, who left, and has a seat of his own: still one vote."""
    members = {**ORG.members, "zoya": Member("zoya", "Zoya", manager="boris", is_active=False)}
    world = through(stage("board", "boris", "zoya", "vera", how=How.N_OF_M, needed=2))
    world.org = Org(members, {})
    story = Story(world).submit()
    assert [seat.holder for seat in story.case.seats] == ["boris", "vera"]
    assert story.approve("boris").case.state is State.IN_APPROVAL


def test_a_deputy_of_two_has_one_vote() -> None:
    story = Story(through(stage("board", *BOARD, how=How.N_OF_M, needed=2))).submit()
    story.world.deputies["dana"] = frozenset({"boris", "vera"})
    story.approve("dana")
    assert story.code("dana", do.Approve(story.case.revision)) == "ALREADY_DECIDED"
    assert story.approve("gleb").case.state is State.TO_PAY


# Covered steps


def test_the_same_person_decides_once_unless_more_is_asked() -> None:
    once = Story(through(stage("one", "boris"), stage("two", "boris"))).submit()
    assert once.approve("boris").case.state is State.TO_PAY
    more = stage("two", "boris", needs_remark=True)
    twice = Story(through(stage("one", "boris"), more)).submit().approve("boris")
    assert twice.code("boris", do.Approve(1)) == "REMARK_NEEDED"
    twice.does("boris", do.Approve(1, WHY))
    assert twice.case.state is State.TO_PAY


def test_silence_covers_nothing() -> None:
    story = Story(through(stage("one", "boris", "vera", how=How.ANY), stage("two", "boris")))
    story.submit()
    assert story.case.seats[-1].state is SeatState.COVERED
    story.approve("vera")
    assert story.held_by == [("APPROVE", "boris")]


def test_where_silence_opens_several_steps_of_a_person_the_first_covers_the_next() -> None:
    board = stage("one", "boris", "vera", how=How.ANY)
    story = Story(through(board, stage("two", "boris"), stage("three", "boris"))).submit()
    story.approve("vera")
    assert states(story)[2:] == [("boris", "WAITING"), ("boris", "COVERED")]
    assert story.approve("boris").case.state is State.TO_PAY


def test_a_step_passed_on_covers_nothing_of_the_one_before() -> None:
    story = Story(through(stage("one", "vera"), stage("two", "vera"))).submit()
    story.does("vera", do.Reassign(story.tasks[0].key, "gleb"))
    assert story.approve("gleb").held_by == [("APPROVE", "vera")]


def test_somebody_who_agreed_already_counts_in_the_next_quorum() -> None:
    story = Story(
        through(stage("one", "boris"), stage("two", *BOARD, how=How.N_OF_M, needed=2))
    ).submit()
    story.approve("boris")
    assert {holder for _, holder in story.held_by} == {"vera", "gleb"}
    assert story.approve("vera").case.state is State.TO_PAY


# Demands


def test_a_stage_may_ask_for_a_file_of_ones_own() -> None:
    story = Story(through(stage("legal", "boris", needs_file=True))).submit()
    story.does("anna", do.Attach("ACT", "a" * 64, Private("hers.pdf")))
    assert story.code("boris", do.Approve(1)) == "FILE_NEEDED"
    story.does("boris", do.Attach("ACT", "b" * 64, Private("opinion.pdf")))
    assert story.approve("boris").case.state is State.TO_PAY


# Who


def test_hierarchy_goes_so_many_levels_or_to_the_first_sufficient_limit() -> None:
    def asked(**more: Any) -> list[str | None]:
        chain = {
            "anna": Member("anna", "Anna", manager="boris"),
            "boris": Member("boris", "Boris", manager="vera", limits=(("", Money(1_000, "RUB")),)),
            "vera": Member("vera", "Vera", manager="gleb", limits=(("", Money(10_000, "RUB")),)),
            "gleb": Member("gleb", "Gleb"),
        }
        world = through(stage("up", who=Who.HIERARCHY, **more))
        world.org = Org({**ORG.members, **chain}, {})
        return [seat.holder for seat in Story(world).submit().case.seats]

    assert asked() == ["boris", "vera", "gleb"]
    assert asked(reach=Reach.LEVELS, levels=1) == ["boris"]
    assert asked(reach=Reach.LIMIT) == ["boris", "vera"]
    assert asked(reach=Reach.LIMIT, how=How.ANY) == ["boris", "vera", "vera"]


def test_where_a_vote_may_do_without_the_sufficient_person_they_get_a_step_of_their_own() -> None:
    world = through(stage("mine", who=Who.MY_CHOICE, how=How.ANY))
    story = Story(world, choice=["boris", "vera"]).submit()
    assert [(row.stage, row.holder, str(row.state)) for row in story.case.seats] == [
        ("mine", "boris", "WAITING"),
        ("mine", "vera", "WAITING"),
        ("mine.LIMIT", "vera", "COVERED"),
    ]
    assert story.approve("boris").held_by == [("APPROVE", "vera")]
    assert story.case.seats[-1].why is Why.LIMIT


def test_when_nobody_above_has_the_limit_somebody_is_named_who_has() -> None:
    small = (("", Money(1, "RUB")),)
    members = {key: replace(row, limits=small) for key, row in ORG.members.items()}
    members["oleg"] = replace(members["oleg"], limits=())
    world = through(stage("up", who=Who.HIERARCHY, reach=Reach.LIMIT))
    world.org, world.account = Org(members, {}), None
    story = Story(world).submit().approve("boris", "gleb")
    assert story.code("root", do.NameApprover("vera")) == "UNSUITABLE_PERSON"
    story.does("root", do.NameApprover("oleg"))
    assert story.approve("oleg").case.state is State.TO_PAY


def test_a_role_means_whoever_holds_it_and_may_decide() -> None:
    world = through(stage("cfo", who=Who.ROLE, role="CFO", how=How.ANY))
    world.roles = {"CFO": ("anna", "gleb", "oleg", "vera")}
    story = Story(world).submit()
    assert [(seat.holder, seat.why) for seat in story.case.seats] == [
        ("gleb", Why.ROLE),
        ("vera", Why.ROLE),
    ]
    world.roles = {"CFO": ("anna",)}
    assert [(s.holder, s.why) for s in Story(world).submit().case.seats] == [("boris", Why.INSTEAD)]


def test_the_head_of_a_department_or_of_the_one_above() -> None:
    world = through(stage("head", who=Who.HEAD, department="it"))
    world.org = Org(ORG.members, {"it": Unit("it", parent="all"), "all": Unit("all", head="vera")})
    seat = Story(world).submit().case.seats[0]
    assert (seat.holder, seat.why) == ("vera", Why.HEAD)


def test_the_owner_of_the_cost_centre_or_somebody_has_to_be_named() -> None:
    stages = (stage("owner", who=Who.COST_CENTRE_OWNER), stage("last", "gleb"))
    world = through(*stages)
    world.cost_centre_owner = "vera"
    assert Story(world).submit().case.seats[0].why is Why.OWNER
    world.cost_centre_owner = None
    assert Story(world).submit().held_by == [("NAME_APPROVER", "root")]


def test_a_choice_is_made_from_the_pool_of_the_stage() -> None:
    world = through(stage("mine", who=Who.MY_CHOICE, pool=("vera", "gleb")))
    assert Story(world, choice=["vera"]).submit().case.seats[0].holder == "vera"
    for choice, code in ((["dana"], "NOT_IN_POOL"), ([], "REQUIRED")):
        refused = Story(world, choice=choice).refuses("anna", do.Submit(1))
        assert isinstance(refused, InvalidInput)
        assert refused.errors == {"choice": code}


# Conditions


def test_a_stage_that_does_not_apply_is_passed_over_and_says_why() -> None:
    dear = Condition("amount", Op.AT_LEAST, (10_001,))
    world = through(stage("one", "boris"), stage("dear", "gleb", conditions=(dear,)))
    story = Story(world).submit()
    assert [row.unmet for row in story.case.terms] == [None, dear]
    assert [seat.holder for seat in story.case.seats] == ["boris"]


def test_what_a_stage_reads_is_material_while_the_route_runs() -> None:
    ink = Condition("category", Op.IN, ("INK",))
    world = through(stage("one", "boris"), stage("ink", "gleb", conditions=(ink,)))
    story = Story(world, category="PAPER").submit()
    assert story.case.conditions == ("category",)
    assert story.revise(category="INK").case.state is State.REWORK


@pytest.mark.parametrize(
    ("condition", "applies"),
    [
        (Condition("currency", Op.IN, ("RUB", "EUR")), True),
        (Condition("currency", Op.NOT_IN, ("RUB",)), False),
        (Condition("amount", Op.AT_LEAST, (10_000,)), True),
        (Condition("amount", Op.BELOW, (10_000,)), False),
        (Condition("contract", Op.MISSING), True),
        (Condition("contract", Op.PRESENT), False),
        (Condition("duplicate", Op.IS_SET), True),
        (Condition("new_counterparty", Op.IS_SET), False),
        (Condition("department", Op.IN, ("company",)), True),
        (Condition("department", Op.NOT_IN, ("sales",)), True),
        (Condition("doctype", Op.IN, ("INVOICE",)), True),
        (Condition("project", Op.IN, ("X",)), False),
    ],
)
def test_a_condition_reads_the_card_and_what_surrounds_it(
    *, condition: Condition, applies: bool
) -> None:
    world = through(stage("one", "boris"), stage("two", "vera", conditions=(condition,)))
    world.surroundings = {"department": ["it", "company"], "duplicate": True}
    _, resolution = preview(Story(world).case, Story(world).facts("anna"))
    assert (len(resolution.seats) == 2) is applies


@pytest.mark.parametrize(("op", "minor"), [(Op.BELOW, 10_000), (Op.AT_LEAST, 0)])
def test_a_document_about_no_sum_is_neither_below_an_amount_nor_above_it(
    op: Op, minor: int
) -> None:
    limited = stage("limited", "vera", conditions=(Condition("amount", op, (minor,)),))
    world = through(stage("one", "boris"), limited)
    world.base = Money(0, "RUB")
    story = Story(world)
    case = replace(story.case, card={k: v for k, v in story.case.card.items() if k != "amount"})
    _, resolution = preview(case, story.facts("anna"))
    assert [seat.holder for seat in resolution.seats] == ["boris"]


class Read(dict[str, Json]):
    """A card that counts how often it is read."""

    times = 0

    def get(self, key: str, default: Json = None) -> Json:
        self.times += 1
        return super().get(key, default)


def test_choosing_among_two_hundred_routes_reads_every_condition_once() -> None:
    conditions = tuple(Condition(f"field{n}", Op.IN, ("a", "b", "c")) for n in range(20))
    routes = tuple(
        RouteVersion(
            f"v{n}", f"R{n}", 1, (stage("one", "boris"),), n, conditions, is_default=n == 0
        )
        for n in range(200)
    )
    card = Read({f"field{n}": "c" for n in range(19)})
    assert choose(routes, card) is routes[0]
    assert card.times == 200 * 20


# Limits of deputies


def test_of_a_deputy_and_the_absentee_the_lower_limit_counts() -> None:
    members = {**ORG.members}
    members["dana"] = replace(members["dana"], limits=(("", Money(9_999, "RUB")),))
    world = World(org=Org(members, {}))
    story = Story(world).submit().approve("boris")
    world.deputies["dana"] = frozenset({"vera"})
    refusal = story.refuses("dana", do.Approve(1))
    assert isinstance(refusal, LimitTooLow)
    assert (refusal.minor, refusal.currency) == (9_999, "RUB")
    assert story.code("dana", do.ReturnForRework(1, (WHY,))) is None
    world.granted = {"vera": Money(10_000, "RUB")}
    assert story.approve("dana").case.state is State.TO_PAY


# People from outside


def _with_lawyer(*stages: Stage) -> World:
    world = through(*stages)
    world.org = Org({**ORG.members, "lawyer": LAWYER}, {})
    world.outsiders = frozenset({"lawyer"})
    return world


def test_somebody_from_outside_decides_in_their_seat_and_does_nothing_else() -> None:
    story = Story(_with_lawyer(stage("legal", "lawyer"), stage("two", "boris"))).submit()
    assert [str(verb) for verb in story.options("lawyer")] == [
        "ATTACH", "APPROVE", "RETURN", "REJECT", "COMMENT",
    ]  # fmt: skip
    (said,) = story.does("lawyer", do.Comment(WHY))
    assert isinstance(said, ev.Commented)
    assert said.guest == "lawyer", "in a thread of their own"
    assert story.code("lawyer", do.Comment(WHY, asks="anna")) == "NOT_ALLOWED"
    story.approve("lawyer")
    assert story.code("lawyer", do.Comment(WHY)) == "NOT_ALLOWED"
    assert story.code("lawyer", do.Attach("ACT", "a" * 64, Private("a.pdf"))) == "NOT_ALLOWED"
    assert story.approve("boris").case.state is State.TO_PAY


def test_somebody_from_outside_is_never_the_only_approver() -> None:
    story = Story(_with_lawyer(stage("legal", "lawyer")))
    assert story.code("anna", do.Submit(1)) == "NO_APPROVER"


def test_an_outside_vote_alone_makes_no_quorum() -> None:
    board = stage("board", "lawyer", "boris", how=How.ANY)
    story = Story(_with_lawyer(board)).submit().approve("lawyer")
    assert story.case.state is State.IN_APPROVAL
    assert story.approve("boris").case.state is State.TO_PAY
    story = Story(_with_lawyer(board)).submit().approve("lawyer")
    back(story, "boris")
    assert story.case.state is State.REWORK


def test_nobody_from_outside_answers_for_a_limit_or_takes_over() -> None:
    world = _with_lawyer(stage("mine", who=Who.MY_CHOICE))
    story = Story(world, choice=["lawyer"])
    story.submit()
    assert [(seat.holder, seat.why) for seat in story.case.seats] == [
        ("lawyer", Why.CHOSEN),
        ("gleb", Why.LIMIT),
    ]
    story.approve("lawyer")
    assert story.code("gleb", do.Reassign(story.tasks[0].key, "lawyer")) == "UNSUITABLE_PERSON"
    assert story.code("gleb", do.AddObserver("lawyer")) == "UNSUITABLE_PERSON"


def test_somebody_from_outside_may_be_asked_as_well() -> None:
    story = Story(_with_lawyer(stage("one", "boris"))).submit()
    story.does("boris", do.AddApprover("lawyer"))
    assert story.case.seats[-1].is_outside
    story.approve("boris", "lawyer")
    assert story.case.state is State.TO_PAY


@pytest.mark.parametrize(("how", "of_the_board"), [(How.N_OF_M, 2), (How.ANY, 1)])
def test_whoever_is_added_takes_no_vote_of_the_stage_away(how: How, of_the_board: int) -> None:
    story = Story(_with_lawyer(stage("board", *BOARD, how=how, needed=2))).submit()
    # Anna knows the lawyer well, and Boris knows Dana.
    story.does("anna", do.AskOutside("lawyer"))
    story.does("boris", do.AddApprover("dana"))
    assert asked(story.case.terms_of("board"), story.case.seats) == of_the_board + 2
    story.approve("lawyer", "dana", *BOARD[: of_the_board - 1])
    assert story.case.state is State.IN_APPROVAL
    story.approve(BOARD[of_the_board - 1])
    assert story.case.state is State.TO_PAY


def test_whoever_was_added_is_not_waited_for_where_enough_of_the_stage_agree() -> None:
    story = Story(_with_lawyer(stage("board", *BOARD, how=How.ANY))).submit()
    story.does("anna", do.AskOutside("lawyer"))
    story.approve("boris", "vera")
    assert story.case.state is State.TO_PAY


def test_a_stage_that_passed_meanwhile_is_not_asked_again() -> None:
    """Gleb would have covered two later seats of his; the first of them is in a stage that Boris has settled."""
    both = {"how": How.ANY}
    upwards = stage("two", who=Who.HIERARCHY, reach=Reach.LIMIT, **both)
    story = Story(through(stage("one", "gleb", "boris", **both), upwards)).submit()
    story.approve("boris")
    assert [(seat.stage, seat.holder, str(seat.state)) for seat in story.case.seats] == [
        ("one", "gleb", "NOT_NEEDED"),
        ("one", "boris", "APPROVED"),
        ("two", "boris", "COVERED"),
        ("two", "gleb", "NOT_NEEDED"),
        ("two.LIMIT", "gleb", "WAITING"),
    ]
    back(story, "gleb")
    assert story.case.state is State.REWORK


# Deadlines


def test_a_missed_deadline_hands_the_seat_up_the_line() -> None:
    story = Story(through(stage("one", "vera", hours=8, at_deadline=AtDeadline.ESCALATE))).submit()
    story.does(SYSTEM, do.MeetDeadline(story.tasks[0].key))
    assert story.held_by == [("APPROVE", "gleb")]
    assert (story.case.seats[0].why, story.case.seats[0].instead_of) == (Why.DEADLINE, "vera")
    assert story.does(SYSTEM, do.MeetDeadline(story.tasks[0].key)) == ()
    assert story.code("root", do.MeetDeadline(story.tasks[0].key)) == "NOT_YOUR_TURN"


def test_or_to_whoever_acts_for_the_holder() -> None:
    story = Story(through(stage("one", "vera", hours=8, at_deadline=AtDeadline.DEPUTY))).submit()
    story.world.standins = ("anna", "dana")
    story.does(SYSTEM, do.MeetDeadline(story.tasks[0].key))
    assert story.held_by == [("APPROVE", "dana")]


def test_whoever_sits_further_on_takes_their_own_step_along() -> None:
    one = stage("one", "vera", hours=8, at_deadline=AtDeadline.ESCALATE)
    story = Story(through(one, stage("two", "gleb"))).submit()
    story.does(SYSTEM, do.MeetDeadline(story.tasks[0].key))
    assert states(story) == [("gleb", "WAITING"), ("gleb", "COVERED")]
    assert story.approve("gleb").case.state is State.TO_PAY


def test_but_decides_again_where_their_own_step_asks_for_more() -> None:
    one = stage("one", "vera", hours=8, at_deadline=AtDeadline.ESCALATE)
    story = Story(through(one, stage("two", "gleb", needs_remark=True))).submit()
    story.does(SYSTEM, do.MeetDeadline(story.tasks[0].key))
    assert states(story) == [("gleb", "WAITING"), ("gleb", "WAITING")]
    assert story.approve("gleb").held_by == [("APPROVE", "gleb")]


def test_whoever_has_had_a_say_does_not_get_a_missed_seat() -> None:
    late = stage("late", "vera", hours=8, at_deadline=AtDeadline.DEPUTY)
    story = Story(through(stage("one", "boris"), late)).submit()
    story.world.deputies["dana"] = frozenset({"boris"})
    story.approve("dana")
    story.world.standins = ("dana",)
    story.does(SYSTEM, do.MeetDeadline(story.tasks[0].key))
    assert story.held_by == [("APPROVE", "gleb")]


def test_nor_does_whoever_is_asked_beside() -> None:
    board = stage("board", "vera", "gleb", how=How.ANY, hours=8, at_deadline=AtDeadline.ESCALATE)
    story = Story(through(board)).submit()
    assert story.does(SYSTEM, do.MeetDeadline(story.tasks[0].key)) == ()


def test_a_missed_seat_passes_by_whoever_is_in_conflict() -> None:
    one = stage("one", "boris", hours=8, at_deadline=AtDeadline.ESCALATE)
    world = through(one)
    chain = {"boris": replace(ORG.members["boris"], manager="vera")}
    world.org = Org({**ORG.members, **chain}, {})
    story = Story(world, by="vera").submit()
    story.does(SYSTEM, do.MeetDeadline(story.tasks[0].key))
    assert story.held_by == [("APPROVE", "gleb")]


def test_the_clock_never_decides() -> None:
    story = Story(through(stage("one", "vera", hours=8, at_deadline=AtDeadline.ESCALATE))).submit()
    assert story.code(SYSTEM, do.Approve(1)) == "NOT_YOUR_TURN"
    forced = do.ForceDecision(1, 1, do.Forced.APPROVED, WHY)
    assert story.code(SYSTEM, forced) == "NOT_YOUR_TURN"


# Overrides


def test_an_override_decides_in_somebodys_place_with_a_reason_and_says_so() -> None:
    story = Story().submit()
    forced = do.ForceDecision(1, 1, do.Forced.APPROVED, WHY)
    assert story.code("root", forced) == "NOT_ALLOWED"
    assert story.code("gleb", replace(forced, reason=Private(" "))) == "REASON_REQUIRED"
    (event,) = story.does("gleb", forced)
    assert isinstance(event, ev.Approved)
    assert (event.is_override, event.remark, event.on_behalf_of) == (True, WHY, None)
    assert story.held_by == [("APPROVE", "vera")]
    again = do.ForceDecision(1, 2, do.Forced.APPROVED, WHY)
    assert story.code("gleb", again) == "ALREADY_DECIDED"


def test_an_override_names_an_open_place_and_a_person() -> None:
    story = Story().submit()
    unknown = do.ForceDecision(1, 2, do.Forced.APPROVED, WHY)
    assert story.code("gleb", unknown) == "NOT_FOUND"
    refusal = story.refuses("gleb", do.ReplacePerson(story.tasks[0].key, "", WHY))
    assert isinstance(refusal, InvalidInput)
    assert refusal.errors == {"to": "REQUIRED"}


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(do.Forced.RETURNED, State.REWORK), (do.Forced.REJECTED, State.REJECTED)],
)
def test_an_override_may_also_stop(outcome: do.Forced, state: State) -> None:
    story = Story().submit()
    story.does("gleb", do.ForceDecision(1, 1, outcome, WHY))
    assert story.case.state is state


def test_whoever_is_asked_in_a_round_does_not_override_in_it() -> None:
    story = Story(World(overriders=frozenset({"vera"}))).submit()
    assert story.code("vera", do.ForceDecision(1, 1, do.Forced.APPROVED, WHY)) == "NOT_YOUR_TURN"


def test_nobody_overrides_on_their_own_document() -> None:
    world = World(overriders=frozenset({"anna", "oleg"}))
    story = Story(world).submit()
    for person in ("anna", "oleg"):
        assert story.code(person, do.ForceDecision(1, 1, do.Forced.APPROVED, WHY)) == "OWN_DOCUMENT"
        replaced = do.ReplacePerson(story.tasks[0].key, "dana", WHY)
        assert story.code(person, replaced) == "OWN_DOCUMENT"


def test_an_override_puts_somebody_else_in_the_place() -> None:
    story = Story().submit()
    (event,) = story.does("gleb", do.ReplacePerson(story.tasks[0].key, "dana", WHY))
    assert isinstance(event, ev.Reassigned)
    assert (event.is_override, event.why) == (True, Why.REPLACED)
    assert story.held_by == [("APPROVE", "dana")]


def test_nobody_is_replaced_in_a_place_where_nobody_sits() -> None:
    story = Story(through(stage("board", "boris", "anna", how=How.N_OF_M, needed=2)))
    story.submit().approve("boris")
    assert story.held_by == [("NAME_APPROVER", "root")]
    assert Verb.REPLACE_PERSON not in story.options("gleb")
    assert story.code("gleb", do.ReplacePerson(story.tasks[0].key, "dana", WHY)) == "WRONG_STATE"


def test_what_was_forced_covers_nothing_of_the_holder() -> None:
    story = Story(through(stage("one", "vera"), stage("two", "vera"))).submit()
    story.does("gleb", do.ForceDecision(1, 1, do.Forced.APPROVED, WHY))
    assert story.held_by == [("APPROVE", "vera")]


# Tasks in a parallel stage


def test_one_hands_over_ones_own_task_and_not_a_neighbours() -> None:
    story = Story(through(stage("board", *BOARD, how=How.ALL))).submit()
    of_vera = story.tasks[1].key
    assert story.code("boris", do.Reassign(of_vera, "dana")) == "NOT_YOUR_TURN"
    assert story.code("root", do.Reassign(of_vera, "dana")) is None
    story.does("vera", do.Reassign(of_vera, "dana"))
    assert {holder for _, holder in story.held_by} == {"boris", "dana", "gleb"}


def test_only_whom_the_route_names_pays() -> None:
    world = through(stage("one", "boris"), payer_role="CFO")
    world.payers, world.roles = ("clara", "gleb"), {"CFO": ("gleb",)}
    story = Story(world).submit().approve("boris")
    assert story.held_by == [("PAY", "gleb")]
    assert story.code("clara", story.payment()) == "NOT_YOUR_TURN"


def test_a_late_voter_is_told_of_the_vote_behind_a_step_that_was_taken_along() -> None:
    first = stage("first", "boris", "gleb", hours=8, at_deadline=AtDeadline.ESCALATE)
    story = Story(through(first, stage("second", "boris", "gleb", how=How.ANY))).submit()
    story.does(SYSTEM, do.MeetDeadline(story.tasks[0].key))
    story.approve("gleb")
    refusal = story.refuses("boris", do.Approve(story.case.revision))
    assert isinstance(refusal, NotNeeded)
    assert refusal.by == "gleb"
