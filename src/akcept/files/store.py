"""The only writer of files: contents by their SHA-256, never overwritten."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from akcept.engine.refusals import InvalidInput, NotFound
from akcept.files import images, kinds, names, pdf
from akcept.files.models import Blob, Rendition, Upload

CHUNK = 1024 * 1024


class Readable(Protocol):
    """Anything that gives bytes in pieces."""

    def read(self, size: int, /) -> bytes:
        """Return up to so many bytes, none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is safely kept: its contents' SHA-256 and the cleaned name it came with."""

    sha256: str
    size: int
    media_type: str
    name: str


def keep(
    *, stream: Readable, name: str, by: UUID | None, at: datetime, limit: int | None = None
) -> KeptFile:
    """Keep a file, note who brought it if anybody is known to have, and return what it is.

    The same contents are kept once.

    Refuses an empty or too large file, a type that is not accepted, a broken PDF or picture.
    Call it outside of any transaction: a large file takes time that a database does not have.
    """
    most: int = settings.UPLOAD_LIMIT_BYTES if limit is None else limit
    with tempfile.TemporaryFile() as content:
        sha256, size = _receive(stream, content, most)
        tidy = names.clean(name)
        extension = names.extension(tidy)
        media_type = kinds.detect(content, extension=extension)
        if extension == "pdf" and media_type != kinds.PDF:
            raise refused("FILE_NOT_PDF")
        if media_type is None:
            raise refused("FILE_TYPE")
        blob = Blob(sha256=sha256, size=size, media_type=media_type, created_at=at)
        _measure(blob, content)
        _store(content, sha256, size)
    _note(blob, by, at)
    return KeptFile(
        sha256, size, media_type, names.with_extension(tidy, kinds.EXTENSIONS[media_type])
    )


def hand(*, sha256s: Iterable[str], to: UUID, at: datetime) -> None:
    """Note that a person has got contents that came in otherwise, so that they may attach them."""
    got = [Upload(blob_id=sha256, person_id=to, at=at) for sha256 in set(sha256s)]
    Upload.objects.bulk_create(got, ignore_conflicts=True)


def open(sha256: str) -> File[bytes]:
    """Open the contents of a file; refuses what was never kept."""
    try:
        return default_storage.open(key(sha256))
    except FileNotFoundError as error:
        raise NotFound from error


def key(sha256: str) -> str:
    """Return where contents lie in the file store."""
    return f"blobs/{sha256[:2]}/{sha256}"


def refused(code: str) -> InvalidInput:
    """Return the refusal of a file."""
    return InvalidInput(errors={"file": code})


def _receive(stream: Readable, content: BinaryIO, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise refused("FILE_TOO_LARGE")
        digest.update(chunk)
        content.write(chunk)
    if size == 0:
        raise refused("FILE_EMPTY")
    return digest.hexdigest(), size


def _measure(blob: Blob, content: BinaryIO) -> None:
    try:
        if blob.media_type == kinds.PDF:
            blob.pages = pdf.count_pages(content)
        elif blob.media_type in kinds.IMAGES:
            blob.width, blob.height = images.size(content)
    except pdf.LockedPdf as error:
        raise refused("FILE_LOCKED_PDF") from error
    except pdf.BrokenPdf as error:
        raise refused("FILE_BROKEN_PDF") from error
    except images.BrokenImage as error:
        raise refused("FILE_BROKEN_IMAGE") from error


def _store(content: BinaryIO, sha256: str, size: int) -> None:
    place = key(sha256)
    if default_storage.exists(place):
        if default_storage.size(place) == size:
            return
        # Somebody was killed while writing it; what is there is only a beginning.
        default_storage.delete(place)
    content.seek(0)
    kept_as = default_storage.save(place, File(content, name=sha256))
    if kept_as != place:
        # Another upload of the same contents came first.
        default_storage.delete(kept_as)
    _to_disk(place)


def _to_disk(place: str) -> None:
    """Have contents on the disk before any entry names them; a store elsewhere sees to that itself."""
    try:
        path = default_storage.path(place)
    except NotImplementedError:
        return
    for name in (path, str(Path(path).parent)):
        opened = os.open(name, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _note(blob: Blob, by: UUID | None, at: datetime) -> None:
    wanted = [
        Rendition(blob=blob, kind=kind, not_before=blob.created_at)
        for kind in renditions_of(blob.media_type)
    ]
    with transaction.atomic():
        Blob.objects.bulk_create([blob], ignore_conflicts=True)
        if by is not None:
            brought = Upload(blob=blob, person_id=by, at=at)
            Upload.objects.bulk_create([brought], ignore_conflicts=True)
        Rendition.objects.bulk_create(wanted, ignore_conflicts=True)


def renditions_of(media_type: str) -> tuple[Rendition.Kind, ...]:
    """Return what is made out of contents of a type."""
    if media_type == kinds.PDF:
        return Rendition.Kind.THUMB, Rendition.Kind.TEXT
    if media_type in kinds.IMAGES:
        return (Rendition.Kind.THUMB,)
    return (Rendition.Kind.TEXT,) if media_type in (kinds.TEXT, kinds.CSV) else ()
