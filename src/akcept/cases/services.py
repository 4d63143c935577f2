"""What the doors may ask to be done. Each is one durable transaction; each refuses with a Refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from akcept.cases import access, inputs, store
from akcept.cases.cards import Outcome
from akcept.cases.inputs import NewFile
from akcept.cases.store import Request
from akcept.doctypes import queries as doctypes
from akcept.engine import codec
from akcept.engine import commands as do
from akcept.engine.commands import Forced, ReturnKind
from akcept.engine.refusals import NotAllowed
from akcept.engine.values import Json, Private
from akcept.journal import repeats
from akcept.kit import ids
from akcept.people.askers import Asker

__all__ = ["Forced", "NewFile", "ReturnKind"]


@dataclass(frozen=True, slots=True)
class CardInput:
    """What a door brings: fields as JSON, planned dates with minor units, files kept before."""

    card: Mapping[str, Json] = field(default_factory=dict)
    planned: tuple[tuple[date, int], ...] | None = None
    files: tuple[NewFile, ...] = ()


def create(
    *,
    by: Asker,
    doctype: str,
    content: CardInput,
    submit: bool,
    at: datetime,
    duplicate_reason: str = "",
    copy_of: UUID | None = None,
    key: str | None = None,
) -> Outcome:
    """Open a case, and send it for approval when asked to, in one transaction.

    Refuses what the save gate (and with `submit` the submit gate and the route) refuses.
    """
    if copy_of is not None:
        access.check(case_id=copy_of, person_id=by.id, at=at)
    type_ = doctypes.type_card(code=doctype)
    if not doctypes.may_start(types=[type_], person_id=by.id, at=at):
        raise NotAllowed
    card = inputs.completed(type_=type_, card=content.card, by=by)
    card = inputs.checked(type_=type_, card=card, files=content.files, by=by, at=at)
    command = do.Create(
        id=str(ids.new_id()),
        doctype=doctype,
        number=0,
        initiator=str(by.id),
        card=card,
        planned=content.planned or (),
        copy_of=str(copy_of) if copy_of else None,
    )
    then: list[do.Command] = _attached(content.files)
    if submit:
        then.append(do.Submit(None, _said(duplicate_reason)))
    done = store.create(
        command=command,
        then=then,
        # The id is made here, so it must not make a repeat look like another request.
        request=_request(by, at, key, ("Create", card, content.planned, content.files, submit)),
        type_=type_,
    )
    return _outcome(done)


def revise(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    content: CardInput,
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Change a case; a material change of one that was sent voids its approvals."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    return _perform(case_id, by, _revisions(case_id, revision, content, by, at), at, key)


def submit(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    at: datetime,
    content: CardInput | None = None,
    duplicate_reason: str = "",
    key: str | None = None,
) -> Outcome:
    """Save what was changed and send the draft for approval, in one transaction."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    before = _revisions(case_id, revision, content, by, at)
    command = do.Submit(None, _said(duplicate_reason))
    return _perform(case_id, by, [*before, command], at, key)


def resubmit(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    at: datetime,
    answers: Mapping[int, str],
    content: CardInput | None = None,
    duplicate_reason: str = "",
    key: str | None = None,
) -> Outcome:
    """Save the corrections, settle the remarks and open the next round, in one transaction."""
    settled = {remark: Private(answer.strip()) for remark, answer in answers.items()}
    access.check(case_id=case_id, person_id=by.id, at=at)
    before = _revisions(case_id, revision, content, by, at)
    command = do.Resubmit(None, settled, _said(duplicate_reason))
    return _perform(case_id, by, [*before, command], at, key)


def attach(
    *, case_id: UUID, by: Asker, files: Sequence[NewFile], at: datetime, key: str | None = None
) -> Outcome:
    """Add files to a case; a new invoice file is a material change."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    inputs.check_files_of(case_id=case_id, files=files, by=by, at=at)
    return _perform(case_id, by, _attached(files), at, key)


def approve(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    at: datetime,
    remark: str = "",
    files: Sequence[NewFile] = (),
    key: str | None = None,
) -> Outcome:
    """Consent to the revision the person had before their eyes; the file that a step asks for comes along."""
    if files:
        inputs.check_files_of(case_id=case_id, files=files, by=by, at=at)
    commands = [*_attached(files), do.Approve(revision, _said(remark))]
    return _perform(case_id, by, commands, at, key)


def return_for_rework(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    reasons: Sequence[str],
    at: datetime,
    correct_by: datetime | None = None,
    key: str | None = None,
) -> Outcome:
    """Give the document back to be corrected; refuses without a reason."""
    command = do.ReturnForRework(revision, _texts(reasons), correct_by)
    return _perform(case_id, by, [command], at, key)


def reject(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    reason: str,
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Refuse the document for good; refuses without a reason."""
    return _perform(case_id, by, [do.Reject(revision, Private(reason))], at, key)


def withdraw(
    *, case_id: UUID, by: Asker, at: datetime, reason: str = "", key: str | None = None
) -> Outcome:
    """Take one's own document back."""
    return _perform(case_id, by, [do.Withdraw(_said(reason))], at, key)


def reassign(
    *,
    case_id: UUID,
    by: Asker,
    task: str,
    to: UUID,
    at: datetime,
    reason: str = "",
    key: str | None = None,
) -> Outcome:
    """Hand an open task to somebody else."""
    return _perform(case_id, by, [do.Reassign(task, str(to), _said(reason))], at, key)


def add_approver(
    *, case_id: UUID, by: Asker, person: UUID, at: datetime, key: str | None = None
) -> Outcome:
    """Ask one more person, right after the present one."""
    return _perform(case_id, by, [do.AddApprover(str(person))], at, key)


def ask_outside(
    *, case_id: UUID, by: Asker, person: UUID, at: datetime, key: str | None = None
) -> Outcome:
    """Ask somebody from outside as well; `cases.outside.inviting` also says what they are asked."""
    return _perform(case_id, by, [do.AskOutside(str(person))], at, key)


def name_approver(
    *, case_id: UUID, by: Asker, person: UUID, at: datetime, key: str | None = None
) -> Outcome:
    """Fill a seat for which nobody was found, or name who pays."""
    return _perform(case_id, by, [do.NameApprover(str(person))], at, key)


def force_decision(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    seat: int,
    outcome: Forced,
    reason: str,
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Decide in the place of an open seat by override; refuses without the right or a reason."""
    command = do.ForceDecision(revision, seat, outcome, Private(reason))
    return _perform(case_id, by, [command], at, key)


def replace_person(
    *,
    case_id: UUID,
    by: Asker,
    task: str,
    to: UUID,
    reason: str,
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Put somebody else in an approver's place by override; refuses without the right or a reason."""
    command = do.ReplacePerson(task, str(to), Private(reason))
    return _perform(case_id, by, [command], at, key)


def add_observer(
    *, case_id: UUID, by: Asker, person: UUID, at: datetime, key: str | None = None
) -> Outcome:
    """Let somebody follow the case."""
    return _perform(case_id, by, [do.AddObserver(str(person))], at, key)


def hold(
    *,
    case_id: UUID,
    by: Asker,
    reason: str,
    until: date,
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Stop everything until a date."""
    return _perform(case_id, by, [do.PutOnHold(Private(reason), until)], at, key)


def release(*, case_id: UUID, by: Asker, at: datetime, key: str | None = None) -> Outcome:
    """End a hold."""
    return _perform(case_id, by, [do.Release()], at, key)


def mark_sent(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    minor: int,
    on: date,
    at: datetime,
    order_number: str = "",
    key: str | None = None,
) -> Outcome:
    """Note that an order went to the bank."""
    return _perform(case_id, by, [do.MarkSent(revision, minor, on, order_number)], at, key)


def pay(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    minor: int,
    on: date,
    at: datetime,
    order_number: str = "",
    order_file: NewFile | None = None,
    settles: int | None = None,
    key: str | None = None,
) -> Outcome:
    """Note an executed payment; its order's file and "paid" are one act."""
    if order_file is not None:
        inputs.check_files(files=[order_file], by=by, at=at)
    command = do.Pay(
        revision=revision,
        minor=minor,
        on=on,
        order_number=order_number,
        order_file=order_file.sha256 if order_file else None,
        order_file_name=Private(order_file.name) if order_file else None,
        settles=settles,
    )
    return _perform(case_id, by, [command], at, key)


def refuse_payment(
    *,
    case_id: UUID,
    by: Asker,
    revision: int,
    reasons: Sequence[str],
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Decline to pay; the document goes back to be corrected."""
    return _perform(case_id, by, [do.RefusePayment(revision, _texts(reasons))], at, key)


def record_return(
    *,
    case_id: UUID,
    by: Asker,
    payment: int,
    kind: ReturnKind,
    reason: str,
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Take a payment back: returned by the bank, or entered in error."""
    command = do.RecordReturn(payment, kind, Private(reason))
    return _perform(case_id, by, [command], at, key)


def close_rest(
    *, case_id: UUID, by: Asker, reason: str, at: datetime, key: str | None = None
) -> Outcome:
    """Declare that the rest will not be paid."""
    return _perform(case_id, by, [do.CloseRest(Private(reason))], at, key)


def postpone(
    *,
    case_id: UUID,
    by: Asker,
    planned: int,
    old: date,
    to: date,
    at: datetime,
    reason: str = "",
    key: str | None = None,
) -> Outcome:
    """Move an unpaid planned date; past the due date a reason is needed."""
    return _perform(case_id, by, [do.Postpone(planned, old, to, _said(reason))], at, key)


def comment(
    *, case_id: UUID, by: Asker, text: str, at: datetime, key: str | None = None
) -> Outcome:
    """Say something to everybody who takes part."""
    return _perform(case_id, by, [do.Comment(Private(text.strip()))], at, key)


def undo(*, case_id: UUID, by: Asker, entry: int, at: datetime, key: str | None = None) -> Outcome:
    """Take back one's own last decision within its window."""
    return _perform(case_id, by, [do.Undo(entry)], at, key)


def _perform(
    case_id: UUID, by: Asker, commands: Sequence[do.Command], at: datetime, key: str | None
) -> Outcome:
    request = _request(by, at, key, (str(case_id), *commands))
    return _outcome(store.perform(case_id=case_id, commands=commands, request=request))


def _request(by: Asker, at: datetime, key: str | None, asked: Sequence[object]) -> Request:
    said = [[type(part).__name__, codec.dump(part)] for part in asked] if key is not None else []
    return Request(by.actor, at, repeats.asked(key=key, said=said))


def _revisions(
    case_id: UUID, revision: int, content: CardInput | None, by: Asker, at: datetime
) -> list[do.Command]:
    """Return the changes to make first; even none of them are refused on an old revision."""
    if content is None:
        return [do.Revise({}, revision)]
    card = inputs.checked_changes(
        case_id=case_id, card=content.card, by=by, at=at, files=content.files
    )
    return [do.Revise(card, revision, content.planned), *_attached(content.files)]


def _attached(files: Sequence[NewFile]) -> list[do.Command]:
    return [
        do.Attach(file.purpose, file.sha256, Private(file.name), file.replaces) for file in files
    ]


def _said(words: str) -> Private | None:
    return Private(words.strip()) if words.strip() else None


def _texts(words: Sequence[str]) -> tuple[Private, ...]:
    return tuple(Private(word) for word in words)


def _outcome(done: store.Done) -> Outcome:
    last = done.case.undoable
    return Outcome(
        case_id=UUID(done.case.id),
        doctype=done.case.doctype,
        number=done.case.number,
        state=done.case.state,
        revision=done.case.revision,
        entry=last.entry if last else done.entry,
        undo_until=last.until if last else None,
    )
