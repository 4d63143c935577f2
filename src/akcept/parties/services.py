"""What doors may ask of this room: counterparties on the spot, their accounts, and checks of those."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from akcept.engine.refusals import InvalidInput
from akcept.journal.store import Actor
from akcept.kit import text
from akcept.parties import checks, queries, store
from akcept.parties.checks import AccountFields, PartyFields
from akcept.parties.codes import AccountState, How
from akcept.people.access import require
from akcept.people.codes import Right

__all__ = ["AccountFields", "AccountState", "How", "PartyFields"]


def create_counterparty(*, fields: PartyFields, by: Actor, at: datetime) -> UUID:
    """Add a counterparty of which only a name or an ИНН is known.

    Refuses wrong numbers, each by its field, and a counterparty that is there already (TAKEN).
    """
    return store.create(fields=checks.checked_party(fields), by=by, at=at)


def edit_counterparty(
    *, counterparty_id: UUID, fields: PartyFields, by: Actor, at: datetime
) -> None:
    """Give a counterparty new fields.

    Refuses what `create_counterparty` refuses, and whoever may not: keepers of counterparties may,
    and whoever made it as long as nothing was paid to it.
    """
    card = queries.counterparty_card(counterparty_id=counterparty_id)
    if not (card.line.is_new and by.id is not None and card.created_by == by.id):
        require(right=Right.EDIT_PARTIES, by=by, at=at)
    cleaned = checks.checked_party(fields)
    store.change(counterparty_id=counterparty_id, fields=cleaned, by=by, at=at)


def enter_account(*, counterparty_id: UUID, fields: AccountFields, by: Actor, at: datetime) -> UUID:
    """Add an account, unverified; a changed account is a new one.

    Refuses requisites whose check digits, currency or format are wrong, each by its field.
    """
    party = queries.counterparty_line(counterparty_id=counterparty_id)
    cleaned = checks.checked_account(fields, country=party.country)
    return store.enter_account(counterparty_id=counterparty_id, fields=cleaned, by=by, at=at)


def verify_account(*, account_id: UUID, how: How, note: str = "", by: Actor, at: datetime) -> None:
    """Vouch for an account; refuses whoever entered it (OwnAccount)."""
    _check(account_id, AccountState.VERIFIED, how, _note(note, is_required=False), by, at)


def block_account(*, account_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Stop payments to an account; refuses to do so without a reason."""
    _check(account_id, AccountState.BLOCKED, None, _note(reason, is_required=True), by, at)


def unblock_account(*, account_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Make an account unverified again; refuses whoever entered it, and doing so without a reason."""
    _check(account_id, AccountState.UNVERIFIED, None, _note(reason, is_required=True), by, at)


def _check(
    account_id: UUID, state: AccountState, how: How | None, note: str, by: Actor, at: datetime
) -> None:
    require(right=Right.VERIFY_ACCOUNTS, by=by, at=at)
    store.check_account(account_id=account_id, state=state, how=how, note=note, by=by, at=at)


def _note(note: str, *, is_required: bool) -> str:
    field = "reason" if is_required else "note"
    try:
        cleaned = text.clean_text(note, max_length=1000, multiline=True)
    except ValueError as error:
        raise InvalidInput({field: str(error)}) from error
    if is_required and not cleaned:
        raise InvalidInput({field: "REQUIRED"})
    return cleaned
