"""The only writer of changes that wait for a second person; their history stands in the chain of the settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from akcept.company import store as company
from akcept.engine.refusals import AlreadySettled, InvalidInput, NeedsSecondPerson, NotFound
from akcept.journal import in_hand
from akcept.journal.canonical import JSON
from akcept.journal.store import Actor, Record
from akcept.kit import text
from akcept.people.codes import ChangeState
from akcept.people.models import PendingChange
from akcept.people.store import chain


@transaction.atomic
def propose(
    *,
    command: str,
    arguments: Mapping[str, object],
    rehearse: Callable[[], object],
    by: Actor,
    at: datetime,
) -> UUID:
    """Keep a change, once; refuses what the rehearsal refuses, and leaves nothing of the rehearsal."""
    assert by.id is not None, "the system benefits from nothing"
    with transaction.atomic(), in_hand.holding(None):
        rehearse()
        transaction.set_rollback(True)
    plain = json.dumps(arguments, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    asked = json.loads(plain)
    own = PendingChange.objects.filter(state=ChangeState.WAITING.value, author=by.id)
    for kept in own.filter(command=command):
        if kept.arguments == asked:
            return kept.id
    row = PendingChange.objects.create(
        command=command, arguments=asked, author_id=by.id, proposed_at=at
    )
    # Reasons and names are personal: what was asked for is kept beside the chain, its digest in it.
    data: dict[str, JSON] = {"change": row.id, "command": command}
    _record("CHANGE_PROPOSED", data | {"arguments": chain.private(plain)}, by, at)
    return row.id


@transaction.atomic
def confirm(
    *, change_id: UUID, act: Callable[[PendingChange], object], by: Actor, at: datetime
) -> None:
    """Let a second person make a change that waits; refuses its author, and what is refused when made."""
    row = _locked(change_id)
    if row.author_id == by.id:
        raise NeedsSecondPerson
    _settle(row, ChangeState.CONFIRMED, "", by, at)
    act(row)


@transaction.atomic
def decline(*, change_id: UUID, remark: str, by: Actor, at: datetime) -> None:
    """Drop a change: its author withdraws it, anybody else declines it."""
    row = _locked(change_id)
    is_own = row.author_id == by.id
    _settle(row, ChangeState.WITHDRAWN if is_own else ChangeState.DECLINED, remark, by, at)


def _locked(change_id: UUID) -> PendingChange:
    row = PendingChange.objects.select_for_update().filter(id=change_id).first()
    if row is None:
        raise NotFound
    if row.state != ChangeState.WAITING:
        raise AlreadySettled
    return row


def _settle(row: PendingChange, state: ChangeState, remark: str, by: Actor, at: datetime) -> None:
    try:
        row.remark = text.clean_text(remark, max_length=300)
    except ValueError as error:
        raise InvalidInput({"remark": str(error)}) from None
    row.state, row.settled_by_id, row.settled_at = state.value, by.id, at
    row.save(update_fields=["state", "settled_by", "settled_at", "remark"])
    data: dict[str, JSON] = {"change": row.id, "command": row.command, "author": row.author_id}
    _record(f"CHANGE_{state}", data | {"remark": chain.private(row.remark)}, by, at)


def _record(kind: str, data: Mapping[str, JSON], by: Actor, at: datetime) -> None:
    company.record_settings(records=[Record(kind, data)], by=by, at=at)
