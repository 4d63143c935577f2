"""Laws about votes, limits, deputies and people from outside, counted anew from the entries and the votes alone."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis.stateful import invariant

from akcept.engine import events as ev
from akcept.engine.case import Case, Seat, SeatState, State, Why
from akcept.engine.money import Money
from akcept.engine.quorum import settle
from akcept.engine.routes import How, Reach, RouteVersion, Who
from akcept.engine.tasks import TaskKind
from akcept.engine.verbs import FROM_OUTSIDE, IN_THEIR_SEAT, Verb
from engine.world import Story, World

DONE = {State.TO_PAY, State.PAID, State.APPROVED}
DECISIONS = (ev.Approved, ev.Returned, ev.Rejected)


def voice(seat: Seat, by_id: Mapping[int, Seat]) -> str | None:
    """Return who agreed in a seat: by voting, or by having voted where it is covered."""
    while seat.state is SeatState.COVERED and seat.covered_by:
        seat = by_id[seat.covered_by]
    return seat.by if seat.state is SeatState.APPROVED else None


def passed(case: Case) -> list[str]:
    """Return the stages that the case has left behind."""
    stages = list(dict.fromkeys(seat.stage for seat in case.seats))
    if case.state in DONE:
        return stages
    if case.state is not State.IN_APPROVAL:
        return []
    still = {seat.stage for seat in case.seats if seat.state is SeatState.WAITING}
    return stages[: min((stages.index(stage) for stage in still), default=len(stages))]


def limit_of(world: World, person: str) -> Money | None:
    """Return the limit of somebody; None: none is stated, and so there is none."""
    return dict(world.org.members[person].limits).get("")


def falls_short(world: World, person: str, base: Money) -> bool:
    """Tell whether somebody's limit is below a sum."""
    limit = limit_of(world, person)
    return limit is not None and limit.minor < base.minor


class Promises:
    """What is promised of every round; mixed into the machine that lives it."""

    story: Story
    versions: dict[str, RouteVersion]

    def votes_are_sound(self, before: Case, actor: str, events: tuple[ev.Event, ...]) -> None:
        """Look at what somebody just decided: for whom, under which limit, and from where."""
        world = self.story.world
        for event in events:
            if not isinstance(event, DECISIONS) or event.is_override:
                continue
            seat = next(row for row in before.seats if row.id == event.seat)
            assert event.on_behalf_of == (None if seat.holder == actor else seat.holder)
            assert seat.is_outside is (seat.holder in world.outsiders)
            if seat.holder == actor:
                continue
            assert seat.holder in world.deputies.get(actor, ())
            assert actor not in world.outsiders
            heard = [row for row in before.seats if actor in {row.holder, row.by}]
            assert not heard, "one human counts once"
            if isinstance(event, ev.Approved) and falls_short(world, actor, world.known_base):
                assert falls_short(world, seat.holder or "", world.known_base)

    @invariant()
    def no_stage_passes_without_its_quorum(self) -> None:
        case = self.story.case
        by_id = {seat.id: seat for seat in case.seats}
        for stage in passed(case):
            seats = [seat for seat in case.seats if seat.stage == stage]
            agreed = {voice(seat, by_id) for seat in seats} - {None}
            inside = {voice(seat, by_id) for seat in seats if not seat.is_outside} - {None}
            terms = case.terms_of(stage)
            if terms.how in (How.ALL, How.IN_TURN):
                assert all(voice(seat, by_id) for seat in seats)
            else:
                assert len(agreed) >= (max(1, terms.needed) if terms.how is How.N_OF_M else 1)
                assert inside or all(seat.is_outside for seat in seats)
        if case.state in DONE:
            assert any(voice(seat, by_id) and not seat.is_outside for seat in case.seats)

    @invariant()
    def every_vote_is_counted_to_its_end(self) -> None:
        """What the entries say became of the seats is what counting the votes again comes to."""
        case = self.story.case
        if case.state is State.IN_APPROVAL:
            again = settle(case.seats, case.terms_of)
            assert (again.not_needed, again.reopened) == ((), ())
            assert not again.goes_back
            assert not again.is_done

    @invariant()
    def whoever_is_added_takes_no_vote_of_a_stage_away(self) -> None:
        """As many agree as the route says, of those whom the route asks."""
        case = self.story.case
        if case.route is None:
            return
        stages = {stage.code: stage for stage in self.versions[case.route].stages}
        by_id = {seat.id: seat for seat in case.seats}
        for code in passed(case):
            said = stages.get(code)
            if said is None or said.how in (How.ALL, How.IN_TURN):
                continue
            asked = [seat for seat in case.seats if seat.stage == code]
            named = [seat for seat in asked if seat.why is not Why.ADDED]
            agreed = {voice(seat, by_id) for seat in named} - {None}
            assert len(agreed) >= (max(1, said.needed) if said.how is How.N_OF_M else 1)

    @invariant()
    def what_asks_for_a_sufficient_limit_gets_one_from_inside(self) -> None:
        case, world = self.story.case, self.story.world
        if case.state not in DONE or case.base is None or self._was_overridden():
            return
        seats = {seat.stage.partition(".")[0] for seat in case.seats}
        asks = any(
            stage.who is Who.MY_CHOICE or (stage.who, stage.reach) == (Who.HIERARCHY, Reach.LIMIT)
            for stage in self.versions[case.route or ""].stages
            if stage.code in seats
        )
        by_id = {seat.id: seat for seat in case.seats}
        voices = {voice(seat, by_id) for seat in case.seats if not seat.is_outside} - {None}
        enough = [who for who in voices if who and not falls_short(world, who, case.base)]
        assert enough or not asks

    def _was_overridden(self) -> bool:
        sent = 0
        for place, (event, _) in enumerate(self.story.history):
            if isinstance(event, ev.Submitted):
                sent = place
        rest = (event for event, _ in self.story.history[sent:])
        return any(isinstance(event, ev.Approved) and event.is_override for event in rest)

    @invariant()
    def somebody_from_outside_has_their_seat_and_nothing_else(self) -> None:
        case, outsiders = self.story.case, self.story.world.outsiders
        company = {*case.payers, *case.wardens, *case.observers, case.corrector, case.initiator}
        assert not company & outsiders
        for seat in case.seats:
            assert seat.is_outside is (seat.holder in outsiders)
        for person in sorted(outsiders):
            held = {task.kind for task in self.story.tasks if task.holder == person}
            assert held <= {TaskKind.APPROVE}
            offered = set(self.story.options(person))
            # With the round their say is over; a decision of theirs may still be taken back at once.
            assert offered <= (FROM_OUTSIDE | IN_THEIR_SEAT if held else {Verb.UNDO})

    @invariant()
    def a_question_ends_with_the_task_that_waits_for_it(self) -> None:
        case = self.story.case
        open_keys = {task.key: task.holder for task in self.story.tasks}
        for question in case.questions:
            assert not question.pauses or question.pauses in open_keys
            if question.pauses and case.hold is None:
                holder = open_keys[question.pauses]
                assert Verb.APPROVE in self.story.options(holder), "whoever asks may decide at once"
