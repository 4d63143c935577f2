"""The rules. `decide` takes a case, a command and the facts, and returns what happens, or raises a Refusal.

Theory of operation. The door asks with a command (`commands`); `guards` says in which states and from whom it is
accepted; the handler here says what follows, as events (`events`); `evolve` applies them. Nothing here knows a
database, a clock or a word of any language. A refusal is raised before anything has happened, so it changes nothing.

- Submit and Resubmit, nothing else, choose the route, resolve its people and fix the rate.
- A decision carries the revision its maker had before their eyes and signs the fingerprint of what it approves.
- A material change in approval, or before payment, sends the case back to REWORK and voids what was approved.
- PAID follows from the payment rows; only `paying` writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import singledispatch

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import gates
from akcept.engine import refusals as no
from akcept.engine.case import Case, Planned, Seat, SeatState, State
from akcept.engine.doctypes import DocumentType, FieldKind
from akcept.engine.facts import Facts, Routing
from akcept.engine.fingerprint import fingerprint
from akcept.engine.guards import Verb, conflicted, judge
from akcept.engine.paying import decide_payment, postponed_on_clearing
from akcept.engine.routes import RouteVersion, choose
from akcept.engine.routing import Document, Resolution, covers, resolve
from akcept.engine.tasks import TaskKind, tasks
from akcept.engine.values import Json, Private

VERBS: dict[type, Verb] = {
    do.Revise: Verb.REVISE,
    do.Attach: Verb.ATTACH,
    do.Submit: Verb.SUBMIT,
    do.Resubmit: Verb.RESUBMIT,
    do.Approve: Verb.APPROVE,
    do.ReturnForRework: Verb.RETURN,
    do.Reject: Verb.REJECT,
    do.Withdraw: Verb.WITHDRAW,
    do.Reassign: Verb.REASSIGN,
    do.AddApprover: Verb.ADD_APPROVER,
    do.NameApprover: Verb.NAME_APPROVER,
    do.AddObserver: Verb.ADD_OBSERVER,
    do.PutOnHold: Verb.HOLD,
    do.Release: Verb.RELEASE,
    do.MarkSent: Verb.MARK_SENT,
    do.Pay: Verb.PAY,
    do.RefusePayment: Verb.REFUSE_PAYMENT,
    do.RecordReturn: Verb.RECORD_RETURN,
    do.CloseRest: Verb.CLOSE_REST,
    do.Postpone: Verb.POSTPONE,
    do.Comment: Verb.COMMENT,
    do.Undo: Verb.UNDO,
}
VAT_ROUNDING = 100
PAYMENTS = (do.MarkSent, do.Pay, do.RefusePayment, do.RecordReturn, do.CloseRest, do.Postpone)


def draft(command: do.Create, doctype: DocumentType) -> tuple[ev.Event, ...]:
    """Open a draft; the save gate is refused here, from any door."""
    gates.check_save(doctype, command.card, command.planned)
    return (
        ev.Drafted(
            id=command.id,
            doctype=command.doctype,
            number=command.number,
            initiator=command.initiator,
            card=_private(doctype, command.card),
            planned=_planned(command.planned),
            copy_of=command.copy_of,
        ),
    )


def decide(case: Case, command: do.Command, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    """Return what follows from a command; raise the Refusal when it is not accepted."""
    if refusal := judge(VERBS[type(command)], case, facts, at):
        raise refusal
    if (revision := getattr(command, "revision", None)) not in {None, case.revision}:
        raise no.StaleRevision(revision, case.revision)
    if isinstance(command, PAYMENTS):
        return decide_payment(case, command, facts, at)
    return _decide(command, case, facts, at)


def preview(case: Case, facts: Facts) -> tuple[RouteVersion, Resolution]:
    """Return the route and the people a document would go to now; refuses like Submit does."""
    routing = _routing(facts)
    route = choose(routing.routes, case.card)
    if route is None:
        raise no.NoRoute
    if routing.base is None:
        raise no.RateMissing(case.amount.currency, facts.today)
    choice = case.card.get("choice") or ()
    assert isinstance(choice, (list, tuple))
    document = Document(
        doctype=case.doctype,
        initiator=case.initiator,
        base=routing.base,
        choice=tuple(str(person) for person in choice),
        conflicted=conflicted(case, facts) | {facts.actor},
    )
    resolution = resolve(route, document, routing.org)
    if not resolution.has_approver or not facts.wardens:
        raise no.NoApprover
    return route, resolution


@singledispatch
def _decide(command: do.Command, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    raise TypeError(f"no rule for {type(command).__name__}")


@_decide.register
def _(command: do.Revise, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    old, new = _private(facts.doctype, case.card), _private(facts.doctype, command.changes)
    changes = {
        code: ev.Change(old.get(code), value)
        for code, value in new.items()
        if old.get(code) != value
    }
    pairs = tuple((row.on, row.minor) for row in case.planned)
    wanted = pairs if command.planned is None else command.planned
    planned = None if wanted == pairs else _planned(wanted)
    if not changes and planned is None:
        return ()
    gates.check_save(facts.doctype, {**case.card, **new}, wanted)
    is_material = _is_material(changes, pairs, wanted, facts)
    _may_touch(case, facts, is_material=is_material, planned=planned)
    return (ev.Revised(case.revision + 1, changes, planned, is_material),)


def _is_material(
    changes: Mapping[str, ev.Change],
    old: tuple[tuple[date, int], ...],
    new: tuple[tuple[date, int], ...],
    facts: Facts,
) -> bool:
    if sorted(minor for _, minor in old) != sorted(minor for _, minor in new):
        return True
    fields = facts.doctype.fields
    return any(
        fields[code].is_material and not _is_rounding(code, change)
        for code, change in changes.items()
        if code in fields
    )


def _is_rounding(code: str, change: ev.Change) -> bool:
    """A VAT correction within rounding is not material; ticking "payment order required" only adds a demand."""
    if code == "payment_order_required":
        return change.new is True
    if code != "vat":
        return False
    return abs(_tax(change.new) - _tax(change.old)) <= VAT_ROUNDING


def _tax(lines: Json) -> int:
    total = 0
    for line in lines if isinstance(lines, (list, tuple)) else ():
        assert isinstance(line, Mapping)
        total += int(str(line["tax"]))
    return total


def _may_touch(
    case: Case, facts: Facts, *, is_material: bool, planned: tuple[Planned, ...] | None
) -> None:
    mine = facts.actor in case.authors or case.state is State.REWORK
    if case.state is State.TO_PAY and planned is not None and not is_material:
        raise no.NotYourTurn  # Planned dates are moved by payers then, with Postpone.
    if is_material and case.is_paying:
        raise no.PaymentStarted
    if is_material and case.hold:
        raise no.OnHold(case.hold.until)
    if is_material and not mine and facts.actor != case.initiator:
        raise no.NotYourTurn


@_decide.register
def _(command: do.Attach, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    is_main = command.purpose == "INVOICE"
    if is_main and case.state is State.PAID:
        raise no.WrongState(case.state)
    is_material = is_main and case.main_file is not None and case.main_file != command.sha256
    is_material = is_material or (is_main and case.main_file is None and case.round > 0)
    if is_main and (refusal := judge(Verb.REVISE, case, facts, at)):
        raise refusal
    _may_touch(case, facts, is_material=is_material, planned=None)
    return (attached(case, command, revised=is_material),)


def attached(case: Case, command: do.Attach, *, revised: bool = False) -> ev.FileAttached:
    """Return the event of a new file, numbered and versioned after what is there."""
    replaced = next((row for row in case.attachments if row.id == command.replaces), None)
    if command.replaces is not None and replaced is None:
        raise no.NotFound
    return ev.FileAttached(
        id=1 + max((row.id for row in case.attachments), default=0),
        purpose=command.purpose,
        sha256=command.sha256,
        name=command.name,
        version=replaced.version + 1 if replaced else 1,
        revision=case.revision + int(revised),
        is_material=revised,
        replaces=command.replaces,
    )


@_decide.register
def _(command: do.Submit, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    return (_submitted(case, facts, command.duplicate_reason),)


@_decide.register
def _(command: do.Resubmit, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    open_ids = {row.id for row in case.remarks if not row.is_settled}
    if left := open_ids - set(command.answers):
        raise no.RemarksOpen(tuple(sorted(left)))
    settled = tuple(
        ev.RemarkSettled(remark, answer or None)
        for remark, answer in sorted(command.answers.items())
        if remark in open_ids
    )
    return (*settled, _submitted(case, facts, command.duplicate_reason))


def _submitted(case: Case, facts: Facts, duplicate_reason: Private | None) -> ev.Submitted:
    needs = facts.policy.request_needs_justification and bool(case.card.get("client_request"))
    justified = not needs or case.newest("JUSTIFICATION") is not None
    gates.check_submit(case, facts.doctype, facts.today, justified=justified)
    routing = _routing(facts)
    if routing.duplicates and not (duplicate_reason or case.duplicate_reason):
        raise no.DuplicateSuspected(routing.duplicates)
    route, resolution = preview(case, facts)
    assert routing.base is not None
    return ev.Submitted(
        round=case.round + 1,
        revision=case.revision,
        route=route.id,
        seats=resolution.seats,
        skipped=resolution.skipped,
        wardens=facts.wardens,
        base=routing.base,
        duplicate_reason=duplicate_reason,
    )


@_decide.register
def _(command: do.Approve, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    seat = _my_seat(case)
    approved = ev.Approved(
        seat=seat.id,
        revision=case.revision,
        fingerprint=fingerprint(case, facts.doctype, facts.account),
        undo_until=_undo_until(facts, at),
        on_behalf_of=_on_behalf_of(seat, facts),
        remark=command.remark or None,
    )
    waiting = [row for row in case.seats if row.state is SeatState.WAITING and row.id != seat.id]
    return (approved,) if waiting else (approved, *_cleared(case, facts))


def _cleared(case: Case, facts: Facts) -> tuple[ev.Event, ...]:
    if not facts.doctype.ends_in_payment:
        return (ev.Cleared(to_pay=False, payers=(), wardens=case.wardens),)
    barred = conflicted(case, facts)
    payers = tuple(
        person
        for person in facts.payers
        if person not in barred or (person == case.initiator and facts.initiator_may_pay)
    )
    wardens = facts.wardens or case.wardens
    cleared = ev.Cleared(to_pay=True, payers=payers, wardens=wardens)
    return (cleared, *postponed_on_clearing(case, facts))


@_decide.register
def _(command: do.ReturnForRework, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    seat = _my_seat(case)
    if command.correct_by is not None and command.correct_by <= at:
        raise no.InvalidInput({"correct_by": "MOMENT_PAST"})
    return (
        ev.Returned(
            seat=seat.id,
            revision=case.revision,
            fingerprint=fingerprint(case, facts.doctype, facts.account),
            undo_until=_undo_until(facts, at),
            reasons=reasons(command.reasons),
            on_behalf_of=_on_behalf_of(seat, facts),
            correct_by=command.correct_by,
        ),
    )


@_decide.register
def _(command: do.Reject, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    seat = _my_seat(case)
    return (
        ev.Rejected(
            seat=seat.id,
            revision=case.revision,
            fingerprint=fingerprint(case, facts.doctype, facts.account),
            undo_until=_undo_until(facts, at),
            reason=reasons((command.reason,))[0],
            on_behalf_of=_on_behalf_of(seat, facts),
        ),
    )


@_decide.register
def _(command: do.Withdraw, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    if any(row.by for row in case.seats) and not command.reason:
        raise no.ReasonRequired
    return (ev.Withdrawn(command.reason or None),)


@_decide.register
def _(command: do.Reassign, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    task = next((row for row in tasks(case) if row.key == command.task), None)
    if task is None or task.kind not in {TaskKind.APPROVE, TaskKind.CORRECT, TaskKind.PAY}:
        raise no.NotYourTurn
    heir = command.to or None
    if heir is None and not facts.is_system:
        raise no.InvalidInput({"to": "REQUIRED"})
    if heir is not None:
        _check_heir(case, task.kind, task.holder, heir, facts)
    return (ev.Reassigned(task.key, task.holder, heir, facts.wardens, command.reason or None),)


def _check_heir(case: Case, kind: TaskKind, old: str, heir: str, facts: Facts) -> None:
    org = _routing(facts).org
    if org.member(heir) is None or heir == old:
        raise no.UnsuitablePerson
    if kind is TaskKind.CORRECT:
        return
    if heir in conflicted(case, facts):
        raise no.OwnDocument
    if kind is TaskKind.PAY:
        if heir not in facts.payers:
            raise no.UnsuitablePerson
        return
    _check_approver(case, heir, facts)
    assert case.base is not None
    if covers(org, old, case.doctype, case.base) and not covers(org, heir, case.doctype, case.base):
        raise no.UnsuitablePerson


def _check_approver(case: Case, person: str, facts: Facts) -> None:
    if _routing(facts).org.member(person) is None:
        raise no.UnsuitablePerson
    if person in conflicted(case, facts):
        raise no.OwnDocument
    if any(person in {row.holder, row.by} for row in case.seats):
        raise no.UnsuitablePerson


@_decide.register
def _(command: do.AddApprover, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    _check_approver(case, command.person, facts)
    return (ev.ApproverAdded(_my_seat(case).id, command.person),)


@_decide.register
def _(command: do.NameApprover, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    if seat := case.open_seat:
        _check_approver(case, command.person, facts)
        return (ev.ApproverNamed(seat.id, command.person),)
    if _routing(facts).org.member(command.person) is None:
        raise no.UnsuitablePerson
    if command.person in conflicted(case, facts):
        raise no.OwnDocument
    return (ev.ApproverNamed(None, command.person),)


@_decide.register
def _(command: do.AddObserver, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    if _routing(facts).org.member(command.person) is None:
        raise no.UnsuitablePerson
    known = command.person in case.observers
    return () if known else (ev.ObserverAdded(command.person),)


@_decide.register
def _(command: do.PutOnHold, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    last = facts.today + timedelta(days=facts.doctype.max_hold_days)
    if not facts.today <= command.until <= last:
        raise no.InvalidInput(
            {"until": "DAY_PAST" if command.until < facts.today else "HOLD_TOO_LONG"}
        )
    return (ev.Held(reasons((command.reason,))[0], command.until),)


@_decide.register
def _(command: do.Release, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    if case.hold is None:
        raise no.NotHeld
    if facts.is_system and facts.today <= case.hold.until:
        raise no.OnHold(case.hold.until)
    return (ev.Released(),)


@_decide.register
def _(command: do.Comment, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    if not command.text.strip():
        raise no.InvalidInput({"text": "REQUIRED"})
    return (ev.Commented(command.text),)


@_decide.register
def _(command: do.Undo, case: Case, facts: Facts, at: datetime) -> tuple[ev.Event, ...]:
    if case.undoable is None or case.undoable.entry != command.entry:
        raise no.UndoOver
    return (ev.Undone(command.entry),)


def reasons(texts: tuple[str, ...]) -> tuple[Private, ...]:
    """Return the reasons that say something; refuses when none does."""
    said = tuple(Private(text.strip()) for text in texts if text.strip())
    if not said:
        raise no.ReasonRequired
    return said


def _my_seat(case: Case) -> Seat:
    seat = case.open_seat
    if seat is None:
        raise no.NotYourTurn
    return seat


def _on_behalf_of(seat: Seat, facts: Facts) -> str | None:
    return None if seat.holder == facts.actor else seat.holder


def _undo_until(facts: Facts, at: datetime) -> datetime:
    return at + timedelta(seconds=facts.policy.undo_seconds)


def _routing(facts: Facts) -> Routing:
    assert facts.routing is not None, "the shell gathers the org chart for this command"
    return facts.routing


def _planned(pairs: tuple[tuple[date, int], ...]) -> tuple[Planned, ...]:
    return tuple(
        Planned(index, on, minor, first_on=on) for index, (on, minor) in enumerate(pairs, 1)
    )


def _private(doctype: DocumentType, card: Mapping[str, Json]) -> dict[str, Json]:
    """Mark the free texts of a card, so that the journal keeps them erasable."""
    return {
        code: Private(value)
        if isinstance(value, str)
        and (field := doctype.fields.get(code))
        and field.kind is FieldKind.TEXT
        else value
        for code, value in card.items()
    }
