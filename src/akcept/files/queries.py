"""What is known of files, for cards and doors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef

from akcept.files import apart, kinds, renditions, store
from akcept.files.models import Blob, Rendition, Upload


@dataclass(frozen=True, slots=True)
class BlobCard:
    """What a reader is told of contents before opening them."""

    sha256: str
    size: int
    media_type: str
    pages: int | None
    width: int | None
    height: int | None
    has_thumb: bool

    @property
    def is_readable(self) -> bool:
        """Say whether it can be read beside the facts; the rest is downloaded."""
        return self.media_type == kinds.PDF or self.media_type in kinds.IMAGES


def blobs(*, sha256s: Iterable[str]) -> Mapping[str, BlobCard]:
    """Return the cards of contents by SHA-256, with one query."""
    found = Blob.objects.filter(sha256__in=set(sha256s)).annotate(has_thumb=has_thumb("pk"))
    return {row.sha256: card(row, has_thumb=row.has_thumb) for row in found}


def uploaded(*, sha256s: Iterable[str], by: UUID) -> frozenset[str]:
    """Return which of these contents a person has brought."""
    rows = Upload.objects.filter(blob__in=set(sha256s), person_id=by)
    return frozenset(rows.values_list("blob_id", flat=True))


def has_thumb(blob: str) -> Exists:
    """Return the condition that there is a small picture of the contents a column names."""
    done = Rendition.objects.filter(kind=Rendition.Kind.THUMB, state=Rendition.State.DONE)
    return Exists(done.filter(blob=OuterRef(blob)))


def card(row: Blob, *, has_thumb: bool) -> BlobCard:
    """Return a row as a frozen value."""
    return BlobCard(
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        pages=row.pages,
        width=row.width,
        height=row.height,
        has_thumb=has_thumb,
    )


def content(*, sha256: str) -> File[bytes]:
    """Open contents for reading; refuses what was never kept."""
    return store.open(sha256)


def thumbnail(*, sha256: str) -> File[bytes] | None:
    """Open the thumbnail (WebP) of contents, or return None while there is none."""
    try:
        return default_storage.open(renditions.thumb_key(sha256))
    except FileNotFoundError:
        return None


def texts(*, sha256s: Iterable[str]) -> Mapping[str, str]:
    """Return the text found in contents by SHA-256, where it has been read."""
    done = Rendition.objects.filter(
        blob__in=set(sha256s), kind=Rendition.Kind.TEXT, state=Rendition.State.DONE
    )
    return dict(done.values_list("blob_id", "text"))


def texts_now(*, sha256s: Iterable[str]) -> Mapping[str, str]:
    """Return the text found in contents, read at once where the worker has not come to it yet."""
    wanted = set(sha256s)
    found = dict(texts(sha256s=wanted))
    for row in Blob.objects.filter(sha256__in=wanted - set(found)):
        if Rendition.Kind.TEXT in store.renditions_of(row.media_type):
            found[row.sha256] = _read(row)
    return found


def _read(row: Blob) -> str:
    try:
        with renditions.at_hand(row.sha256) as content:
            return renditions.read(content, media_type=row.media_type)
    except apart.NotUnfolded:
        return ""
