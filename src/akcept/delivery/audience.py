"""Who is told of what: a pure rule over what happened and the case before and after it.

Nobody is told of their own act. Only who holds an open task is disturbed by mail; waiting approvers hear nothing
until it is their turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from akcept.delivery.topics import WEIGHT, Topic
from akcept.engine import events as ev
from akcept.engine.case import Case, State
from akcept.engine.standing import owners, stand_ins
from akcept.engine.tasks import Task, TaskKind, tasks


@dataclass(frozen=True, slots=True)
class Told:
    """A person to be told of the entry with this number; `task_kind` if they have to do something."""

    person: str
    number: int
    topic: Topic
    task_kind: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """What one append did to a case; `before` is None for a new one, `first` numbers its first event.

    `expected`: who of the company is to answer somebody from outside that has written.
    """

    before: Case | None
    after: Case
    first: int
    events: Sequence[ev.Event]
    by: str
    expected: Sequence[str] = ()

    @property
    def last(self) -> int:
        """Return the number of the last event."""
        return self.first + len(self.events) - 1


def audience(
    happening: Happening, deputies: Mapping[str, Iterable[str]], entered_by: str | None = None
) -> tuple[Told, ...]:
    """Return who is told, each person once for an entry.

    `deputies` act now for whom they are listed under, the first to ask first; `entered_by`: who entered the payee's
    account.
    """
    kept: dict[tuple[str, int], Told] = {}
    for told in (*_tasks(happening, deputies, entered_by), *_events(happening, deputies)):
        if told.person == happening.by:
            continue
        place = (told.person, told.number)
        if place not in kept or WEIGHT[told.topic] < WEIGHT[kept[place].topic]:
            kept[place] = told
    return tuple(kept.values())


def participants(case: Case) -> tuple[str, ...]:
    """Return everybody who has had to do with the case so far, who wait for their turn left out."""
    decided = (who for seat in case.seats if seat.by for who in (seat.holder, seat.by))
    holding = (task.holder for task in tasks(case))
    paid = (row.by for row in case.payments)
    people = (
        case.initiator,
        *decided,
        *holding,
        *case.payers,
        *paid,
        case.corrector,
        *case.observers,
    )
    return tuple(dict.fromkeys(who for who in people if who))


def holders(case: Case) -> tuple[str, ...]:
    """Return whose turn it is."""
    return tuple(dict.fromkeys(task.holder for task in tasks(case)))


def _tasks(
    happening: Happening, deputies: Mapping[str, Iterable[str]], entered_by: str | None
) -> Iterator[Told]:
    if any(isinstance(event, ev.Undone) for event in happening.events):
        return
    known = {task.key for task in tasks(happening.before)} if happening.before else set()
    for task in tasks(happening.after):
        if task.key not in known:
            acting = may_act(deputies.get(task.holder, ()), task.kind, happening.after, entered_by)
            # The first who may is asked; the next ones find it among their tasks and are reminded.
            yield from _told_of_task(task, happening, (task.holder, *acting[:1]))


def _told_of_task(task: Task, happening: Happening, people: Iterable[str]) -> Iterator[Told]:
    topic = Topic.TASK
    if task.kind is TaskKind.CORRECT:
        topic = _why_to_correct(happening.events)
    for person in people:
        yield Told(person, happening.last, topic, task.kind)


def may_act(
    deputies: Iterable[str], kind: str, case: Case, entered_by: str | None
) -> tuple[str, ...]:
    """Return which deputies of a holder may do their task, in their order; anybody may correct."""
    if kind == TaskKind.CORRECT:
        return tuple(deputies)
    seats = case.seats if kind == TaskKind.APPROVE else ()
    return stand_ins(deputies, seats, owners(case, entered_by))


def _why_to_correct(happened: Sequence[ev.Event]) -> Topic:
    kinds = {type(event) for event in happened}
    if ev.Returned in kinds:
        return Topic.RETURNED
    return Topic.PAYMENT_REFUSED if ev.PaymentRefused in kinds else Topic.TASK


def _events(happening: Happening, deputies: Mapping[str, Iterable[str]]) -> Iterator[Told]:
    for number, event in enumerate(happening.events, start=happening.first):
        if isinstance(event, ev.Commented):
            yield from _said(event, number, happening, deputies)
        elif rule := RULES.get(type(event)):
            topic, people = rule(event, happening)
            yield from (Told(person, number, topic) for person in people)


People = Iterable[str]
Rule = Callable[[ev.Event, Happening], tuple[Topic, People]]


def _initiator(topic: Topic) -> Rule:
    return lambda _event, what: (topic, (what.after.initiator,))


def _everybody(topic: Topic) -> Rule:
    return lambda _event, what: (topic, participants(what.before or what.after))


def _concerned(topic: Topic) -> Rule:
    return lambda _event, what: (
        topic,
        (what.after.initiator, *holders(what.after), *what.after.observers),
    )


def _paid(event: ev.Event, what: Happening) -> tuple[Topic, People]:
    if isinstance(event, ev.PaymentExecuted) and not event.closes:
        return Topic.PAID_PART, (what.after.initiator,)
    return Topic.PAID, participants(what.after)


def _revised(_event: ev.Event, what: Happening) -> tuple[Topic, People]:
    """Tell those whose approval or task a material change has voided."""
    was_going = what.before and what.before.state in {State.IN_APPROVAL, State.TO_PAY}
    if not (what.before and was_going and what.after.state is State.REWORK):
        return Topic.CHANGED, ()
    approved = [seat.by for seat in what.before.seats if seat.by]
    return Topic.CHANGED, (*approved, *holders(what.before))


def _reassigned(event: ev.Event, what: Happening) -> tuple[Topic, People]:
    assert isinstance(event, ev.Reassigned)
    return Topic.REASSIGNED, (event.old, what.after.initiator)


def _rerouted(_event: ev.Event, what: Happening) -> tuple[Topic, People]:
    """Tell the initiator, whose task is closed, and whose vote does not count any more."""
    assert what.before is not None, "only a running round is moved"
    counting = {seat.by for seat in what.after.seats if seat.by}
    voted = (seat.by for seat in what.before.seats if seat.by and seat.by not in counting)
    closed = (one for one in holders(what.before) if one not in holders(what.after))
    return Topic.REASSIGNED, (what.after.initiator, *closed, *voted)


def _observing(event: ev.Event, _what: Happening) -> tuple[Topic, People]:
    assert isinstance(event, ev.ObserverAdded)
    return Topic.OBSERVING, (event.person,)


def _moved(_event: ev.Event, what: Happening) -> tuple[Topic, People]:
    return Topic.MOVED, (what.after.initiator, *what.after.payers)


def _returned_payment(_event: ev.Event, what: Happening) -> tuple[Topic, People]:
    return Topic.PAYMENT_RETURNED, (what.after.initiator, *what.after.payers)


def _said(
    event: ev.Commented, number: int, what: Happening, deputies: Mapping[str, Iterable[str]]
) -> Iterator[Told]:
    """Tell who is asked (and who acts for them), whose question is answered, who is named, and everybody else.

    Who writes from outside is heard by those who asked them, and who is written to there gets a letter.
    """
    asked = (event.asks, *deputies.get(event.asks, ())) if event.asks else ()
    questions = what.before.questions if what.before else ()
    answered = [row.by for row in questions if row.id == event.answers]
    told = {
        Topic.ASKED: asked,
        Topic.ANSWERED: answered,
        Topic.GUEST_WROTE: (what.after.initiator, *what.expected) if event.guest == what.by else (),
        Topic.OUTSIDE_ANSWER: (event.guest,) if event.guest else (),
        Topic.MENTIONED: event.mentions,
        Topic.COMMENTED: [who for who in participants(what.after) if who != event.guest],
    }
    for topic, people in told.items():
        yield from (Told(person, number, topic) for person in people)


RULES: Mapping[type[ev.Event], Rule] = {
    ev.Approved: _initiator(Topic.APPROVED),
    ev.Returned: _initiator(Topic.RETURNED),
    ev.Rejected: _everybody(Topic.REJECTED),
    ev.Withdrawn: _everybody(Topic.WITHDRAWN),
    ev.Revised: _revised,
    ev.FileAttached: _revised,
    ev.Reassigned: _reassigned,
    ev.Rerouted: _rerouted,
    ev.ObserverAdded: _observing,
    ev.Held: _concerned(Topic.HELD),
    ev.Released: _concerned(Topic.RELEASED),
    ev.PaymentExecuted: _paid,
    ev.RestClosed: _paid,
    ev.PaymentRefused: _initiator(Topic.PAYMENT_REFUSED),
    ev.PaymentReturned: _returned_payment,
    ev.Postponed: _moved,
}
