"""Deciding on a document: approve, return, reject, hand over, hold, and take it back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.cards_in import NewFileIn
from akcept.api.door import Door
from akcept.api.given import OutcomeOut
from akcept.api.taken import Day, Id, In, Line, Moment, Note, Revision, Small
from akcept.cases import services
from akcept.people.codes import TokenScope

door = Door(tags=["Decisions"])
Reasons = Annotated[list[Note], Field(max_length=20)]


class ApproveIn(In):
    """`revision` (or If-Match) is the one that was looked at; `files` come along where the step asks for one."""

    revision: Revision | None = None
    remark: Note = ""
    files: Annotated[list[NewFileIn], Field(max_length=20)] = []


class ReturnIn(In):
    """Each reason becomes a line of the initiator's checklist."""

    revision: Revision | None = None
    reasons: Reasons
    correct_by: Moment | None = None


class RejectIn(In):
    revision: Revision | None = None
    reason: Note


class ReassignIn(In):
    """`task` is the key of an open task."""

    task: Line
    to: Id
    reason: Note = ""


class OverrideIn(In):
    """`seat` is the id of an open seat of the round."""

    revision: Revision | None = None
    seat: Small
    outcome: services.Forced
    reason: Note


class ReplaceIn(In):
    """`task` is the key of an open task; the reason is mandatory."""

    task: Line
    to: Id
    reason: Note


class PersonIn(In):
    person: Id


class HoldIn(In):
    reason: Note
    until: Day


class NothingIn(In):
    """Nothing has to be said."""


class UndoIn(In):
    """`entry` is the one that the outcome of the decision named."""

    entry: Small


@door.act("/cases/{uuid:case_id}/approve", OutcomeOut, TokenScope.DECIDE, summary="Approve")
def approve_case(request: ApiRequest, case_id: UUID, body: ApproveIn) -> OutcomeOut:
    """Consent to the revision that was looked at."""
    call = request.auth
    done = services.approve(
        **call.upon(case_id),
        revision=call.revision(body.revision),
        remark=body.remark,
        files=[given.file for given in body.files],
    )
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/return", OutcomeOut, TokenScope.DECIDE, summary="Return for rework"
)
def return_case(request: ApiRequest, case_id: UUID, body: ReturnIn) -> OutcomeOut:
    """Give the document back to be corrected."""
    call = request.auth
    done = services.return_for_rework(
        **call.upon(case_id),
        revision=call.revision(body.revision),
        reasons=body.reasons,
        correct_by=body.correct_by,
    )
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/reject", OutcomeOut, TokenScope.DECIDE, summary="Reject for good")
def reject_case(request: ApiRequest, case_id: UUID, body: RejectIn) -> OutcomeOut:
    """End the document; the reason is told to its initiator."""
    call = request.auth
    done = services.reject(
        **call.upon(case_id), revision=call.revision(body.revision), reason=body.reason
    )
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/reassign", OutcomeOut, TokenScope.DECIDE, summary="Hand a task over"
)
def reassign_task(request: ApiRequest, case_id: UUID, body: ReassignIn) -> OutcomeOut:
    """Hand an open task to somebody else."""
    call = request.auth
    done = services.reassign(**call.upon(case_id), task=body.task, to=body.to, reason=body.reason)
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/add-approver", OutcomeOut, TokenScope.DECIDE, summary="Ask one more"
)
def add_approver(request: ApiRequest, case_id: UUID, body: PersonIn) -> OutcomeOut:
    """Ask one more person, right after the present one."""
    call = request.auth
    done = services.add_approver(**call.upon(case_id), person=body.person)
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/name-approver",
    OutcomeOut,
    TokenScope.DECIDE,
    summary="Fill a seat that nobody holds",
)
def name_approver(request: ApiRequest, case_id: UUID, body: PersonIn) -> OutcomeOut:
    """Name who decides or pays where the route found nobody."""
    call = request.auth
    done = services.name_approver(**call.upon(case_id), person=body.person)
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/hold", OutcomeOut, TokenScope.DECIDE, summary="Put on hold")
def hold_case(request: ApiRequest, case_id: UUID, body: HoldIn) -> OutcomeOut:
    """Stop everything until a day, at which the hold releases itself."""
    call = request.auth
    done = services.hold(**call.upon(case_id), reason=body.reason, until=body.until)
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/release", OutcomeOut, TokenScope.DECIDE, summary="End a hold")
def release_case(request: ApiRequest, case_id: UUID, body: NothingIn) -> OutcomeOut:
    """End a hold before its day."""
    call = request.auth
    done = services.release(**call.upon(case_id))
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/undo",
    OutcomeOut,
    TokenScope.DECIDE,
    TokenScope.PAY,
    summary="Take one's decision back",
)
def undo_decision(request: ApiRequest, case_id: UUID, body: UndoIn) -> OutcomeOut:
    """Take one's own last decision back within its window; never a payment."""
    call = request.auth
    done = services.undo(**call.upon(case_id), entry=body.entry)
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/override",
    OutcomeOut,
    TokenScope.DECIDE,
    summary="Decide in somebody's place by override",
)
def override_decision(request: ApiRequest, case_id: UUID, body: OverrideIn) -> OutcomeOut:
    """Decide in the place of an open seat, by a right of its own; marked as an override for ever."""
    call = request.auth
    done = services.force_decision(
        **call.upon(case_id),
        revision=call.revision(body.revision),
        seat=body.seat,
        outcome=body.outcome,
        reason=body.reason,
    )
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/replace-person",
    OutcomeOut,
    TokenScope.DECIDE,
    summary="Put somebody else in an approver's place by override",
)
def replace_person(request: ApiRequest, case_id: UUID, body: ReplaceIn) -> OutcomeOut:
    """Hand somebody's task over by a right of its own; marked as an override for ever."""
    call = request.auth
    done = services.replace_person(
        **call.upon(case_id), task=body.task, to=body.to, reason=body.reason
    )
    return OutcomeOut.model_validate(done)
