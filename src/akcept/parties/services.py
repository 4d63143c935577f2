"""What doors may ask of this room: counterparties on the spot, their accounts, and checks of those."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from akcept.engine.refusals import InvalidInput
from akcept.journal import repeats
from akcept.journal.models import Entry
from akcept.journal.store import Actor
from akcept.kit import text
from akcept.parties import checks, queries, store
from akcept.parties.checks import AccountFields, PartyFields
from akcept.parties.codes import AccountState, How
from akcept.people.access import require
from akcept.people.codes import Right

__all__ = ["AccountFields", "AccountState", "How", "PartyFields"]


def create_counterparty(
    *, fields: PartyFields, by: Actor, at: datetime, key: str | None = None
) -> UUID:
    """Add a counterparty of which only a name or an ИНН is known.

    Refuses wrong numbers, each by its field, a counterparty that is there already (TAKEN), and a group from whoever
    does not keep counterparties: routes ask for it.
    """
    if fields.group:
        require(right=Right.EDIT_PARTIES, by=by, at=at)
    request = repeats.asked(key=key, said=["CREATE", asdict(fields)])
    cleaned = checks.checked_party(fields)
    return repeats.once(
        work=lambda: store.create(fields=cleaned, by=by, at=at, request=request),
        again=lambda first: first.chain_id,
        by=by,
        request=request,
    )


def edit_counterparty(
    *, counterparty_id: UUID, fields: PartyFields, by: Actor, at: datetime
) -> None:
    """Give a counterparty new fields.

    Refuses what `create_counterparty` refuses, and whoever may not: keepers of counterparties may,
    and whoever made it as long as nothing was paid to it, but for the group, which routes ask for.
    """
    card = queries.counterparty_card(counterparty_id=counterparty_id)
    made_it = card.line.is_new and by.id is not None and card.created_by == by.id
    if not made_it or fields.group != card.line.group:
        require(right=Right.EDIT_PARTIES, by=by, at=at)
    cleaned = checks.checked_party(fields)
    store.change(counterparty_id=counterparty_id, fields=cleaned, by=by, at=at)


def enter_account(
    *,
    counterparty_id: UUID,
    fields: AccountFields,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> UUID:
    """Add an account, unverified; a changed account is a new one.

    Refuses requisites whose check digits, currency or format are wrong, each by its field.
    """
    party = queries.counterparty_line(counterparty_id=counterparty_id)
    cleaned = checks.checked_account(fields, country=party.country)
    said = {"counterparty": counterparty_id, **asdict(fields)}
    request = repeats.asked(key=key, said=["ENTER", said])
    return repeats.once(
        work=lambda: store.enter_account(
            counterparty_id=counterparty_id, fields=cleaned, by=by, at=at, request=request
        ),
        again=_account,
        by=by,
        request=request,
    )


def verify_account(
    *,
    account_id: UUID,
    how: How,
    note: str = "",
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> None:
    """Vouch for an account; refuses whoever entered it (OwnAccount)."""
    finding = Finding(AccountState.VERIFIED, how, _note(note, is_required=False))
    _check(account_id, finding, by, at, key)


def block_account(
    *, account_id: UUID, reason: str, by: Actor, at: datetime, key: str | None = None
) -> None:
    """Stop payments to an account; refuses to do so without a reason."""
    finding = Finding(AccountState.BLOCKED, None, _note(reason, is_required=True))
    _check(account_id, finding, by, at, key)


def unblock_account(
    *, account_id: UUID, reason: str, by: Actor, at: datetime, key: str | None = None
) -> None:
    """Make an account unverified again; refuses whoever entered it, and doing so without a reason."""
    finding = Finding(AccountState.UNVERIFIED, None, _note(reason, is_required=True))
    _check(account_id, finding, by, at, key)


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody found out about an account."""

    state: AccountState
    how: How | None
    note: str


def _check(account_id: UUID, finding: Finding, by: Actor, at: datetime, key: str | None) -> None:
    require(right=Right.VERIFY_ACCOUNTS, by=by, at=at)
    said = {"account": account_id, **asdict(finding)}
    request = repeats.asked(key=key, said=["CHECK", said])
    repeats.once(
        work=lambda: store.check_account(
            account_id=account_id,
            state=finding.state,
            how=finding.how,
            note=finding.note,
            by=by,
            at=at,
            request=request,
        ),
        again=_account,
        by=by,
        request=request,
    )


def _account(first: Entry) -> UUID:
    return UUID(json.loads(first.body)["data"]["account"])


def _note(note: str, *, is_required: bool) -> str:
    field = "reason" if is_required else "note"
    try:
        cleaned = text.clean_text(note, max_length=1000, multiline=True)
    except ValueError as error:
        raise InvalidInput({field: str(error)}) from error
    if is_required and not cleaned:
        raise InvalidInput({field: "REQUIRED"})
    return cleaned
