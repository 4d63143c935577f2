"""Counterparties and accounts typed into an invoice: what is known is taken, the rest is created once."""

from __future__ import annotations

from uuid import UUID

from akcept.engine import requisites
from akcept.kit import text
from akcept.parties import queries, services
from akcept.parties.services import AccountFields, PartyFields
from akcept.web.asking import Ask


def find_or_create(*, name: str, inn: str, country: str, ask: Ask) -> UUID:
    """Return the counterparty of this ИНН or exact name, new if there is none.

    Refuses a wrong ИНН at its field.
    """
    digits = requisites.clean(inn)
    for line in queries.suggest(text=digits or name):
        same_name = not digits and text.fold(line.name) == text.fold(name)
        if line.country == country and (same_name or (digits and line.inn == digits)):
            return line.id
    fields = PartyFields(name=name, country=country, inn=inn)
    return services.create_counterparty(fields=fields, by=ask.by.actor, at=ask.at)


def find_or_enter(*, party: UUID, typed_in: AccountFields, ask: Ask) -> UUID:
    """Return the account with these requisites, entered now if it is new; refuses wrong ones at their fields."""
    wanted = (
        requisites.clean(typed_in.number),
        requisites.clean(typed_in.bic),
        requisites.clean(typed_in.correspondent),
        typed_in.currency,
    )
    for card in queries.accounts_of(counterparty_id=party):
        if (card.number, card.bic, card.correspondent, card.currency) == wanted:
            return card.id
    return services.enter_account(
        counterparty_id=party, fields=typed_in, by=ask.by.actor, at=ask.at
    )
