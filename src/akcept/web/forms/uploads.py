"""Files of a form: kept at once, carried on by a signed note, so that a refused form loses none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from akcept.cases.inputs import PURPOSES, NewFile
from akcept.doctypes.cards import TypeCard
from akcept.engine.case import MAIN
from akcept.engine.doctypes import FieldKind
from akcept.engine.refusals import InvalidInput
from akcept.files import queries, services
from akcept.wording import fields, purposes

SALT = "akcept.web.kept"
MOST_FILES = 20
CODE = re.compile(r"\w{1,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept but belongs to no case yet; `note` proves who uploaded it."""

    note: str
    sha256: str
    name: str
    purpose: str

    @property
    def kind(self) -> str:
        """Return how it can be shown: pdf, image or other."""
        card = queries.blobs(sha256s=[self.sha256]).get(self.sha256)
        return kind_of(card.media_type if card else "")


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that was not accepted, and why."""

    name: str
    error: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Uploads:
    """The files of one form."""

    kept: tuple[Kept, ...] = ()
    failed: tuple[Failed, ...] = ()

    def refuse_failed(self) -> None:
        """Refuse the form when a file was not accepted."""
        if self.failed:
            raise InvalidInput({"files": self.failed[0].code})

    @property
    def new_files(self) -> tuple[NewFile, ...]:
        """Return them as services take them."""
        return tuple(NewFile(file.purpose, file.sha256, file.name) for file in self.kept)


def kind_of(media_type: str) -> str:
    """Return how contents of a type are shown beside the facts."""
    if media_type == "application/pdf":
        return "pdf"
    return "image" if media_type.startswith("image/") else "other"


def choices(type_: TypeCard) -> list[tuple[str, str]]:
    """Return the purposes to choose from: the usual ones, then the file fields of the type's own."""
    own = [field.code for field in type_.used if field.kind is FieldKind.FILE and not field.is_core]
    unasked = set() if type_.ends_in_payment else {"PAYMENT_ORDER"}
    offered = [code for code in (*PURPOSES, *own) if code not in unasked]
    return [(code, purposes.words(code, type_)) for code in offered]


def limit() -> int:
    """Return how large a file may be."""
    largest: int = settings.UPLOAD_LIMIT_BYTES
    return largest


def gather(request: HttpRequest, *, by: UUID, at: datetime) -> Uploads:
    """Keep the files that came now and take over those kept before; a bad file is named, not fatal."""
    kept = _carried(request, by)
    failed: list[Failed] = []
    wanted = request.POST.getlist("purposes")
    for place, upload in enumerate(request.FILES.getlist("files")[:MOST_FILES]):
        purpose = wanted[place] if place < len(wanted) else _usual(kept)
        try:
            kept.append(keep(upload, purpose=purpose, by=by, at=at))
        except InvalidInput as refusal:
            code = next(iter(refusal.errors.values()))
            failed.append(Failed(str(upload.name), fields.words(code), code))
    return Uploads(tuple(kept), tuple(failed))


def keep(upload: UploadedFile[bytes], *, purpose: str, by: UUID, at: datetime) -> Kept:
    """Keep one file; refuses what `files.services.keep` refuses."""
    done = services.keep(stream=upload, name=upload.name or "", by=by, at=at)
    return Kept(note(by, done.sha256, done.name), done.sha256, done.name, _purpose(purpose))


def note(by: UUID, sha256: str, name: str) -> str:
    """Return the note with which this person can attach a kept file."""
    return signing.dumps([str(by), sha256, name], salt=SALT, compress=True)


def read_note(text: str, *, by: UUID) -> tuple[str, str] | None:
    """Return contents and name of a note; nothing for a note of somebody else or none at all."""
    try:
        owner, sha256, name = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (sha256, name) if owner == str(by) else None


def _carried(request: HttpRequest, by: UUID) -> list[Kept]:
    notes: Sequence[str] = request.POST.getlist("kept")[:MOST_FILES]
    wanted = request.POST.getlist("kept_purposes")
    dropped = set(request.POST.getlist("drop"))
    found = []
    for place, text in enumerate(notes):
        content = read_note(text, by=by)
        if content is None or text in dropped:
            continue
        purpose = wanted[place] if place < len(wanted) else ""
        found.append(Kept(text, *content, _purpose(purpose)))
    return found


def _usual(kept: Sequence[Kept]) -> str:
    """Return what the next file is for where nobody said: the first is the document, others belong to it."""
    return "OTHER" if kept else MAIN


def _purpose(code: str) -> str:
    """Return what a file was said to be for; whether its document has such files is judged with the document."""
    return code if CODE.fullmatch(code) else MAIN
