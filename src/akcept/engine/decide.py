"""The rules. `decide` takes a case, a command and the facts, and returns what happens, or raises a Refusal.

Theory of operation. The door asks with a command (`commands`); `guards` says in which states and from whom it is
accepted; the rule named below says what follows, as events (`events`); `evolve` applies them. Nothing here knows a
database, a clock or a word of any language. A refusal is raised before anything has happened, so it changes nothing.

- Submit and Resubmit, nothing else, choose the route, resolve its people and fix the rate (`sending`); a running round
  goes on by a newer version only when somebody says so (`rerouting`), and keeps its rate.
- A decision carries the revision its maker had before their eyes and signs the fingerprint of what it approves.
- A material change in approval, or before payment, sends the case back to REWORK and voids what was approved.
- PAID follows from the payment rows; only `paying` writes them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from akcept.engine import (
    approving,
    gates,
    handing,
    paying,
    rerouting,
    revising,
    sending,
    talking,
)
from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import refusals as no
from akcept.engine.case import Case
from akcept.engine.doctypes import DocumentType
from akcept.engine.events import Events
from akcept.engine.facts import Facts
from akcept.engine.guards import judge
from akcept.engine.sending import preview
from akcept.engine.verbs import Verb

__all__ = ["decide", "draft", "preview"]


def draft(command: do.Create, doctype: DocumentType) -> Events:
    """Open a draft; the save gate is refused here, from any door."""
    gates.check_save(doctype, command.card, command.planned)
    return (
        ev.Drafted(
            id=command.id,
            doctype=command.doctype,
            number=command.number,
            initiator=command.initiator,
            card=revising.private(doctype, command.card),
            planned=revising.planned_rows(command.planned),
            copy_of=command.copy_of,
        ),
    )


def decide(case: Case, command: do.Command, facts: Facts, at: datetime) -> Events:
    """Return what follows from a command; raise the Refusal when it is not accepted."""
    verb, rule = RULES[type(command)]
    if refusal := judge(verb, case, facts, at):
        raise refusal
    if (revision := getattr(command, "revision", None)) not in {None, case.revision}:
        raise no.StaleRevision(revision, case.revision)
    return rule(case, command, facts, at)


def _withdraw(case: Case, command: do.Withdraw, facts: Facts, at: datetime) -> Events:
    if any(row.by for row in case.seats) and not command.reason:
        raise no.ReasonRequired
    return (ev.Withdrawn(command.reason or None),)


def _hold(case: Case, command: do.PutOnHold, facts: Facts, at: datetime) -> Events:
    last = facts.today + timedelta(days=facts.doctype.max_hold_days)
    if not facts.today <= command.until <= last:
        raise no.InvalidInput(
            {"until": "DAY_PAST" if command.until < facts.today else "HOLD_TOO_LONG"}
        )
    return (ev.Held(gates.reasons((command.reason,))[0], command.until),)


def _release(case: Case, command: do.Release, facts: Facts, at: datetime) -> Events:
    if case.hold is None:
        raise no.NotHeld
    if facts.is_system and facts.today <= case.hold.until:
        raise no.OnHold(case.hold.until)
    return (ev.Released(),)


def _undo(case: Case, command: do.Undo, facts: Facts, at: datetime) -> Events:
    if case.undoable is None or case.undoable.entry != command.entry:
        raise no.UndoOver
    return (ev.Undone(command.entry),)


RULES: dict[type[do.Command], tuple[Verb, Callable[[Case, Any, Facts, datetime], Events]]] = {
    do.Revise: (Verb.REVISE, revising.revise),
    do.Attach: (Verb.ATTACH, revising.attach),
    do.Submit: (Verb.SUBMIT, sending.submit),
    do.Resubmit: (Verb.RESUBMIT, sending.resubmit),
    do.Approve: (Verb.APPROVE, approving.approve),
    do.ReturnForRework: (Verb.RETURN, approving.return_for_rework),
    do.Reject: (Verb.REJECT, approving.reject),
    do.Withdraw: (Verb.WITHDRAW, _withdraw),
    do.Reassign: (Verb.REASSIGN, handing.reassign),
    do.AddApprover: (Verb.ADD_APPROVER, handing.add_approver),
    do.AskOutside: (Verb.ASK_OUTSIDE, handing.ask_outside),
    do.NameApprover: (Verb.NAME_APPROVER, handing.name_approver),
    do.ForceDecision: (Verb.FORCE_DECISION, approving.force),
    do.ReplacePerson: (Verb.REPLACE_PERSON, handing.replace_person),
    do.Reroute: (Verb.REROUTE, rerouting.reroute),
    do.MeetDeadline: (Verb.MEET_DEADLINE, handing.meet_deadline),
    do.AddObserver: (Verb.ADD_OBSERVER, handing.add_observer),
    do.PutOnHold: (Verb.HOLD, _hold),
    do.Release: (Verb.RELEASE, _release),
    do.MarkSent: (Verb.MARK_SENT, paying.mark_sent),
    do.Pay: (Verb.PAY, paying.pay),
    do.RefusePayment: (Verb.REFUSE_PAYMENT, paying.refuse_payment),
    do.RecordReturn: (Verb.RECORD_RETURN, paying.record_return),
    do.CloseRest: (Verb.CLOSE_REST, paying.close_rest),
    do.Postpone: (Verb.POSTPONE, paying.postpone),
    do.Comment: (Verb.COMMENT, talking.comment),
    do.EditComment: (Verb.EDIT_COMMENT, talking.edit_comment),
    do.WithdrawQuestion: (Verb.WITHDRAW_QUESTION, talking.withdraw_question),
    do.Undo: (Verb.UNDO, _undo),
}
