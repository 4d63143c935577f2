"""Decide on a document, see to who decides, stop and go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from akcept.cases import inputs
from akcept.cases.cards import Outcome
from akcept.cases.inputs import NewFile
from akcept.cases.services.performing import attached, perform, said, texts
from akcept.engine import commands as do
from akcept.engine.commands import Forced
from akcept.engine.values import Private
from akcept.people.askers import Asker


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
    commands = [*attached(files), do.Approve(revision, said(remark))]
    return perform(case_id, by, commands, at, key)


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
    command = do.ReturnForRework(revision, texts(reasons), correct_by)
    return perform(case_id, by, [command], at, key)


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
    return perform(case_id, by, [do.Reject(revision, Private(reason))], at, key)


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
    return perform(case_id, by, [do.Reassign(task, str(to), said(reason))], at, key)


def add_approver(
    *, case_id: UUID, by: Asker, person: UUID, at: datetime, key: str | None = None
) -> Outcome:
    """Ask one more person, right after the present one."""
    return perform(case_id, by, [do.AddApprover(str(person))], at, key)


def ask_outside(
    *, case_id: UUID, by: Asker, person: UUID, at: datetime, key: str | None = None
) -> Outcome:
    """Ask somebody from outside as well; `cases.outside.inviting` also says what they are asked."""
    return perform(case_id, by, [do.AskOutside(str(person))], at, key)


def name_approver(
    *, case_id: UUID, by: Asker, person: UUID, at: datetime, key: str | None = None
) -> Outcome:
    """Fill a seat for which nobody was found, or name who pays."""
    return perform(case_id, by, [do.NameApprover(str(person))], at, key)


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
    return perform(case_id, by, [command], at, key)


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
    return perform(case_id, by, [command], at, key)


def add_observer(
    *, case_id: UUID, by: Asker, person: UUID, at: datetime, key: str | None = None
) -> Outcome:
    """Let somebody follow the case."""
    return perform(case_id, by, [do.AddObserver(str(person))], at, key)


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
    return perform(case_id, by, [do.PutOnHold(Private(reason), until)], at, key)


def release(*, case_id: UUID, by: Asker, at: datetime, key: str | None = None) -> Outcome:
    """End a hold."""
    return perform(case_id, by, [do.Release()], at, key)


def undo(*, case_id: UUID, by: Asker, entry: int, at: datetime, key: str | None = None) -> Outcome:
    """Take back one's own last decision within its window."""
    return perform(case_id, by, [do.Undo(entry)], at, key)
