"""Bank accounts as the card of a counterparty shows them, with what the reader may do about each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from akcept.parties.codes import AccountState
from akcept.parties.labels import ACCOUNT_STATES, HOW, NOTICES
from akcept.parties.queries import AccountCard
from akcept.people.askers import Asker
from akcept.people.queries import picks

LOOKS = {
    AccountState.UNVERIFIED: ("amber", "alert-triangle"),
    AccountState.VERIFIED: ("green", "shield-check"),
    AccountState.BLOCKED: ("red", "shield-x"),
}


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account."""

    card: AccountCard
    state: Promise | str
    tone: str
    icon: str
    how: Promise | str
    entered_by: str
    notices: tuple[str, ...]
    may_verify: bool
    may_block: bool
    may_unblock: bool
    is_own: bool


def account_lines(
    accounts: Iterable[AccountCard], *, by: Asker, may_verify: bool
) -> list[AccountLine]:
    """Return the accounts with the names of who entered them, in one query."""
    cards = list(accounts)
    names = picks(person_ids=[card.entered_by for card in cards if card.entered_by])
    shown: dict[UUID | None, str] = {key: one.name for key, one in names.items()}
    return [_line(card, by, shown, may_verify=may_verify) for card in cards]


def _line(
    card: AccountCard, by: Asker, names: dict[UUID | None, str], *, may_verify: bool
) -> AccountLine:
    tone, icon = LOOKS[card.state]
    is_own = card.entered_by == by.id
    is_blocked = card.state is AccountState.BLOCKED
    return AccountLine(
        card=card,
        state=ACCOUNT_STATES[card.state],
        tone=tone,
        icon=icon,
        how=HOW[card.how] if card.how else "",
        entered_by=names.get(card.entered_by, ""),
        notices=tuple(str(NOTICES[notice]) for notice in card.notices),
        may_verify=may_verify and not is_own and card.state is AccountState.UNVERIFIED,
        may_block=may_verify and not is_blocked,
        may_unblock=may_verify and is_blocked and not is_own,
        is_own=is_own,
    )
