"""One round after another in the hands of those who sit in it: quorum, added people, deputies, limits, deadlines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from akcept.engine import commands as do
from akcept.engine.case import State
from akcept.engine.facts import SYSTEM, Account
from akcept.engine.money import Money
from akcept.engine.org import Member, Org
from akcept.engine.refusals import Refusal
from akcept.engine.routes import AtDeadline, How, Reach, RouteVersion, Stage, Who
from akcept.engine.tasks import TaskKind
from akcept.engine.values import Private
from akcept.engine.verbs import Verb
from engine.promises import DECISIONS, Promises
from engine.world import CAST, ORG, Story, World

WHY = Private("Because")
LAWYER = Member("lawyer", "Lawyer", is_outside=True)
INSIDE = st.sampled_from(CAST)
ANYBODY = st.sampled_from((*CAST, "lawyer"))
BOARD = st.permutations(["boris", "vera", "gleb", "dana", "lawyer"])
PLACES = st.integers(0, 9)


@st.composite
def routes(draw: st.DrawFn) -> RouteVersion:
    """Draw a route of one or two stages, mostly such as do not ask everybody."""
    stages = []
    for code in ("one", "two")[: draw(st.integers(1, 2))]:
        who = draw(st.sampled_from([Who.NAMED, Who.NAMED, Who.MY_CHOICE, Who.HIERARCHY]))
        stages.append(
            Stage(
                code,
                who=who,
                people=tuple(draw(BOARD)[: draw(st.integers(2, 4))]),
                reach=draw(st.sampled_from([Reach.LIMIT, Reach.TOP])),
                how=draw(st.sampled_from([How.N_OF_M, How.N_OF_M, How.ANY, How.ALL])),
                needed=draw(st.integers(1, 3)),
                hours=8,
                at_deadline=draw(st.sampled_from([AtDeadline.ESCALATE, AtDeadline.DEPUTY])),
            )
        )
    return RouteVersion("drawn", "ALL", 1, tuple(stages), is_default=True)


class Round(Promises, RuleBasedStateMachine):
    """A document that was sent, and everything that can happen to its votes."""

    @initialize(
        route=routes(),
        choice=st.lists(ANYBODY, min_size=1, max_size=3, unique=True),
        limits=st.dictionaries(INSIDE, st.sampled_from([5_000, 20_000]), max_size=5),
    )
    def is_sent(self, route: RouteVersion, choice: list[str], limits: dict[str, int]) -> None:
        members = {**ORG.members, "lawyer": LAWYER}
        # Those who deputise mostly have little to say themselves.
        for who, minor in {"dana": 5_000, "clara": 5_000, **limits}.items():
            members[who] = replace(members[who], limits=(("", Money(minor, "RUB")),))
        world = World(
            account=Account("digest", "oleg", is_blocked=False),
            org=Org(members, {}),
            outsiders=frozenset({"lawyer"}),
            standins=("anna", "dana", "oleg", "clara"),
            routes=(route,),
        )
        self.versions = {route.id: route}
        self.story = Story(world, choice=choice)
        self._tries("anna", do.Submit(1))

    @rule(
        actor=st.sampled_from(["dana", "dana", "clara", "anna", "vera"]),
        absent=st.frozensets(st.sampled_from(["boris", "vera", "gleb"]), min_size=1),
    )
    def somebody_deputises(self, actor: str, absent: frozenset[str]) -> None:
        self.story.world.deputies[actor] = absent - {actor}

    @rule(place=PLACES)
    def a_holder_agrees(self, place: int) -> None:
        self._tries(self._holder(place), do.Approve(self.story.case.revision))

    @rule(actor=INSIDE)
    def anybody_agrees(self, actor: str) -> None:
        self._tries(actor, do.Approve(self.story.case.revision))

    @rule(place=PLACES, actor=st.sampled_from(["dana", "clara", "root"]))
    def a_deputy_agrees(self, place: int, actor: str) -> None:
        self.story.world.deputies[actor] = frozenset({self._holder(place)}) - {actor, "lawyer"}
        self._tries(actor, do.Approve(self.story.case.revision))

    @rule(place=PLACES, person=ANYBODY)
    def somebody_is_added(self, place: int, person: str) -> None:
        self._tries(self._holder(place), do.AddApprover(person))

    @rule(actor=st.sampled_from(["anna", "root"]))
    def somebody_from_outside_is_asked(self, actor: str) -> None:
        self._tries(actor, do.AskOutside("lawyer"))

    @rule(place=PLACES, person=ANYBODY)
    def a_task_is_handed_on(self, place: int, person: str) -> None:
        if tasks := self.story.tasks:
            task = tasks[place % len(tasks)]
            self._tries(task.holder, do.Reassign(task.key, person))

    @rule(place=PLACES)
    def a_deadline_passes(self, place: int) -> None:
        if tasks := self.story.tasks:
            self._tries(SYSTEM, do.MeetDeadline(tasks[place % len(tasks)].key))

    @rule(person=ANYBODY)
    def somebody_is_named(self, person: str) -> None:
        self._tries("root", do.NameApprover(person))

    @rule(place=PLACES)
    def a_holder_asks_back(self, place: int) -> None:
        self._tries(self._holder(place), do.Comment(WHY, asks="clara"))

    @rule(place=PLACES)
    def it_goes_back_and_comes_again(self, place: int) -> None:
        self._tries(self._holder(place), do.ReturnForRework(self.story.case.revision, (WHY,)))
        answers = {row.id: Private("") for row in self.story.case.remarks}
        self._tries("anna", do.Resubmit(self.story.case.revision, answers))

    @rule(place=PLACES, outcome=st.sampled_from(do.Forced))
    def somebody_overrides(self, place: int, outcome: do.Forced) -> None:
        if seats := self.story.case.open_seats:
            seat = seats[place % len(seats)].id
            self._tries("gleb", do.ForceDecision(self.story.case.revision, seat, outcome, WHY))

    def _holder(self, place: int) -> str:
        holders = [task.holder for task in self.story.tasks] or ["boris"]
        return holders[place % len(holders)]

    def _tries(self, actor: str, command: do.Command) -> None:
        before = self.story.case
        try:
            events = self.story.does(actor, command)
        except Refusal:
            return
        self.votes_are_sound(before, actor, events)
        for event in events:
            if isinstance(event, DECISIONS):
                assert not {actor, event.on_behalf_of} & {"anna", "oleg"}, "their own document"

    @invariant()
    def it_goes_on(self) -> None:
        """Whoever has a task can do it; without one the document has come to an end, or was never sent."""
        case = self.story.case
        assert bool(self.story.tasks) is (case.state not in {State.DRAFT, State.REJECTED})
        done_by = {
            TaskKind.APPROVE: Verb.APPROVE,
            TaskKind.CORRECT: Verb.RESUBMIT,
            TaskKind.PAY: Verb.PAY,
            TaskKind.NAME_APPROVER: Verb.NAME_APPROVER,
        }
        for task in self.story.tasks:
            assert done_by[task.kind] in self.story.options(task.holder), task


Round.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestRound: Any = Round.TestCase
