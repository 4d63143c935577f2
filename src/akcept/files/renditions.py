"""Thumbnails and text, made by the worker from what was kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from akcept.engine.refusals import NotFound
from akcept.files import apart, kinds, pdf, store
from akcept.files.models import Rendition
from akcept.kit import sql

LEASE = timedelta(minutes=5)
# A file that kills the worker is tried again, but not for ever.
MOST_ATTEMPTS = 3
# A page is read on a telephone by it, whose screen has three points to a pixel of the page.
LONGEST_SIDE = 960


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
        with at_hand(row.blob_id) as content:
            if row.kind == Rendition.Kind.THUMB:
                _save_thumbnail(row, content)
            else:
                row.text = read(content, media_type=row.blob.media_type)
    except (apart.NotUnfolded, NotFound):
        _finish(row, Rendition.State.FAILED)
        return
    _finish(row, Rendition.State.DONE)


def _finish(row: Rendition, state: Rendition.State) -> None:
    row.state = state
    row.save(update_fields=["state", "text"])


def _save_thumbnail(row: Rendition, content: IO[bytes]) -> None:
    picture = apart.helper.thumbnail(
        content.name, media_type=row.blob.media_type, longest_side=LONGEST_SIDE
    )
    place = thumb_key(row.blob_id)
    # A worker that was killed may have left half of one.
    if default_storage.exists(place):
        default_storage.delete(place)
    default_storage.save(place, ContentFile(picture))


@contextmanager
def at_hand(sha256: str) -> Iterator[IO[bytes]]:
    """Give contents as a file of this machine, wherever they are kept."""
    with store.open(sha256) as kept, tempfile.NamedTemporaryFile() as content:
        for chunk in kept.chunks():
            content.write(chunk)
        content.flush()
        content.seek(0)
        yield content


def read(content: IO[bytes], *, media_type: str) -> str:
    """Return the text found in contents; refuses a PDF that is broken or made to take for ever."""
    if media_type == kinds.PDF:
        text = apart.helper.text(content.name)
    else:
        text = kinds.decoded(content.read(pdf.LONGEST_TEXT)) or ""
    # PostgreSQL keeps neither NUL nor halves of characters.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
