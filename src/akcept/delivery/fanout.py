"""From an entry to those who are told of it: one transaction per append, notices and mark together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from akcept.cases.outside import links, thread
from akcept.cases.store import CHAIN as CASE
from akcept.delivery import chronicle, outside, passing, store
from akcept.delivery.audience import Happening, Told, audience, holders
from akcept.delivery.chronicle import Chronicle
from akcept.delivery.posting import Telling
from akcept.engine import events as ev
from akcept.engine.case import Case
from akcept.engine.facts import SYSTEM
from akcept.intake.store import CHAIN as LETTER
from akcept.journal import dispatch
from akcept.journal.dispatch import DispatchRef
from akcept.parties import queries as accounts
from akcept.people.deputies import deputies_of

LEASE = timedelta(minutes=1)
BATCH = 100
LONGEST_WAIT = timedelta(hours=1)

log = structlog.get_logger("akcept.delivery")


def fan_out(*, at: datetime, limit: int = 20) -> bool:
    """Tell of what has happened, and say whether there was anything.

    An append that cannot be told is tried again later and later, for ever: no entry goes without its notices.
    """
    # Asking first takes no write lock, and most of the time there is nothing.
    if not dispatch.waiting(at=at):
        return False
    refs = dispatch.claim(at=at, limit=limit, lease=LEASE)
    for ref in refs:
        try:
            _tell(ref, at)
        except Exception:
            log.exception(
                "could not tell of an entry", chain=str(ref.chain_id), first=ref.first_number
            )
            wait = min(timedelta(seconds=2 ** min(ref.attempts, 12)), LONGEST_WAIT)
            dispatch.retry(ids=[ref.id], not_before=at + wait)
    return bool(refs)


def tell_history(*, at: datetime, new_since: datetime) -> None:
    """Tell of everything that waits in the app alone, what is older as read: for cases brought along."""
    while refs := dispatch.claim(at=at, limit=BATCH, lease=LEASE):
        for ref in refs:
            _tell(ref, at, by_mail=False)
    store.mark_old_read(before=new_since, at=at)


def _tell(ref: DispatchRef, at: datetime, *, by_mail: bool = True) -> None:
    tellings = _tellings(ref, at)
    by = chronicle.entry_of(chain_id=ref.chain_id, number=ref.first_number).actor.id
    with transaction.atomic():
        if by:
            # Whoever acts on something has seen what they were told of it.
            before = ref.first_number
            store.mark_read_about(person_id=by, chain_id=ref.chain_id, at=at, before=before)
        store.tell(tellings=tellings, at=at, by_mail=by_mail)
        # Whose turn came now, from outside: their letter follows from the entry of their link.
        links.issue_owed(chain_id=ref.chain_id, at=at)
        dispatch.done(ids=[ref.id], at=at)


def _tellings(ref: DispatchRef, at: datetime) -> list[Telling]:
    chain = chronicle.entry_of(chain_id=ref.chain_id, number=1).chain
    if chain != CASE:
        return passing.tellings(ref) if chain == LETTER else outside.tellings(ref)
    story = chronicle.read(case_id=ref.chain_id)
    happening = story.happening(first=ref.first_number, last=ref.last_number)
    happening = replace(happening, expected=_expected(happening, ref.chain_id))
    deputies = deputies_now(happening.after, at)
    editor = editor_of(happening.after) if deputies else None
    told = audience(happening, deputies, editor)
    tellings = [_telling(one, story) for one in told if one.person != SYSTEM]
    return [*tellings, *outside.receipts(story.entries[ref.first_number - 1 : ref.last_number])]


def _expected(happening: Happening, case_id: UUID) -> tuple[str, ...]:
    """Return who is to answer those from outside who have written."""
    said = [event for event in happening.events if isinstance(event, ev.Commented)]
    guests = dict.fromkeys(event.guest for event in said if event.guest == happening.by)
    found = (thread.expected(case_id=case_id, guest=UUID(guest)) for guest in guests if guest)
    return tuple(str(person) for people in found for person in people)


def deputies_now(case: Case, at: datetime) -> Mapping[str, tuple[str, ...]]:
    """Return who acts now for whom a case waits, on documents like it, the first to ask first."""
    found: dict[str, tuple[str, ...]] = {}
    stated = case.card.get("entity")
    entity = UUID(str(stated)) if stated else None
    asked = (row.person for row in case.questions)
    waited_for = dict.fromkeys((*holders(case), *asked))
    for row in deputies_of(person_ids=map(UUID, waited_for), at=at):
        if row.covers(entity, case.doctype):
            absentee = str(row.absentee_id)
            found[absentee] = (*found.get(absentee, ()), str(row.deputy_id))
    return found


def editor_of(case: Case) -> str | None:
    """Return who entered the payee's account that stands on a document."""
    account = case.card.get("account")
    entered_by = accounts.account(account_id=UUID(str(account))).entered_by if account else None
    return str(entered_by) if entered_by else None


def _telling(told: Told, story: Chronicle) -> Telling:
    entry = story.entries[told.number - 1]
    return Telling(
        person_id=UUID(told.person),
        chain_id=entry.chain_id,
        number=told.number,
        cause=str(told.number),
        topic=told.topic,
        task_kind=told.task_kind,
        happened_at=entry.at,
    )
