"""Files: uploaded before a case exists, shown and downloaded from it. Nothing of a file ever runs in our pages."""

from __future__ import annotations

from uuid import UUID

from django.core.files import File
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.shortcuts import render

from akcept.cases import queries
from akcept.doctypes import queries as doctypes
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.files import queries as files
from akcept.web.asking import ask, door
from akcept.web.forms import uploads
from akcept.web.present import sheets
from akcept.wording import fields

# Shown by the browser itself; everything else is downloaded.
INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp", "image/gif"})
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
# Kept by the browser, but asked for each time whether one may still see it: rights end, and people share machines.
ASKED_AGAIN = "private, no-cache"


@door("POST")
def upload(request: HttpRequest) -> HttpResponseBase:
    """Keep one file of the drop zone and return its line, or say what is wrong with it."""
    asked = ask(request)
    sent = request.FILES.get("file")
    if sent is None:
        return render(
            request, "web/case/failed.html", {"error": fields.words("REQUIRED")}, status=422
        )
    try:
        purpose = request.POST.get("purpose", "")
        kept = uploads.keep(sent, purpose=purpose, by=asked.by.id, at=asked.at)
    except InvalidInput as refusal:
        failed = {"name": sent.name, "error": fields.words(next(iter(refusal.errors.values())))}
        return render(request, "web/case/failed.html", failed, status=422)
    told = {
        "file": kept,
        "purposes": uploads.choices(doctypes.type_card(code=request.GET.get("type", "INVOICE"))),
        "shown": sheets.document(kept),
    }
    return render(request, "web/case/uploaded.html", told)


@door("GET")
def kept(request: HttpRequest, note: str) -> HttpResponseBase:
    """Show a file that belongs to no case yet to the one who uploaded it."""
    content = uploads.read_note(note, by=ask(request).by.id)
    if content is None:
        raise NotFound
    sha256, name = content
    card = files.blobs(sha256s=[sha256]).get(sha256)
    if card is None:
        raise NotFound
    return _send(request, sha256, name, card.media_type, as_download=False)


@door("GET")
def file(request: HttpRequest, case_id: UUID, number: int) -> HttpResponseBase:
    """Show a file of a case; what browsers do not show safely is downloaded."""
    asked = ask(request)
    card = queries.file(by=asked.by, case_id=case_id, attachment=number, at=asked.at)
    return _send(request, card.sha256, card.name, card.media_type, as_download=False)


@door("GET")
def download(request: HttpRequest, case_id: UUID, number: int) -> HttpResponseBase:
    """Download a file of a case."""
    asked = ask(request)
    card = queries.file(by=asked.by, case_id=case_id, attachment=number, at=asked.at)
    return _send(request, card.sha256, card.name, card.media_type, as_download=True)


@door("GET")
def thumbnail(request: HttpRequest, case_id: UUID, number: int) -> HttpResponseBase:
    """Show the small picture of a file of a case."""
    asked = ask(request)
    card = queries.file(by=asked.by, case_id=case_id, attachment=number, at=asked.at)
    picture = files.thumbnail(sha256=card.sha256)
    if picture is None:
        raise NotFound
    return _answer(request, picture, f"thumb-{card.sha256}", "image/webp", "", as_download=False)


def sent(request: HttpRequest, sha256: str, name: str, media_type: str) -> HttpResponseBase:
    """Return a file to whoever was found to be allowed it."""
    return _send(request, sha256, name, media_type, as_download=False)


def _send(
    request: HttpRequest, sha256: str, name: str, media_type: str, *, as_download: bool
) -> HttpResponseBase:
    content = files.content(sha256=sha256)
    as_download = as_download or media_type not in INLINE
    return _answer(request, content, sha256, media_type, name, as_download=as_download)


def _answer(
    request: HttpRequest,
    content: File[bytes],
    tag: str,
    media_type: str,
    name: str,
    *,
    as_download: bool,
) -> HttpResponseBase:
    answer: FileResponse | HttpResponse
    if request.headers.get("If-None-Match") == f'"{tag}"':
        content.close()
        answer = HttpResponseNotModified()
    else:
        answer = FileResponse(
            content, as_attachment=as_download, filename=name, content_type=media_type
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = POLICY
    answer["ETag"] = f'"{tag}"'
    answer["Cache-Control"] = ASKED_AGAIN
    return answer
