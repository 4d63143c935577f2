"""Laws: whatever eight people and the clock do in whatever order, these stay true."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from akcept.engine import codec
from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine.case import Case, SeatState, State
from akcept.engine.decide import decide
from akcept.engine.evolve import Envelope, evolve, fold
from akcept.engine.facts import SYSTEM, Account
from akcept.engine.fingerprint import fingerprint
from akcept.engine.money import Money
from akcept.engine.org import Member, Org
from akcept.engine.refusals import Refusal
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
)
from akcept.engine.tasks import TaskKind
from akcept.engine.values import Private
from akcept.engine.verbs import Verb
from akcept.engine.vouching import vouched
from engine.promises import DECISIONS, Promises
from engine.world import CAST, FRIDAY, MONDAY, ORG, Story, World

WHY = Private("Because")
PEOPLE = st.sampled_from(CAST)
EVERYBODY = st.sampled_from((*CAST, "lawyer"))
GROUPS = st.frozensets(PEOPLE, max_size=3)
OPEN = {State.IN_APPROVAL, State.REWORK, State.TO_PAY}
FINAL = {
    State.PAID: {Verb.ATTACH, Verb.RECORD_RETURN},
    State.APPROVED: {Verb.UNDO},
    State.REJECTED: {Verb.UNDO},
    State.WITHDRAWN: set(),
}
ALWAYS = {Verb.COMMENT, Verb.WITHDRAW_QUESTION, Verb.ADD_OBSERVER}
STAGES = st.lists(
    st.tuples(st.permutations(["boris", "vera", "gleb", "lawyer"]), st.integers(0, 419)),
    max_size=3,
)
TURN_OR_STATE = {"WRONG_STATE", "NOT_YOUR_TURN", "ON_HOLD", "OWN_DOCUMENT", "ALREADY_DECIDED"}
PAYMENTS = (ev.PaymentSent, ev.PaymentExecuted, ev.PaymentRefused)


def _task(case: Case, story: Story) -> str:
    found = [task for task in story.tasks if task.kind is not TaskKind.DECIDE_DATE]
    return found[0].key if found else "none"


def _open_seat(story: Story, number: int) -> int:
    seats = story.case.open_seats
    return seats[number % len(seats)].id if seats else 0


def _staffed(limits: dict[str, int]) -> Org:
    """Return the cast with these limits, and a lawyer from outside."""
    members = {**ORG.members, "lawyer": Member("lawyer", "L", is_outside=True)}
    stated = {who: (("", Money(minor, "RUB")),) for who, minor in limits.items()}
    return Org(
        {who: replace(one, limits=stated.get(who, one.limits)) for who, one in members.items()}, {}
    )


def _stage(code: str, people: tuple[str, ...], n: int) -> Stage:
    """Make one of many stages out of a number."""
    return Stage(
        code,
        who=(Who.NAMED, Who.HIERARCHY, Who.ROLE)[n % 3],
        people=people,
        role="BOARD",
        reach=list(Reach)[n % 2],
        how=list(How)[n % 4],
        needed=1 + n % 3,
        on_return=list(OnReturn)[n % 5 == 0],
        needs_remark=n % 7 == 0,
        hours=8,
        at_deadline=list(AtDeadline)[n % 3],
        vouches_for=(("contract",), ("amount", "contract"), ())[n % 3],
    )


def _drawn(
    number: int, stages: list[tuple[list[str], int]], keeps: tuple[bool, bool]
) -> RouteVersion:
    """Make a version of the one route out of numbers; some read a field that is not material by itself."""
    drawn = tuple(
        _stage(f"s{place}", tuple(people[: 2 + n % 3]), n)
        for place, (people, n) in enumerate(stages)
    )
    if drawn and stages[-1][1] % 4 == 0:
        met = Condition("category", Op.MISSING)
        drawn = (replace(drawn[0], conditions=(met,)), *drawn[1:])
    resumes, partial = keeps
    return RouteVersion(
        f"drawn-{number}", "ALL", number, drawn,
        is_default=True, resumes=resumes, partial_rework=partial,
    )  # fmt: skip


def _postponed(story: Story, days: int) -> do.Postpone:
    row = next(iter(story.case.unpaid_planned()), None) or story.case.planned[0]
    return do.Postpone(row.id, row.on, story.world.today + timedelta(days=days), WHY)


# One sample of every command; `number` and `person` vary it.
SAMPLES: dict[Verb, Callable[[Story, int, str], do.Command]] = {
    Verb.REVISE: lambda s, n, p: do.Revise({"comment": f"About {n}"}, s.case.revision),
    Verb.ATTACH: lambda s, n, p: do.Attach("ACT", f"{n:064}", Private("act.pdf")),
    Verb.SUBMIT: lambda s, n, p: do.Submit(s.case.revision),
    Verb.RESUBMIT: lambda s, n, p: do.Resubmit(
        s.case.revision, {row.id: Private("") for row in s.case.remarks}
    ),
    Verb.APPROVE: lambda s, n, p: do.Approve(s.case.revision, WHY if n % 2 else None),
    Verb.RETURN: lambda s, n, p: do.ReturnForRework(s.case.revision, (WHY,)),
    Verb.REJECT: lambda s, n, p: do.Reject(s.case.revision, WHY),
    Verb.WITHDRAW: lambda s, n, p: do.Withdraw(WHY),
    Verb.REASSIGN: lambda s, n, p: do.Reassign(_task(s.case, s), p),
    Verb.ADD_APPROVER: lambda s, n, p: do.AddApprover(p),
    Verb.ASK_OUTSIDE: lambda s, n, p: do.AskOutside(p),
    Verb.NAME_APPROVER: lambda s, n, p: do.NameApprover(p),
    Verb.FORCE_DECISION: lambda s, n, p: do.ForceDecision(
        s.case.revision, _open_seat(s, n), list(do.Forced)[n % 3], WHY
    ),
    Verb.REPLACE_PERSON: lambda s, n, p: do.ReplacePerson(_task(s.case, s), p, WHY),
    Verb.REROUTE: lambda s, n, p: do.Reroute(s.world.routes[-1].id),
    Verb.MEET_DEADLINE: lambda s, n, p: do.MeetDeadline(_task(s.case, s)),
    Verb.ADD_OBSERVER: lambda s, n, p: do.AddObserver(p),
    Verb.HOLD: lambda s, n, p: do.PutOnHold(WHY, s.world.today + timedelta(days=n % 3)),
    Verb.RELEASE: lambda s, n, p: do.Release(),
    Verb.MARK_SENT: lambda s, n, p: do.MarkSent(s.case.revision, n * 1_000, s.world.today),
    Verb.PAY: lambda s, n, p: do.Pay(s.case.revision, n * 1_000, s.world.today),
    Verb.REFUSE_PAYMENT: lambda s, n, p: do.RefusePayment(s.case.revision, (WHY,)),
    Verb.RECORD_RETURN: lambda s, n, p: do.RecordReturn(n, do.ReturnKind.BANK_RETURN, WHY),
    Verb.CLOSE_REST: lambda s, n, p: do.CloseRest(WHY),
    Verb.POSTPONE: lambda s, n, p: _postponed(s, n),
    Verb.COMMENT: lambda s, n, p: do.Comment(
        WHY,
        asks=p if n % 2 else None,
        reply_to=s.case.questions[0].id if s.case.questions and n % 3 == 0 else None,
    ),
    Verb.EDIT_COMMENT: lambda s, n, p: do.EditComment(n, WHY),
    Verb.WITHDRAW_QUESTION: lambda s, n, p: do.WithdrawQuestion(
        s.case.questions[-1].id if s.case.questions else n
    ),
    Verb.UNDO: lambda s, n, p: do.Undo(s.case.undoable.entry if s.case.undoable else n),
}


def _material(story: Story, number: int) -> do.Command:
    if number % 2:
        return do.Attach("INVOICE", f"{number:064}", Private("invoice.pdf"))
    return story.revision(contract=f"C-{number}")


class Life(Promises, RuleBasedStateMachine):
    """A case in the hands of everybody."""

    story: Story
    offered_in: Case | None = None

    @initialize(
        by=PEOPLE,
        kind=st.sampled_from(["HIERARCHY", "LIST", "MY_CHOICE"]),
        choice=st.lists(PEOPLE, min_size=1, max_size=3),
        entered_by=PEOPLE,
        payers=GROUPS,
        switches=st.tuples(st.booleans(), st.sampled_from([True, True, True, False])),
        stages=STAGES,
        keeps=st.tuples(st.booleans(), st.booleans()),
        limits=st.dictionaries(PEOPLE, st.sampled_from([5_000, 20_000]), max_size=4),
    )
    def begins(
        self,
        by: str,
        kind: str,
        choice: list[str],
        entered_by: str,
        payers: frozenset[str],
        switches: tuple[bool, bool],
        stages: list[tuple[list[str], int]],
        keeps: tuple[bool, bool],
        limits: dict[str, int],
    ) -> None:
        may_pay, ends_in_payment = switches
        world = World(
            account=Account("digest", entered_by, is_blocked=False),
            payers=tuple(sorted(payers | {"clara"} if ends_in_payment else payers)),
            initiator_may_pay=may_pay,
            org=_staffed(limits),
            outsiders=frozenset({"lawyer"}),
            roles={"BOARD": ("boris", "gleb", "vera")},
            standins=("dana",),
        )
        if stages:
            world.routes = (_drawn(1, stages, keeps),)
        world.doctype = replace(world.doctype, ends_in_payment=ends_in_payment)
        self.versions = {route.id: route for route in world.routes}
        self.story = Story(world, by=by, approval_type=kind, choice=choice)
        self.keys: dict[str, tuple[str, str]] = {}
        self.cases = {1: self.story.case}
        self.last = self.story.case

    @rule(actor=PEOPLE, absent=GROUPS)
    def deputises(self, actor: str, absent: frozenset[str]) -> None:
        self.story.world.deputies[actor] = absent - {actor}

    @rule(stages=STAGES, keeps=st.tuples(st.booleans(), st.booleans()))
    def the_route_is_published_anew(
        self, stages: list[tuple[list[str], int]], keeps: tuple[bool, bool]
    ) -> None:
        if stages:
            number = self.story.world.routes[-1].number + 1
            published = _drawn(number, stages, keeps)
            self.story.world.routes = (published,)
            self.versions[published.id] = published

    @rule(actor=st.sampled_from(["root", "root", "gleb"]))
    def the_round_is_moved_to_it(self, actor: str) -> None:
        before = self.story.case
        self._tries(actor, SAMPLES[Verb.REROUTE](self.story, 1, actor))
        case = self.story.case
        if case is not before and case.route != before.route:
            asked = {seat.holder for seat in before.seats}
            new = {s.holder for s in case.seats if s.state is SeatState.WAITING} - asked
            assert actor not in new, "nobody makes themselves an approver"
            heard = {s.holder for s in case.seats if s.state is not SeatState.COVERED}
            against = {s.holder for s in before.seats if s.state is SeatState.RETURNED}
            assert against <= heard, "no objection is lost"

    @rule(minutes=st.sampled_from([1, 60 * 24, 60 * 24 * 3]))
    def time_passes(self, minutes: int) -> None:
        self.story.passes(minutes=minutes)

    @rule(actor=EVERYBODY, verb=st.sampled_from(Verb), number=st.integers(1, 12), person=EVERYBODY)
    def somebody_tries_something(self, actor: str, verb: Verb, number: int, person: str) -> None:
        self._tries(actor, SAMPLES[verb](self.story, number, person))

    @rule(actor=PEOPLE, number=st.integers(0, 5))
    def somebody_changes_what_matters(self, actor: str, number: int) -> None:
        self._tries(actor, _material(self.story, number))

    @rule(
        verb=st.sampled_from([Verb.POSTPONE, Verb.RELEASE, Verb.MEET_DEADLINE, Verb.MEET_DEADLINE]),
        number=st.integers(1, 3),
    )
    def the_clock_acts(self, verb: Verb, number: int) -> None:
        self._tries(SYSTEM, SAMPLES[verb](self.story, number, "anna"))

    @rule(
        who=st.integers(0, 9), what=st.integers(0, 99), number=st.integers(1, 12), person=EVERYBODY
    )
    def somebody_takes_an_offer(self, who: int, what: int, number: int, person: str) -> None:
        """Mostly whoever has the task acts: so the case gets far."""
        holders = [task.holder for task in self.story.tasks] or [self.story.case.initiator]
        actor = holders[who % len(holders)]
        offers = [verb for verb in self.story.options(actor) if verb is not Verb.WITHDRAW]
        self._tries(actor, SAMPLES[offers[what % len(offers)]](self.story, number, person))

    @rule(number=st.integers(1, 12))
    def the_natural_next_step_is_taken(self, number: int) -> None:
        steps = (Verb.SUBMIT, Verb.APPROVE, Verb.RESUBMIT, Verb.PAY)
        holders = [task.holder for task in self.story.tasks] or [self.story.case.initiator]
        for verb in self.story.options(holders[0]):
            if verb in steps:
                self._tries(holders[0], SAMPLES[verb](self.story, number, "gleb"))
                return

    def _tries(self, actor: str, command: do.Command) -> None:
        story, before = self.story, self.story.case
        copy = codec.load(Case, codec.dump(before))
        try:
            events = story.does(actor, command)
        except Refusal:
            assert story.case == before == copy, "a refusal changes nothing"
            return
        self._nobody_decided_on_their_own(before, actor, events)
        self.votes_are_sound(before, actor, events)
        if isinstance(command, do.Undo):
            assert replace(story.case, entries=command.entry - 1) == replace(
                self.cases[command.entry - 1], undoable=None
            ), "undo restores the case but for its count of entries"
        case: Case = before
        for event in events:
            case = evolve(case, event, Envelope(actor, story.world.at))
            self.cases[case.entries] = case

    def _nobody_decided_on_their_own(
        self, before: Case, actor: str, events: tuple[ev.Event, ...]
    ) -> None:
        world = self.story.world
        assert world.account is not None
        barred = {before.initiator, *before.authors, world.account.entered_by}
        for event in events:
            if isinstance(event, DECISIONS):
                assert actor not in barred
                assert event.on_behalf_of not in barred
            if isinstance(event, PAYMENTS):
                barred -= {before.initiator} if world.initiator_may_pay else set()
                assert actor not in barred
                stands_for = {actor, *world.deputies.get(actor, ())} - barred
                assert stands_for & {*world.payers, *before.payers}
            if isinstance(event, (ev.PaymentSent, ev.PaymentExecuted)):
                assert event.by_exception is (actor == before.initiator)

    @invariant()
    def the_case_is_the_fold_of_its_entries(self) -> None:
        case, history = self.story.case, self.story.history
        assert fold(history) == case
        stored = [
            (codec.load_event(kind, json.loads(json.dumps(data))), envelope)
            for (kind, data), envelope in (
                (codec.dump_event(event), envelope) for event, envelope in history
            )
        ]
        assert fold(stored) == case
        assert codec.load(Case, json.loads(json.dumps(codec.dump(case)))) == case
        assert case.entries == len(history)

    @invariant()
    def an_offer_is_never_refused_for_turn_or_state(self) -> None:
        if self.offered_in is self.story.case:
            return
        self.offered_in = self.story.case
        for actor in (*CAST, "lawyer"):
            for verb in self.story.options(actor):
                # Zoya has left, so that nobody is refused for being unsuitable in another way.
                asked = [SAMPLES[verb](self.story, 1, "zoya")]
                # One of the open tasks can be handed over.
                if verb is Verb.REASSIGN:
                    asked = [do.Reassign(task.key, "zoya") for task in self.story.tasks]
                if verb is Verb.REPLACE_PERSON:
                    asked = [do.ReplacePerson(task.key, "zoya", WHY) for task in self.story.tasks]
                codes = {self.story.code(actor, command) for command in asked}
                assert codes - TURN_OR_STATE, (actor, verb, codes)

    @invariant()
    def a_final_state_accepts_nothing_but_its_exceptions(self) -> None:
        if (exceptions := FINAL.get(self.story.case.state)) is not None:
            for actor in (*CAST, "lawyer"):
                assert set(self.story.options(actor)) <= exceptions | ALWAYS

    @invariant()
    def an_open_case_has_a_task_that_its_holder_can_do(self) -> None:
        case = self.story.case
        assert bool(self.story.tasks) is (case.state in OPEN)
        needed = {
            TaskKind.APPROVE: Verb.APPROVE,
            TaskKind.CORRECT: Verb.RESUBMIT,
            TaskKind.PAY: Verb.PAY,
            TaskKind.NAME_APPROVER: Verb.NAME_APPROVER,
            TaskKind.DECIDE_DATE: Verb.POSTPONE,
        }
        for task in self.story.tasks:
            if case.hold is None:
                assert needed[task.kind] in self.story.options(task.holder), task

    @invariant()
    def a_task_key_belongs_to_one_holder_for_ever(self) -> None:
        for task in self.story.tasks:
            mine = (str(task.kind), task.holder)
            assert self.keys.setdefault(task.key, mine) == mine

    @invariant()
    def no_more_is_paid_than_asked(self) -> None:
        case = self.story.case
        assert 0 <= case.executed + case.sent + case.waived <= case.amount.minor
        is_settled = case.rest == 0 and not case.sent
        assert (case.state is State.PAID) is is_settled

    @invariant()
    def nobody_counts_twice_in_a_round(self) -> None:
        """Whoever decided for somebody else has no other say; in a stage persons count, not seats."""
        seats = self.story.case.seats
        for person in {seat.by for seat in seats if seat.by}:
            said = [seat for seat in seats if seat.by == person]
            assert len(said) == 1 or all(seat.holder == person for seat in said)
        for stage in {seat.stage for seat in seats}:
            if not self.story.case.terms_of(stage).is_parallel:
                continue
            voices = [s.by or s.holder for s in seats if s.stage == stage and (s.by or s.holder)]
            assert len(voices) == len(set(voices))

    @invariant()
    def every_approval_that_counts_was_given_and_still_holds(self) -> None:
        """By whom the seat says, on what is in the case now."""
        story, case = self.story, self.story.case
        going_on = case.state in {State.IN_APPROVAL, State.TO_PAY, State.APPROVED}
        world = story.world
        signed = fingerprint(case, world.doctype, world.account)
        for seat in case.seats:
            if seat.state is SeatState.APPROVED:
                assert seat.entry is not None
                event, envelope = story.history[seat.entry - 1]
                assert isinstance(event, ev.Approved)
                assert (envelope.by, event.fingerprint) == (seat.by, seat.signed)
                part = vouched(case, seat.stage, story.facts("clara"))
                assert not going_on or seat.signed == signed or seat.vouched == part != ""

    @invariant()
    def no_two_seats_of_a_round_have_one_number(self) -> None:
        numbers = [seat.id for seat in self.story.case.seats]
        assert len(numbers) == len(set(numbers))

    @invariant()
    def revision_and_round_never_go_down(self) -> None:
        case = self.story.case
        assert case.revision >= self.last.revision
        assert case.round >= self.last.round
        assert case.entries >= self.last.entries
        self.last = case

    @invariant()
    def the_first_planned_date_stays(self) -> None:
        assert [row.first_on for row in self.story.case.planned] == [FRIDAY]


Life.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestLife: Any = Life.TestCase


def test_deciding_does_not_depend_on_anything_but_its_arguments() -> None:
    story = Story(World(today=MONDAY)).submit()
    command = do.Approve(story.case.revision)
    facts = story.facts("boris")
    assert decide(story.case, command, facts, story.world.at) == decide(
        story.case, command, facts, story.world.at
    )
