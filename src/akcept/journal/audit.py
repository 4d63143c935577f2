"""What verify.py cannot see from outside: whether the columns beside the truth still agree with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import UUID

from akcept.journal import canonical
from akcept.journal.models import Chained, Entry
from akcept.kit import sql


def wrong_copies() -> Iterator[Entry]:
    """Find entries whose columns say something else than their text."""
    for entry in Entry.objects.order_by("id").iterator():
        body = json.loads(entry.body)
        said = (body["chain"], body["chain_id"], body["number"], body["kind"], body["at"])
        copied = (entry.chain, str(entry.chain_id), entry.number, entry.kind)
        actor_id = str(entry.actor_id) if entry.actor_id else None
        if (*copied, canonical.moment(entry.at)) != said or body["actor"]["id"] != actor_id:
            yield entry


def wrong_heads(*, model: type[Chained]) -> list[UUID]:
    """Find rows whose head is not the last entry of their chain."""
    table, pk = model._meta.db_table, model._meta.pk.column
    found = sql.rows(
        f'SELECT r."{pk}" FROM "{table}" r WHERE EXISTS ('  # noqa: S608
        f'SELECT 1 FROM journal_entry e WHERE e.chain_id = r."{pk}" AND e.number > r.head_number) '
        "OR (r.head_number > 0 AND NOT EXISTS ("
        f'SELECT 1 FROM journal_entry e WHERE e.chain_id = r."{pk}" '
        f'AND e.number = r.head_number AND e.hash = r.head_hash)) ORDER BY r."{pk}"'
    )
    return [sql.as_uuid(id_) for (id_,) in found]
