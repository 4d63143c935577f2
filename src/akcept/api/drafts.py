"""Writing a document: create, change, preview, send, correct, take back, attach."""

from __future__ import annotations

from uuid import UUID

from ninja import Status

from akcept.api.calls import ApiRequest
from akcept.api.cards_in import CardIn, CreateIn, FilesIn, PreviewIn, ResubmitIn, ReviseIn, SubmitIn
from akcept.api.given import OutcomeOut, PreviewOut, shallow
from akcept.api.problems import worded

# Reading and writing share addresses, and one address belongs to one router.
from akcept.api.reading import door
from akcept.api.taken import Id, In, Note
from akcept.cases import access, queries, services
from akcept.cases.services import CardInput
from akcept.engine.refusals import Refusal
from akcept.people.codes import TokenScope

__all__ = ["door"]


class WithdrawIn(In):
    reason: Note = ""


class ObserverIn(In):
    person: Id


@door.act("/cases", OutcomeOut, TokenScope.DRAFT, summary="Create a document", status=201)
def create_case(request: ApiRequest, body: CreateIn) -> Status[OutcomeOut]:
    """Create a document, and with `submit` send it for approval in the same act."""
    call = request.auth
    done = services.create(
        by=call.by,
        doctype=body.type,
        content=body.content(),
        submit=body.submit,
        duplicate_reason=body.duplicate_reason,
        copy_of=body.copy_of,
        at=call.at,
        key=call.key,
    )
    return Status(201, OutcomeOut.model_validate(done))


@door.act("/cases/preview", PreviewOut, TokenScope.DRAFT, summary="Ask whom it would go to")
def preview_case(request: ApiRequest, body: PreviewIn) -> PreviewOut:
    """Return whom the document would go to now; nothing is saved."""
    call = request.auth
    if body.case_id:
        access.check(case_id=body.case_id, person_id=call.by.id, at=call.at)
    content = _content(request, body, body.case_id) if body.case_id else body.content()
    found = queries.preview(
        by=call.by, doctype=body.type, content=content, case_id=body.case_id, at=call.at
    )
    refusal = worded(request, found.refusal) if isinstance(found.refusal, Refusal) else None
    return PreviewOut.model_validate(shallow(found) | {"refusal": refusal})


@door.act(
    "/cases/{uuid:case_id}", OutcomeOut, TokenScope.DRAFT, summary="Change it", method="PATCH"
)
def revise_case(request: ApiRequest, case_id: UUID, body: ReviseIn) -> OutcomeOut:
    """Change the fields named; something material voids the approvals of a document under way."""
    call = request.auth
    done = services.revise(
        **call.upon(case_id),
        revision=call.revision(body.revision),
        content=_content(request, body, case_id),
    )
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/submit", OutcomeOut, TokenScope.DRAFT, summary="Send it for approval"
)
def submit_case(request: ApiRequest, case_id: UUID, body: SubmitIn) -> OutcomeOut:
    """Save what was changed and send the draft."""
    call = request.auth
    done = services.submit(
        **call.upon(case_id),
        revision=call.revision(body.revision),
        content=_content(request, body.card, case_id) if body.card else None,
        duplicate_reason=body.duplicate_reason,
    )
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/resubmit", OutcomeOut, TokenScope.DRAFT, summary="Send it again")
def resubmit_case(request: ApiRequest, case_id: UUID, body: ResubmitIn) -> OutcomeOut:
    """Save the corrections, answer the remarks and open the next round."""
    call = request.auth
    done = services.resubmit(
        **call.upon(case_id),
        revision=call.revision(body.revision),
        content=_content(request, body.card, case_id) if body.card else None,
        answers={answer.remark: answer.answer for answer in body.answers},
        duplicate_reason=body.duplicate_reason,
    )
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/withdraw", OutcomeOut, TokenScope.DRAFT, summary="Take it back")
def withdraw_case(request: ApiRequest, case_id: UUID, body: WithdrawIn) -> OutcomeOut:
    """Take one's own document back, as long as nothing was sent or paid."""
    call = request.auth
    done = services.withdraw(**call.upon(case_id), reason=body.reason)
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/files", OutcomeOut, TokenScope.DRAFT, summary="Attach files")
def attach_files(request: ApiRequest, case_id: UUID, body: FilesIn) -> OutcomeOut:
    """Attach files uploaded before; another invoice file voids the approvals."""
    call = request.auth
    done = services.attach(**call.upon(case_id), files=tuple(row.file for row in body.files))
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/observers", OutcomeOut, TokenScope.DRAFT, summary="Let see")
def add_observer(request: ApiRequest, case_id: UUID, body: ObserverIn) -> OutcomeOut:
    """Let somebody follow the document."""
    call = request.auth
    done = services.add_observer(**call.upon(case_id), person=body.person)
    return OutcomeOut.model_validate(done)


def _content(request: ApiRequest, card: CardIn, case_id: UUID) -> CardInput:
    """Return what is to change; the document itself tells the currency the body leaves out."""
    if not card.names_sums:
        return card.content()
    call = request.auth
    stored = queries.case_card(by=call.by, case_id=case_id, at=call.at)
    return card.content(stored.row.currency)
