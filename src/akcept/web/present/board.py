"""The board of the registry: columns with their newest cards, and where each card can be moved or why not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from akcept.cases.cards import CaseRow
from akcept.cases.pages import Column
from akcept.engine.case import State
from akcept.engine.verbs import Verb
from akcept.people.askers import Asker
from akcept.web.present import acts
from akcept.web.present.lines import CaseLine, case_line
from akcept.web.present.registry import address, count_words
from akcept.wording import states, verbs

MOVES = {
    Verb.SUBMIT: State.IN_APPROVAL,
    Verb.RESUBMIT: State.IN_APPROVAL,
    Verb.APPROVE: State.TO_PAY,
    Verb.PAY: State.PAID,
    Verb.RETURN: State.REWORK,
    Verb.REFUSE_PAYMENT: State.REWORK,
    Verb.REJECT: State.REJECTED,
    Verb.WITHDRAW: State.WITHDRAWN,
}
# Where a document can go in one step, whoever takes it.
NEXT = {
    State.DRAFT: (State.IN_APPROVAL,),
    State.IN_APPROVAL: (State.REWORK, State.TO_PAY, State.APPROVED),
    State.REWORK: (State.IN_APPROVAL,),
    State.TO_PAY: (State.PAID, State.REWORK),
}


@dataclass(frozen=True, slots=True)
class Move:
    """Where a card of the board can be moved, or why it cannot."""

    state: str
    words: str
    url: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of the board."""

    state: str
    words: str
    count: str
    sums: list[Any]
    cards: list[tuple[CaseLine, list[Move]]]
    more_url: str


def lanes(columns: Iterable[Column], asked: QueryDict, *, by: Asker) -> list[Lane]:
    """Return the columns of the board with their newest cases and totals."""
    columns = tuple(columns)
    every = [column.state for column in columns]
    return [
        Lane(
            state=column.state.value,
            words=states.words(column.state),
            count=count_words(column.totals),
            sums=list(column.totals.sums),
            cards=[
                (
                    case_line(row, by=by),
                    moves(row, column.options[row.id], every),
                )
                for row in column.rows
            ],
            more_url=_only(asked, column) if column.totals.count > len(column.rows) else "",
        )
        for column in columns
    ]


def moves(row: CaseRow, offered: Collection[Verb], to: Iterable[State]) -> list[Move]:
    """Return where a case can be moved by what its reader is offered, and why not to the other columns.

    A move only opens the act's own form on the card, so every check stays where it is.
    """
    ends_in_payment = row.type.ends_in_payment
    ends = MOVES if ends_in_payment else {**MOVES, Verb.APPROVE: State.APPROVED}
    columns = [state for state in to if state is not row.state]
    found = [
        Move(
            ends[verb].value,
            _("%(state)s: %(act)s") % {"state": states.words(ends[verb]), "act": verbs.words(verb)},
            f"{acts.case_url(row.id)}#do-{verb.value.lower().replace('_', '-')}",
        )
        for verb in offered
        if verb in ends
    ]
    open_to = {move.state for move in found}
    barred = [
        Move(state.value, states.words(state), why=_why_not(row, state, ends.values()))
        for state in columns
        if state.value not in open_to
    ]
    return found + barred


def _why_not(row: CaseRow, state: State, ends: Collection[State]) -> str:
    if row.is_held:
        return _("It is on hold.")
    if state not in NEXT.get(row.state, ()) or state not in ends:
        return _("It does not go there from “%(state)s”.") % {"state": states.words(row.state)}
    holder = next((holder.person.name for holder in row.now_with), "")
    return (
        _("It is the turn of %(name)s.") % {"name": holder} if holder else _("It is not your turn.")
    )


def _only(asked: QueryDict, column: Column) -> str:
    wanted = asked.copy()
    wanted.setlist("states", [column.state.value])
    return address(wanted)
