"""The approval chain as a list of steps: who, why, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from akcept.cases.cards import CaseCard, QuestionCard, SeatCard, SkippedCard, StageCard
from akcept.engine.case import SeatState, State, Why
from akcept.engine.routes import How
from akcept.wording import dates, routes, states, why


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the chain shows it."""

    state: str
    who: str
    words: str
    position: str = ""
    acting_for: str = ""
    at: datetime | None = None
    since: datetime | None = None
    why: str = ""
    remark: str = ""
    due_at: datetime | None = None
    hours: str = ""
    number: int = 0
    is_outside: bool = False
    waits_for: tuple[QuestionCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Steps that belong together: those asked at the same time, with how far they are; else a step alone."""

    steps: tuple[Step, ...]
    label: str = ""
    tally: str = ""


HOUR = timedelta(hours=1)
MARKS = {
    SeatState.APPROVED: "done",
    SeatState.RETURNED: "returned",
    SeatState.REJECTED: "rejected",
    SeatState.COVERED: "skipped",
    SeatState.NOT_NEEDED: "skipped",
    SeatState.WAITING: "upcoming",
}


def steps(card: CaseCard) -> list[Step]:
    """Return the steps of the running round; the payment is the last, where it ends in one."""
    chain = [_seat(seat) for seat in card.seats]
    chain += [_skipped(row) for row in card.skipped]
    return [*chain, *_payment(card)]


def position(chain: list[Step]) -> tuple[int, int]:
    """Return which step of how many it is; passed-over ones do not count."""
    counted = [step for step in chain if step.state != "skipped"]
    done = sum(step.state == "done" for step in counted)
    return min(done + 1, len(counted)), len(counted)


def groups(card: CaseCard) -> list[Group]:
    """Return the steps with those of a parallel stage in a box of their own, and why a stage is passed over."""
    found: list[Group] = []
    for stage, steps_of in _by_stage(card):
        if stage is None or stage.how is How.IN_TURN or len(steps_of) < 2 or stage.unmet:
            found += [Group((step,)) for step in steps_of]
            continue
        tally = pgettext("quorum", "%(agreed)d of %(needed)d") % {
            "agreed": stage.agreed,
            "needed": stage.needed,
        }
        found.append(Group(tuple(steps_of), routes.name(stage) or _("At the same time"), tally))
    rest = (*(_skipped(row) for row in card.skipped), *_payment(card))
    return _numbered([*found, *(Group((step,)) for step in rest)])


def _numbered(found: list[Group]) -> list[Group]:
    """Number the steps as `position` counts them: not those that are passed over."""
    numbers = count(1)
    return [
        replace(
            group,
            steps=tuple(
                step if step.state == "skipped" else replace(step, number=next(numbers))
                for step in group.steps
            ),
        )
        for group in found
    ]


def _by_stage(card: CaseCard) -> list[tuple[StageCard | None, list[Step]]]:
    """Return the stages in the order of the round; what was added on the way follows its neighbour."""
    stages = {stage.code: stage for stage in card.stages}
    seated = dict.fromkeys(seat.stage for seat in card.seats)
    order = [*stages, *(code for code in seated if code not in stages)] if stages else [*seated]
    found: list[tuple[StageCard | None, list[Step]]] = []
    for code in order:
        stage = stages.get(code)
        if stage and stage.unmet:
            found.append((stage, [_passed_over(card, stage)]))
        else:
            found.append((stage, [_seat(seat) for seat in card.seats if seat.stage == code]))
    return found


def _passed_over(card: CaseCard, stage: StageCard) -> Step:
    assert stage.unmet is not None, "a stage passed over for no condition"
    names = {key: value for entry in card.history for key, value in entry.names.items()}
    amount = card.row.amount
    said = routes.condition(stage.unmet, names, amount.currency if amount else "")
    return Step(
        state="skipped",
        who=routes.name(stage) or _("Step"),
        words=pgettext("step", "does not apply"),
        why=_("Only if: %(condition)s") % {"condition": said},
    )


def _seat(seat: SeatCard) -> Step:
    mark = "current" if seat.is_current else MARKS[seat.state]
    decider = seat.by or seat.person
    for_somebody = seat.by and seat.person and seat.by.id != seat.person.id and not seat.by_override
    reason = why.words(seat.why)
    if seat.instead_of:
        by_override = seat.why == Why.REPLACED
        told = (
            _("Put here by override instead of %(name)s")
            if by_override
            else _("Instead of %(name)s")
        )
        reason = told % {"name": seat.instead_of.name}
    return Step(
        state=mark,
        who=decider.name if decider else _("Nobody yet"),
        position=decider.position if decider else "",
        acting_for=seat.person.name if for_somebody and seat.person else "",
        words=_("decides now") if seat.is_current else _outcome(seat),
        at=seat.decided_at,
        since=seat.since,
        why=reason,
        remark=seat.remark,
        is_outside=seat.is_outside and not seat.by_override,
        due_at=seat.due_at,
        waits_for=seat.waits_for,
        hours=_hours(seat),
    )


def _hours(seat: SeatCard) -> str:
    """Say how much of the working time is over: 4 h of 8 h."""
    if seat.spent is None or seat.allowed is None:
        return ""
    hours = {"spent": seat.spent // HOUR, "allowed": -(-seat.allowed // HOUR)}
    return _("%(spent)d h of %(allowed)d h") % hours


def _outcome(seat: SeatCard) -> str:
    said = states.seat(seat.state)
    if seat.by_override and seat.person:
        told = {"outcome": said, "name": seat.person.name}
        return pgettext("step", "%(outcome)s by override, in the place of %(name)s") % told
    if seat.by_code:
        return pgettext("step", "%(outcome)s by e-mail code") % {"outcome": said}
    return said


def _skipped(row: SkippedCard) -> Step:
    return Step(
        state="skipped",
        who=row.person.name,
        position=row.person.position,
        words=pgettext("step", "passed over"),
        why=why.skipped(row.why),
    )


def _payment(card: CaseCard) -> Iterator[Step]:
    if not card.seats or not card.row.type.ends_in_payment:
        return
    payers = len(card.payers) or 1
    state, words = "upcoming", npgettext("step", "pays", "one of them pays", payers)
    if card.row.state is State.TO_PAY:
        state, words = "current", npgettext("step", "pays now", "one of them pays now", payers)
    elif card.row.state is State.PAID:
        yield _paid(card)
        return
    names = ", ".join(person.name for person in card.payers)
    yield Step(state=state, who=names or _("Accounting"), words=words)


def _paid(card: CaseCard) -> Step:
    """Name who has paid, not who might have, and the day of the last payment."""
    made = [row for row in card.payments if row.returns is None and not row.is_returned]
    names = ", ".join(dict.fromkeys(row.by.name for row in made if row.by))
    words = pgettext("step", "paid")
    if made:
        words = f"{words} · {dates.day(max(row.on for row in made))}"
    return Step(state="done", who=names or _("Accounting"), words=words)
