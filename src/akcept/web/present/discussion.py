"""The discussion of a card: messages with what they name and point to, and the form in which the next one is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.cases.cards import CaseCard, FileCard, PersonChip
from akcept.cases.discussion.reading import MessageCard, Thread
from akcept.engine.refusals import NotReaders, Refusal
from akcept.engine.talking import LONGEST
from akcept.engine.verbs import Verb
from akcept.web.asking import problems, words
from akcept.web.forms import uploads
from akcept.web.present.acts import act_url

QUOTED = 160
LONG, LONG_LINES = 3000, 30


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text: plain, a person it names, or a link to a file."""

    text: str
    url: str = ""
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the page shows it."""

    card: MessageCard
    who: str
    parts: tuple[Part, ...]
    quote: str
    quoted: str
    files: tuple[Part, ...]
    seen_by: str
    reply_url: str
    edit_url: str

    @property
    def is_long(self) -> bool:
        """Return whether the message would push all others out of sight."""
        text = self.card.text or ""
        return len(text) > LONG or text.count("\n") > LONG_LINES


@dataclass(frozen=True, slots=True)
class Writing:
    """The form: what is in it, what it replies to or edits, and to whom from outside it speaks."""

    text: str = ""
    reply: Message | None = None
    editing: int | None = None
    guest: PersonChip | None = None
    asks: str = ""
    asks_text: str = ""
    kept: tuple[uploads.Kept, ...] = ()
    error: str = ""
    adding: bool = False
    chosen: tuple[str, ...] = field(default=())


def context(card: CaseCard, thread: Thread, told: QueryDict) -> dict[str, Any]:
    """Return what the tab shows; `told` is the query of the page."""
    messages = [_message(card, row) for row in thread.messages]
    by_number = {message.card.number: message for message in messages}
    edited = by_number.get(_whole(told.get("edit")))
    reply = by_number.get(_whole(told.get("reply")))
    is_editing = edited is not None and edited.card.may_edit
    guests = [seat.person for seat in card.seats if seat.is_outside and seat.person]
    guest = next((who for who in guests if str(who.id) == told.get("guest")), None)
    if reply is not None and reply.card.guest is not None:
        guest = reply.card.guest
    return {
        "case_id": card.row.id,
        "messages": messages,
        "thread": thread,
        "guests_here": list(dict.fromkeys(guests)),
        "writing": Writing(
            text=(edited.card.text or "") if edited and is_editing else "",
            reply=None if is_editing else reply,
            editing=edited.card.number if edited and is_editing else None,
            guest=guest,
        ),
        "longest": LONGEST,
        "upload_limit": uploads.limit(),
        "talk_url": reverse("web:discussion", args=[card.row.id]),
        "read_url": reverse("web:discussion-read", args=[card.row.id]),
        "names_url": reverse("web:discussion-people", args=[card.row.id]),
        "withdraw_url": act_url(card.row.id, Verb.WITHDRAW_QUESTION),
        "can_attach_here": Verb.ATTACH in card.options,
    }


def again(
    shown: Mapping[str, Any], data: QueryDict, kept: Sequence[uploads.Kept], refusal: Refusal
) -> Writing:
    """Return the form with everything that was in it when it was refused, and why it was."""
    by_number = {message.card.number: message for message in shown["messages"]}
    writing: Writing = shown["writing"]
    return Writing(
        text=data.get("text", ""),
        reply=by_number.get(_whole(data.get("reply_to"))),
        editing=_whole(data.get("message")) or None,
        guest=writing.guest,
        asks=data.get("asks", ""),
        asks_text=data.get("asks_text", ""),
        kept=tuple(kept),
        error=" ".join([words(refusal), *problems(refusal)]),
        adding=isinstance(refusal, NotReaders),
        chosen=tuple(data.getlist("mention")[:50]),
    )


def _message(card: CaseCard, row: MessageCard) -> Message:
    path = reverse("web:case", args=[card.row.id])
    removed = _("removed under the retention rule")
    by_id = {file.id: file for file in card.files}
    return Message(
        card=row,
        who=row.by.name if row.by else "",
        parts=tuple(parts(card, row)) if row.text is not None else (Part(removed),),
        quote=_short(row.quote.text if row.quote.text is not None else removed)
        if row.quote
        else "",
        quoted=row.quote.by.name if row.quote and row.quote.by else "",
        files=tuple(
            Part(by_id[n].name, _file_url(path, by_id[n])) for n in row.files if n in by_id
        ),
        seen_by=", ".join(chip.name for chip in row.seen_by),
        reply_url=f"{path}?tab=discussion&reply={row.number}#write",
        edit_url=f"{path}?tab=discussion&edit={row.number}#write",
    )


def parts(card: CaseCard, row: MessageCard) -> Iterator[Part]:
    """Part a text where it names people, or a file of the card and a page of it: "invoice.pdf, p. 3"."""
    text = row.text or ""
    path = reverse("web:case", args=[card.row.id])
    # Of several versions the newest that was there when it was said.
    files = {file.name: file for file in card.files if file.at <= row.at}
    people = {f"@{chip.name}" for chip in row.mentions if chip.name}
    known = sorted([*files, *people], key=len, reverse=True)
    if not known:
        yield Part(text)
        return
    page = r"(?:,?\s*(?:p\.|page|с\.|стр\.)\s*(?P<page>\d{1,5}))?"
    pattern = re.compile(f"(?P<known>{'|'.join(map(re.escape, known))})(?!\\w){page}")
    end = 0
    for match in pattern.finditer(text):
        start, found = match.start(), match["known"]
        if start and (text[start - 1].isalnum()):
            continue
        yield Part(text[end:start])
        if found in people:
            end = match.end("known")
            yield Part(found, is_person=True)
        else:
            end = match.end()
            yield Part(match.group(), _file_url(path, files[found], match["page"]))
    yield Part(text[end:])


def _file_url(path: str, file: FileCard, page: str | None = None) -> str:
    told = {"tab": "discussion", "file": file.id} | ({"page": page} if page else {})
    return f"{path}?{urlencode(told)}#document"


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= QUOTED else f"{said[:QUOTED]}…"


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
