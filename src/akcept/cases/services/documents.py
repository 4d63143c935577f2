"""Bring a document, change it, send it and send it again, take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from akcept.cases import access, inputs, store
from akcept.cases.cards import Outcome
from akcept.cases.inputs import NewFile
from akcept.cases.services.performing import asked, attached, outcome, perform, said
from akcept.doctypes import queries as doctypes
from akcept.engine import commands as do
from akcept.engine.refusals import NotAllowed
from akcept.engine.values import Json, Private
from akcept.kit import ids
from akcept.people.askers import Asker


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
    along: Callable[[UUID], None] | None = None,
) -> Outcome:
    """Open a case, and send it for approval when asked to, in one transaction with what the caller does `along`.

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
    then: list[do.Command] = attached(content.files)
    if submit:
        then.append(do.Submit(None, said(duplicate_reason)))
    done = store.create(
        command=command,
        then=then,
        # The id is made here, so it must not make a repeat look like another request.
        request=asked(by, at, key, ("Create", card, content.planned, content.files, submit)),
        type_=type_,
        along=along,
    )
    return outcome(done)


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
    return perform(case_id, by, _revisions(case_id, revision, content, by, at), at, key)


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
    before = _revisions(case_id, revision, content, by, at)
    command = do.Submit(None, said(duplicate_reason))
    return perform(case_id, by, [*before, command], at, key)


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
    before = _revisions(case_id, revision, content, by, at)
    command = do.Resubmit(None, settled, said(duplicate_reason))
    return perform(case_id, by, [*before, command], at, key)


def attach(
    *, case_id: UUID, by: Asker, files: Sequence[NewFile], at: datetime, key: str | None = None
) -> Outcome:
    """Add files to a case; a new invoice file is a material change."""
    inputs.check_files_of(case_id=case_id, files=files, by=by, at=at)
    return perform(case_id, by, attached(files), at, key)


def withdraw(
    *, case_id: UUID, by: Asker, at: datetime, reason: str = "", key: str | None = None
) -> Outcome:
    """Take one's own document back."""
    return perform(case_id, by, [do.Withdraw(said(reason))], at, key)


def comment(
    *, case_id: UUID, by: Asker, text: str, at: datetime, key: str | None = None
) -> Outcome:
    """Say something to everybody who takes part."""
    return perform(case_id, by, [do.Comment(Private(text.strip()))], at, key)


def _revisions(
    case_id: UUID, revision: int, content: CardInput | None, by: Asker, at: datetime
) -> list[do.Command]:
    """Return the changes to make first; even none of them are refused on an old revision."""
    if content is None:
        return [do.Revise({}, revision)]
    card = inputs.checked_changes(
        case_id=case_id, card=content.card, by=by, at=at, files=content.files
    )
    return [do.Revise(card, revision, content.planned), *attached(content.files)]
