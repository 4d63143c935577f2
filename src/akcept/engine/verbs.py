"""The acts that exist, and in which state of a case each of them can be done at all."""

from __future__ import annotations

from enum import StrEnum

from akcept.engine.case import State


class Verb(StrEnum):
    """The acts a person can be offered, one per command."""

    REVISE = "REVISE"
    ATTACH = "ATTACH"
    SUBMIT = "SUBMIT"
    RESUBMIT = "RESUBMIT"
    APPROVE = "APPROVE"
    RETURN = "RETURN"
    REJECT = "REJECT"
    WITHDRAW = "WITHDRAW"
    REASSIGN = "REASSIGN"
    ADD_APPROVER = "ADD_APPROVER"
    ASK_OUTSIDE = "ASK_OUTSIDE"
    NAME_APPROVER = "NAME_APPROVER"
    FORCE_DECISION = "FORCE_DECISION"
    REPLACE_PERSON = "REPLACE_PERSON"
    REROUTE = "REROUTE"
    MEET_DEADLINE = "MEET_DEADLINE"
    ADD_OBSERVER = "ADD_OBSERVER"
    HOLD = "HOLD"
    RELEASE = "RELEASE"
    MARK_SENT = "MARK_SENT"
    PAY = "PAY"
    REFUSE_PAYMENT = "REFUSE_PAYMENT"
    RECORD_RETURN = "RECORD_RETURN"
    CLOSE_REST = "CLOSE_REST"
    POSTPONE = "POSTPONE"
    COMMENT = "COMMENT"
    EDIT_COMMENT = "EDIT_COMMENT"
    WITHDRAW_QUESTION = "WITHDRAW_QUESTION"
    UNDO = "UNDO"


ANY = frozenset(State)
OPEN = frozenset({State.IN_APPROVAL, State.REWORK, State.TO_PAY})

ACCEPTED_IN: dict[Verb, frozenset[State]] = {
    Verb.REVISE: OPEN | {State.DRAFT},
    Verb.ATTACH: OPEN | {State.DRAFT, State.PAID},
    Verb.SUBMIT: frozenset({State.DRAFT}),
    Verb.RESUBMIT: frozenset({State.REWORK}),
    Verb.APPROVE: frozenset({State.IN_APPROVAL}),
    Verb.RETURN: frozenset({State.IN_APPROVAL}),
    Verb.REJECT: frozenset({State.IN_APPROVAL}),
    Verb.WITHDRAW: OPEN | {State.DRAFT},
    Verb.REASSIGN: OPEN,
    Verb.ADD_APPROVER: frozenset({State.IN_APPROVAL}),
    Verb.ASK_OUTSIDE: frozenset({State.IN_APPROVAL}),
    Verb.NAME_APPROVER: frozenset({State.IN_APPROVAL, State.TO_PAY}),
    Verb.FORCE_DECISION: frozenset({State.IN_APPROVAL}),
    Verb.REPLACE_PERSON: frozenset({State.IN_APPROVAL}),
    Verb.REROUTE: frozenset({State.IN_APPROVAL}),
    Verb.MEET_DEADLINE: frozenset({State.IN_APPROVAL}),
    Verb.ADD_OBSERVER: ANY,
    Verb.HOLD: frozenset({State.IN_APPROVAL, State.TO_PAY}),
    Verb.RELEASE: frozenset({State.IN_APPROVAL, State.TO_PAY}),
    Verb.MARK_SENT: frozenset({State.TO_PAY}),
    Verb.PAY: frozenset({State.TO_PAY}),
    Verb.REFUSE_PAYMENT: frozenset({State.TO_PAY}),
    Verb.RECORD_RETURN: frozenset({State.TO_PAY, State.PAID}),
    Verb.CLOSE_REST: frozenset({State.TO_PAY}),
    Verb.POSTPONE: frozenset({State.TO_PAY}),
    Verb.COMMENT: ANY,
    Verb.EDIT_COMMENT: ANY,
    Verb.WITHDRAW_QUESTION: ANY,
    Verb.UNDO: frozenset(
        {State.IN_APPROVAL, State.REWORK, State.REJECTED, State.TO_PAY, State.APPROVED}
    ),
}
WHILE_HELD = frozenset(
    {Verb.RELEASE, Verb.WITHDRAW, Verb.REVISE, Verb.ATTACH, Verb.ADD_OBSERVER}
    | {Verb.COMMENT, Verb.EDIT_COMMENT, Verb.WITHDRAW_QUESTION}
)
BY_THE_CLOCK = frozenset({Verb.POSTPONE, Verb.RELEASE, Verb.REASSIGN, Verb.MEET_DEADLINE})
# All that somebody from outside may do, and only in a seat of their own.
FROM_OUTSIDE = frozenset({Verb.APPROVE, Verb.RETURN, Verb.REJECT, Verb.UNDO})
IN_THEIR_SEAT = frozenset({Verb.ATTACH, Verb.COMMENT})
ONE_WINS = frozenset({Verb.APPROVE, Verb.RETURN, Verb.REJECT, Verb.PAY, Verb.MARK_SENT})
