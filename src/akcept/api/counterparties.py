"""Whom the company pays: find, add, and say what is known of their accounts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Status
from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import Moment, Out
from akcept.api.taken import In, Line, Note
from akcept.engine.refusals import NotFound
from akcept.parties import queries, services
from akcept.parties.queries import AccountCard
from akcept.parties.services import AccountFields, AccountState, How, PartyFields
from akcept.people.codes import TokenScope

door = Door(tags=["Counterparties"])


class PartyIn(In):
    name: Line = ""
    country: Annotated[str, Field(min_length=2, max_length=2)] = "RU"
    inn: Line = ""
    kpp: Line = ""
    ogrn: Line = ""
    vat_id: Line = ""
    group: Line = ""


class AccountIn(In):
    number: Line
    currency: Annotated[str, Field(min_length=3, max_length=3)]
    bic: Line = ""
    bank_name: Line = ""
    correspondent: Line = ""


class VerifyIn(In):
    how: How
    note: Note = ""


class BlockIn(In):
    reason: Note


class PartyLineOut(Out):
    id: UUID
    name: str
    country: str
    inn: str
    kpp: str
    ogrn: str
    vat_id: str
    group: str
    is_new: bool
    is_active: bool


class PartyPageOut(Out):
    """A page by name; `next` goes into `after` of the following request."""

    lines: list[PartyLineOut]
    next: UUID | None


class PartyAccountOut(Out):
    id: UUID
    counterparty_id: UUID
    number: str
    bic: str
    bank_name: str
    correspondent: str
    currency: str
    notices: list[str]
    state: AccountState
    how: How | None
    note: str
    entered_at: Moment
    checked_by_name: str
    checked_at: Moment | None


class PartyOut(PartyLineOut):
    created_at: Moment
    accounts: list[PartyAccountOut]


@door.read("/counterparties", PartyPageOut, summary="Find counterparties")
def list_counterparties(
    request: ApiRequest,
    search: Line = "",
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> PartyPageOut:
    """Return counterparties by name in any script, or by the beginning of ИНН or VAT number."""
    return PartyPageOut.model_validate(queries.page(search=search, after=after, limit=limit))


@door.act("/counterparties", PartyOut, TokenScope.DRAFT, summary="Add a counterparty", status=201)
def create_counterparty(request: ApiRequest, body: PartyIn) -> Status[PartyOut]:
    """Add a counterparty of which a name or an ИНН is known."""
    call = request.auth
    fields = PartyFields(**body.model_dump())
    party_id = services.create_counterparty(
        fields=fields, by=call.by.actor, at=call.at, key=call.key
    )
    return Status(201, _card(party_id))


@door.read("/counterparties/{uuid:party_id}", PartyOut, summary="A counterparty")
def show_counterparty(request: ApiRequest, party_id: UUID) -> PartyOut:
    """Return a counterparty with its accounts."""
    return _card(party_id)


@door.act(
    "/counterparties/{uuid:party_id}/accounts",
    PartyAccountOut,
    TokenScope.DRAFT,
    summary="Enter a bank account",
    status=201,
)
def enter_account(request: ApiRequest, party_id: UUID, body: AccountIn) -> Status[PartyAccountOut]:
    """Add an account, unverified; a changed account is a new one."""
    call = request.auth
    account_id = services.enter_account(
        counterparty_id=party_id,
        fields=AccountFields(**body.model_dump()),
        by=call.by.actor,
        at=call.at,
        key=call.key,
    )
    return Status(201, PartyAccountOut.model_validate(queries.account(account_id=account_id)))


@door.act(
    "/counterparties/{uuid:party_id}/accounts/{uuid:account_id}/verify",
    PartyAccountOut,
    TokenScope.DECIDE,
    summary="Vouch for an account",
)
def verify_account(
    request: ApiRequest, party_id: UUID, account_id: UUID, body: VerifyIn
) -> PartyAccountOut:
    """Say how the account was checked; whoever entered it cannot."""
    call = request.auth
    _own(party_id, account_id)
    services.verify_account(
        account_id=account_id,
        how=body.how,
        note=body.note,
        by=call.by.actor,
        at=call.at,
        key=call.key,
    )
    return PartyAccountOut.model_validate(queries.account(account_id=account_id))


@door.act(
    "/counterparties/{uuid:party_id}/accounts/{uuid:account_id}/block",
    PartyAccountOut,
    TokenScope.DECIDE,
    summary="Stop payments to an account",
)
def block_account(
    request: ApiRequest, party_id: UUID, account_id: UUID, body: BlockIn
) -> PartyAccountOut:
    """Stop payments to the account, with a reason."""
    call = request.auth
    _own(party_id, account_id)
    services.block_account(
        account_id=account_id, reason=body.reason, by=call.by.actor, at=call.at, key=call.key
    )
    return PartyAccountOut.model_validate(queries.account(account_id=account_id))


def _card(party_id: UUID) -> PartyOut:
    card = queries.counterparty_card(counterparty_id=party_id)
    line = PartyLineOut.model_validate(card.line).model_dump()
    return PartyOut.model_validate(
        line | {"created_at": card.created_at, "accounts": card.accounts}
    )


def _own(party_id: UUID, account_id: UUID) -> AccountCard:
    """Return an account under the address of its own counterparty; refuses any other address."""
    account = queries.account(account_id=account_id)
    if account.counterparty_id != party_id:
        raise NotFound
    return account
