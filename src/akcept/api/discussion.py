"""The discussion of a document: read it, write, reply, ask for an answer, mend a message, mark as read; and one's mentions."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.cards_in import NewFileIn
from akcept.api.decisions import NothingIn
from akcept.api.door import Door
from akcept.api.given import CaseRowOut, Moment, Out, OutcomeOut, PersonOut
from akcept.api.taken import Id, In, Note
from akcept.cases.discussion import mentions, reading, writing
from akcept.cases.discussion.writing import Words
from akcept.people.codes import TokenScope

door = Door(tags=["Discussion"])
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
People = Annotated[list[Id], Field(max_length=20)]


class MessageIn(In):
    """What is said. Who is called in it by @name is named, too; `add_observers`: those named who do not see it will."""

    text: Note
    mentions: People = []
    add_observers: bool = False


class CommentIn(MessageIn):
    """`reply_to` quotes a message by its number and answers it if it asks; `asks`: who is to answer this one."""

    reply_to: Number | None = None
    files: Annotated[list[NewFileIn], Field(max_length=10)] = []
    asks: Id | None = None
    guest: Id | None = None


class ReadIn(In):
    upto: Number


class QuoteOut(Out):
    number: int
    by: PersonOut | None
    text: str | None


class AskedOut(Out):
    """Who is asked; `is_open`: the answer is awaited; `answer` is the number of the message that gave it."""

    person: PersonOut
    is_open: bool
    answer: int | None


class MessageOut(Out):
    """Something said; `text` is null where a retention rule has removed it, `earlier` what it said before edits."""

    number: int
    by: PersonOut | None
    acting_for: PersonOut | None
    at: Moment
    text: str | None
    edited_at: Moment | None
    earlier: list[str | None]
    mentions: list[PersonOut]
    quote: QuoteOut | None
    files: list[int]
    asked: AskedOut | None
    answers: int | None
    guest: PersonOut | None
    is_new: bool
    may_edit: bool
    seen_by: list[PersonOut]


class ThreadOut(Out):
    """All messages, oldest first; `read` is the number up to which the caller has read, `upto` that of the last."""

    messages: list[MessageOut]
    upto: int
    read: int


class MentionOut(Out):
    """An unread message that names the caller, or an unanswered question to them or to whom they act for."""

    id: int
    case: CaseRowOut
    number: int
    is_question: bool
    by: PersonOut
    at: Moment
    text: str | None
    acting_for: PersonOut | None


class MentionsOut(Out):
    items: list[MentionOut]
    older: int | None


@door.read("/cases/{uuid:case_id}/comments", ThreadOut, summary="Discussion")
def read_discussion(request: ApiRequest, case_id: UUID) -> ThreadOut:
    """Return what was said on a document."""
    found = reading.discussion(case_id=case_id, by=request.auth.by, at=request.auth.at)
    return ThreadOut.model_validate(found)


@door.act("/cases/{uuid:case_id}/comments", OutcomeOut, TokenScope.DRAFT, summary="Comment")
def comment_case(request: ApiRequest, case_id: UUID, body: CommentIn) -> OutcomeOut:
    """Say something to everybody who takes part; `entry` of the answer is the number of the message."""
    call = request.auth
    words = Words(
        text=body.text,
        mentions=tuple(body.mentions),
        reply_to=body.reply_to,
        files=tuple(row.file for row in body.files),
        asks=body.asks,
        guest=body.guest,
    )
    done = writing.say(**call.upon(case_id), words=words, add_observers=body.add_observers)
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/comments/{int:number}",
    OutcomeOut,
    TokenScope.DRAFT,
    summary="Edit a message",
)
def edit_comment(request: ApiRequest, case_id: UUID, number: int, body: MessageIn) -> OutcomeOut:
    """Say one's own message in other words, within five minutes; what it said before stays on record."""
    call = request.auth
    done = writing.edit(
        **call.upon(case_id),
        message=number,
        words=Words(body.text, tuple(body.mentions)),
        add_observers=body.add_observers,
    )
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/comments/{int:number}/withdraw",
    OutcomeOut,
    TokenScope.DRAFT,
    summary="Withdraw a question",
)
def withdraw_question(
    request: ApiRequest, case_id: UUID, number: int, body: NothingIn
) -> OutcomeOut:
    """Wait no longer for the answer to one's own question."""
    call = request.auth
    done = writing.withdraw_question(**call.upon(case_id), question=number)
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/comments/read",
    ThreadOut,
    TokenScope.READ,
    summary="Mark as read",
)
def read_comments(request: ApiRequest, case_id: UUID, body: ReadIn) -> ThreadOut:
    """Note that the discussion was read up to a message."""
    call = request.auth
    writing.mark_read(case_id=case_id, by=call.by, upto=body.upto, at=call.at)
    return read_discussion(request, case_id)


@door.read("/mentions", MentionsOut, summary="Mentions")
def list_mentions(request: ApiRequest, before: Number | None = None) -> MentionsOut:
    """Return unread mentions of the caller and unanswered questions to them, questions first."""
    found = mentions.mentions(by=request.auth.by, at=request.auth.at, before=before)
    return MentionsOut.model_validate(found)
