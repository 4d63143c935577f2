"""The approval chain as a list of steps: who, why, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akcept.cases.cards import CaseCard, SeatCard, SkippedCard
from akcept.engine.case import SeatState, State
from akcept.wording import states, why


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


MARKS = {
    SeatState.APPROVED: "done",
    SeatState.RETURNED: "returned",
    SeatState.REJECTED: "rejected",
    SeatState.COVERED: "skipped",
    SeatState.WAITING: "upcoming",
}


def steps(card: CaseCard) -> list[Step]:
    """Return the steps of the running round, the payment last."""
    chain = [_seat(seat) for seat in card.seats]
    chain += [_skipped(row) for row in card.skipped]
    return [*chain, _payment(card)] if card.seats else chain


def position(chain: list[Step]) -> tuple[int, int]:
    """Return which step of how many it is; passed-over ones do not count."""
    counted = [step for step in chain if step.state != "skipped"]
    done = sum(step.state == "done" for step in counted)
    return min(done + 1, len(counted)), len(counted)


def _seat(seat: SeatCard) -> Step:
    mark = "current" if seat.is_current else MARKS[seat.state]
    decider = seat.by or seat.person
    for_somebody = seat.by and seat.person and seat.by.id != seat.person.id
    reason = why.words(seat.why)
    if seat.instead_of:
        reason = _("Instead of %(name)s") % {"name": seat.instead_of.name}
    return Step(
        state=mark,
        who=decider.name if decider else _("Nobody yet"),
        position=decider.position if decider else "",
        acting_for=seat.person.name if for_somebody and seat.person else "",
        words=_("decides now") if seat.is_current else states.seat(seat.state),
        at=seat.decided_at,
        since=seat.since,
        why=reason,
        remark=seat.remark,
    )


def _skipped(row: SkippedCard) -> Step:
    return Step(
        state="skipped",
        who=row.person.name,
        position=row.person.position,
        words=pgettext("step", "passed over"),
        why=why.skipped(row.why),
    )


def _payment(card: CaseCard) -> Step:
    state, words = "upcoming", pgettext("step", "pays")
    if card.row.state is State.TO_PAY:
        state, words = "current", pgettext("step", "pays now")
    elif card.row.state is State.PAID:
        state, words = "done", pgettext("step", "paid")
    names = ", ".join(person.name for person in card.payers)
    return Step(state=state, who=names or _("Accounting"), words=words)
