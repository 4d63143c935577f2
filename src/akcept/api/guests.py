"""Approvers from outside the company: ask them, see their links, send one again, revoke it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.decisions import NothingIn
from akcept.api.door import Door
from akcept.api.given import Moment, Out, OutcomeOut, PersonOut
from akcept.api.taken import In, Line, Note
from akcept.cases.outside import inviting
from akcept.cases.outside.inviting import Guest, Shared
from akcept.cases.outside.links import Over
from akcept.people.codes import TokenScope

door = Door(tags=["Approvers from outside"])
Files = Annotated[list[Annotated[int, Field(ge=1, le=2**31 - 1)]], Field(max_length=100)]


class SharedIn(In):
    """What they are asked, and the numbers of the files they see; none: the main file."""

    question: Note = ""
    files: Files = []


class GuestIn(SharedIn):
    email: Line
    name: Line
    position: Line = ""
    company: Line = ""
    language: Annotated[str, Field(pattern="^(en|ru)$")] = "en"


class LinkOut(Out):
    """The last link of somebody from outside; the link itself is told to nobody but them. `over`: why it ended."""

    person: PersonOut
    address: str
    question: str
    files: list[int]
    asked_by: PersonOut
    issued_at: Moment
    expires_at: Moment
    code_sent_at: Moment | None
    over: Over | None
    is_waiting: bool


@door.act(
    "/cases/{uuid:case_id}/outside",
    OutcomeOut,
    TokenScope.DECIDE,
    summary="Ask somebody from outside",
)
def ask_outside(request: ApiRequest, case_id: UUID, body: GuestIn) -> OutcomeOut:
    """Ask somebody from outside to approve as well; the link goes to them when it is their turn."""
    call = request.auth
    guest = Guest(body.email, body.name, body.position, body.company, body.language)
    done = inviting.invite(
        **call.upon(case_id), guest=guest, shared=Shared(body.question, tuple(body.files))
    )
    return OutcomeOut.model_validate(done)


@door.read("/cases/{uuid:case_id}/outside", list[LinkOut], summary="Approvers from outside")
def list_outside(request: ApiRequest, case_id: UUID) -> list[LinkOut]:
    """Return the last link of everybody from outside, with whether it still works."""
    found = inviting.links_of(case_id=case_id, by=request.auth.by, at=request.auth.at)
    return [LinkOut.model_validate(card) for card in found]


@door.act(
    "/cases/{uuid:case_id}/outside/{uuid:person_id}/send",
    list[LinkOut],
    TokenScope.DECIDE,
    summary="Send a link again",
)
def send_link(request: ApiRequest, case_id: UUID, person_id: UUID, body: SharedIn) -> list[LinkOut]:
    """Send a new link with what is shared now; the one before no longer works."""
    call = request.auth
    shared = Shared(body.question, tuple(body.files))

    def work() -> None:
        inviting.send_again(
            case_id=case_id, by=call.by, person=person_id, at=call.at, shared=shared
        )

    call.once(request, work, lambda _: None)
    return list_outside(request, case_id)


@door.act(
    "/cases/{uuid:case_id}/outside/{uuid:person_id}/revoke",
    list[LinkOut],
    TokenScope.DECIDE,
    summary="Revoke a link",
)
def revoke_link(
    request: ApiRequest, case_id: UUID, person_id: UUID, body: NothingIn
) -> list[LinkOut]:
    """Let the link no longer work; the task stays."""
    call = request.auth

    def work() -> None:
        inviting.revoke(case_id=case_id, by=call.by, person=person_id, at=call.at)

    call.once(request, work, lambda _: None)
    return list_outside(request, case_id)
