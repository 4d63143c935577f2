"""The files of a case, every version of each."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from akcept.cases import access
from akcept.cases.cards import FileCard, PersonChip
from akcept.cases.models import Attachment
from akcept.engine.refusals import NotFound
from akcept.files import queries as files
from akcept.people.askers import Asker


def file(*, by: Asker, case_id: UUID, attachment: int, at: datetime) -> FileCard:
    """Return one file of a case; refuses what the reader may not see."""
    access.check(case_id=case_id, person_id=by.id, at=at)
    for card in file_cards(case_id):
        if card.id == attachment:
            return card
    raise NotFound


def file_cards(case_id: UUID) -> tuple[FileCard, ...]:
    """Return every version of every file of a case, in the order they came, in one query."""
    attached = Attachment.objects.filter(case=case_id).select_related("by", "blob")
    found = list(attached.annotate(has_thumb=files.has_thumb("blob")).order_by("number"))
    blobs = {row.blob_id: files.card(row.blob, has_thumb=row.has_thumb) for row in found}
    replaced = {row.replaces for row in found}
    main = max((row.number for row in found if row.purpose == "INVOICE"), default=0)
    return tuple(
        FileCard(
            id=row.number,
            purpose=row.purpose,
            name=row.name,
            sha256=row.blob_id,
            media_type=blobs[row.blob_id].media_type,
            size=blobs[row.blob_id].size,
            version=row.version,
            is_current=row.number not in replaced,
            is_main=row.number == main,
            is_readable=blobs[row.blob_id].is_readable,
            by=PersonChip(row.by_id, row.by.name, row.by.position),
            at=row.at,
            has_thumbnail=blobs[row.blob_id].has_thumb,
        )
        for row in found
    )
