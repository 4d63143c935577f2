"""The only writer of counterparties and accounts; every change becomes an entry."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from akcept.engine.refusals import InvalidInput, NotFound, OwnAccount
from akcept.engine.values import Private
from akcept.journal import store as journal
from akcept.journal.canonical import JSON
from akcept.journal.in_hand import Asked
from akcept.journal.store import Actor, Record
from akcept.kit import sql, text
from akcept.parties.checks import AccountFields, PartyFields, as_requisites
from akcept.parties.codes import AccountState, How
from akcept.parties.models import AccountCheck, BankAccount, Counterparty

CHAIN = "COUNTERPARTY"
# Personal when the counterparty is a sole trader.
PRIVATE = frozenset({"name", "inn", "ogrn", "vat_id", "number", "bank_name"})


@transaction.atomic
def create(*, fields: PartyFields, by: Actor, at: datetime, request: Asked | None = None) -> UUID:
    """Add a counterparty; refuses an ИНН with its КПП, or a VAT number, that is there already."""
    row = Counterparty(**asdict(fields), created_by=by.id, created_at=at)
    _save(row)
    _record(row, Record("COUNTERPARTY_CREATED", _guarded(asdict(fields))), by, at, request)
    return row.id


@transaction.atomic
def change(*, counterparty_id: UUID, fields: PartyFields, by: Actor, at: datetime) -> None:
    """Give a counterparty new fields; refuses numbers of another one."""
    row = _locked(counterparty_id)
    old = {name: getattr(row, name) for name in asdict(fields)}
    new = {name: value for name, value in asdict(fields).items() if value != old[name]}
    if not new:
        return
    for name, value in new.items():
        setattr(row, name, value)
    _save(row)
    changes: dict[str, JSON] = {
        name: [_guarded({name: old[name]})[name], _guarded({name: value})[name]]
        for name, value in new.items()
    }
    _record(row, Record("COUNTERPARTY_CHANGED", {"changes": changes}), by, at)


@transaction.atomic
def enter_account(
    *,
    counterparty_id: UUID,
    fields: AccountFields,
    by: Actor,
    at: datetime,
    request: Asked | None = None,
) -> UUID:
    """Add an account, unverified; refuses one the counterparty has already."""
    party = _locked(counterparty_id)
    account = BankAccount(
        **asdict(fields),
        counterparty=party,
        fingerprint=as_requisites(fields, country=party.country).digest,
        entered_by=by.id,
        entered_at=at,
    )
    if party.accounts.filter(fingerprint=account.fingerprint).exists():
        raise InvalidInput({"number": "TAKEN"})
    account.save(force_insert=True)
    data = {"account": account.id, **_guarded(asdict(fields))}
    _record(party, Record("ACCOUNT_ENTERED", data), by, at, request)
    return account.id


@transaction.atomic
def check_account(
    *,
    account_id: UUID,
    state: AccountState,
    how: How | None,
    note: str,
    by: Actor,
    at: datetime,
    request: Asked | None = None,
) -> UUID:
    """Record what somebody found out about an account.

    Whoever entered it may block it, and nothing else: refuses OwnAccount.
    """
    account = BankAccount.objects.filter(id=account_id).first()
    if account is None:
        raise NotFound
    if state is not AccountState.BLOCKED and by.id is not None and account.entered_by == by.id:
        raise OwnAccount
    party = _locked(account.counterparty_id)
    AccountCheck.objects.create(
        account=account, state=state, how=how or "", note=note, by=by.id, by_name=by.name, at=at
    )
    data: dict[str, JSON] = {"account": account.id, "how": how, "note": Private(note)}
    _record(party, Record(f"ACCOUNT_{state}", data), by, at, request)
    return account.id


def note_paid(*, counterparty_id: UUID, batch: sql.Batch) -> None:
    """Note that something was paid to a counterparty, when the caller runs the batch: it is no longer new."""
    batch.add(
        "UPDATE parties_counterparty SET is_new = %s WHERE id = %s AND is_new",
        [False, counterparty_id],
    )


def _locked(counterparty_id: UUID) -> Counterparty:
    row = Counterparty.objects.select_for_update().filter(id=counterparty_id).first()
    if row is None:
        raise NotFound
    return row


def _save(row: Counterparty) -> None:
    folded = text.fold(row.name)
    row.sort_key = folded[:300]
    words = dict.fromkeys((folded, text.transliterate(folded), row.inn, row.vat_id.lower()))
    row.search = " " + " ".join(word for word in words if word)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        same_inn = Counterparty.objects.filter(inn=row.inn, kpp=row.kpp).exclude(id=row.id)
        is_inn = row.inn and same_inn.exists()
        raise InvalidInput({"inn" if is_inn else "vat_id": "TAKEN"}) from error


def _guarded(values: dict[str, str]) -> dict[str, JSON]:
    return {
        name: Private(value) if name in PRIVATE and value else value
        for name, value in values.items()
    }


def _record(
    row: Counterparty, record: Record, by: Actor, at: datetime, request: Asked | None = None
) -> None:
    journal.record(row=row, chain=CHAIN, records=[record], by=by, at=at, request=request)
