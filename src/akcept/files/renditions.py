"""Thumbnails and text, made by the worker from what was kept."""

from __future__ import annotations

import io
import tempfile
from datetime import datetime, timedelta
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from akcept.engine.refusals import NotFound
from akcept.files import images, kinds, pdf, store
from akcept.files.models import Rendition
from akcept.kit import sql

LEASE = timedelta(minutes=5)
# A file that kills the worker is tried again, but not for ever.
MOST_ATTEMPTS = 3
LONGEST_SIDE = 480


def work(*, at: datetime, limit: int) -> int:
    """Make up to so many wanted renditions and return how many were taken."""
    taken = _claim(at, limit)
    rows = Rendition.objects.filter(id__in=taken).select_related("blob")
    for row in sorted(rows, key=lambda row: taken.index(row.id)):
        _make(row)
    return len(taken)


def thumb_key(sha256: str) -> str:
    """Return where the thumbnail of contents lies in the file store."""
    return f"thumbs/{sha256[:2]}/{sha256}.webp"


def _claim(at: datetime, limit: int) -> list[int]:
    """Take wanted rows under a lease: who dies on one gives it back when the lease is over."""
    due = (
        "SELECT id FROM files_rendition WHERE state = 'WANTED' AND not_before <= %s "
        "ORDER BY not_before, id LIMIT %s"
    )
    due += sql.lock_suffix(skip_locked=True)
    claimed = sql.rows(
        "UPDATE files_rendition SET not_before = %s, attempts = attempts + 1 "  # noqa: S608
        f"WHERE id IN ({due}) RETURNING id",
        [at + LEASE, at, limit],
    )
    return sorted(int(id_) for (id_,) in claimed)


def _make(row: Rendition) -> None:
    if row.attempts > MOST_ATTEMPTS:
        _finish(row, Rendition.State.FAILED)
        return
    try:
        with store.open(row.blob_id) as kept, tempfile.TemporaryFile() as content:
            for chunk in kept.chunks():
                content.write(chunk)
            content.seek(0)
            if row.kind == Rendition.Kind.THUMB:
                _save_thumbnail(row, content)
            else:
                row.text = read(content, media_type=row.blob.media_type)
    except (pdf.BrokenPdf, images.BrokenImage, NotFound):
        _finish(row, Rendition.State.FAILED)
        return
    _finish(row, Rendition.State.DONE)


def _finish(row: Rendition, state: Rendition.State) -> None:
    row.state = state
    row.save(update_fields=["state", "text"])


def _save_thumbnail(row: Rendition, content: BinaryIO) -> None:
    if row.blob.media_type == kinds.PDF:
        picture = pdf.first_page(content, longest_side=LONGEST_SIDE)
    else:
        picture = images.thumbnail(content, longest_side=LONGEST_SIDE)
    with io.BytesIO() as made:
        picture.save(made, "WEBP", quality=80)
        place = thumb_key(row.blob_id)
        # A worker that was killed may have left half of one.
        if default_storage.exists(place):
            default_storage.delete(place)
        default_storage.save(place, ContentFile(made.getvalue()))


def read(content: BinaryIO, *, media_type: str) -> str:
    """Return the text found in contents; refuses a broken PDF."""
    if media_type == kinds.PDF:
        text = pdf.text(content)
    else:
        text = kinds.decoded(content.read(pdf.LONGEST_TEXT)) or ""
    # PostgreSQL keeps neither NUL nor halves of characters.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
