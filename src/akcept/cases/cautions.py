"""What must not be overlooked on many cases at once, so that a list can say so and nothing of it is approved unread.

The same rules as on the card, in three queries however many cases there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from akcept.cases.cards import Caution
from akcept.cases.models import Case
from akcept.engine.case import State
from akcept.parties import queries as parties
from akcept.parties.codes import AccountState

LOOKED_AT = (
    "id", "doctype_id", "counterparty_id", "account_id", "normalised_number", "main_file_id"
)  # fmt: skip
NO_TWINS = (State.DRAFT, State.REJECTED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Look:
    """What of a case is compared with others."""

    id: UUID
    doctype: str
    counterparty: UUID | None
    account: UUID | None
    number: str
    main_file: str | None


def look_of(values: Mapping[str, Any]) -> Look:
    """Return what is compared of a case, from its values."""
    return Look(*(values[column] for column in LOOKED_AT))


def cautions(*, looks: Collection[Look], visible: Q) -> Mapping[UUID, tuple[Caution, ...]]:
    """Return the cautions of cases by id; a twin counts only if the reader may see it."""
    if not looks:
        return {}
    accounts = {look.account for look in looks if look.account}
    paid, states = _paid(looks), parties.account_states(ids=accounts)
    twins = _twins(looks, visible)
    return {
        look.id: (
            *_of_account(look, paid, states),
            *((Caution.DUPLICATE,) if look.id in twins else ()),
        )
        for look in looks
    }


def _paid(looks: Iterable[Look]) -> Mapping[UUID, list[UUID]]:
    """Return by payee the accounts that were paid, the one paid last first."""
    ended = Case.objects.filter(counterparty__in=_payees(looks), state=State.PAID).exclude(
        account=None
    )
    pairs = ended.order_by().values_list("counterparty_id", "account_id")
    accounts: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for payee, account, _ in pairs.annotate(last=Max("ended_at")).order_by("-last"):
        if payee and account:
            accounts[payee].append(account)
    return accounts


def _payees(looks: Iterable[Look]) -> set[UUID]:
    return {look.counterparty for look in looks if look.counterparty}


def _of_account(
    look: Look,
    paid: Mapping[UUID, list[UUID]],
    states: Mapping[UUID, AccountState],
) -> list[Caution]:
    account = look.account
    if account is None:
        return []
    known = paid.get(look.counterparty, []) if look.counterparty else []
    if states.get(account) == AccountState.BLOCKED:
        return [Caution.BLOCKED_ACCOUNT]
    if known and known[0] != account:
        return [Caution.OTHER_ACCOUNT]
    is_new = account not in known and states.get(account) == AccountState.UNVERIFIED
    return [Caution.NEW_ACCOUNT] if is_new else []


def _twins(looks: Iterable[Look], visible: Q) -> set[UUID]:
    """Return which cases have a twin: the same payee and number, or the same main file."""
    numbered = [look for look in looks if look.number and look.counterparty]
    alike = Q(main_file__in={look.main_file for look in looks if look.main_file})
    alike |= Q(
        counterparty__in=_payees(numbered),
        normalised_number__in={look.number for look in numbered},
    )
    others = Case.objects.filter(visible, alike).exclude(state__in=NO_TWINS).values(*LOOKED_AT)
    sharing: defaultdict[tuple[Any, ...], set[UUID]] = defaultdict(set)
    for other in map(look_of, others):
        for mark in _marks(other):
            sharing[mark].add(other.id)
    return {look.id for look in looks if any(sharing[mark] - {look.id} for mark in _marks(look))}


def _marks(look: Look) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    if look.main_file:
        found.append((look.doctype, "file", look.main_file))
    if look.number and look.counterparty:
        found.append((look.doctype, look.counterparty, look.number))
    return found
