"""Counterparties and their accounts, for cards, autocomplete and the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from akcept.engine import requisites
from akcept.engine.refusals import NotFound
from akcept.engine.requisites import Notice, Requisites
from akcept.kit import text
from akcept.parties.codes import AccountState, How
from akcept.parties.models import AccountCheck, BankAccount, Counterparty

MOST_WORDS = 6
PAGE = 50
LAST_CHECK = ("state", "how", "note", "by", "by_name", "at")


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A counterparty as a line of a list."""

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


@dataclass(frozen=True, slots=True)
class AccountCard:
    """An account with what is known of it; the last check counts."""

    id: UUID
    counterparty_id: UUID
    number: str
    bic: str
    bank_name: str
    correspondent: str
    currency: str
    fingerprint: str
    entered_by: UUID | None
    entered_at: datetime
    notices: tuple[Notice, ...]
    state: AccountState = AccountState.UNVERIFIED
    how: How | None = None
    note: str = ""
    checked_by: UUID | None = None
    checked_by_name: str = ""
    checked_at: datetime | None = None

    @property
    def masked(self) -> str:
        """Return the number as lists and letters show it."""
        return f"{self.number[:4]}…{self.number[-4:]}" if len(self.number) > 8 else self.number


@dataclass(frozen=True, slots=True)
class PartyCard:
    """A counterparty with all its accounts, the newest first."""

    line: PartyLine
    created_by: UUID | None
    created_at: datetime
    accounts: tuple[AccountCard, ...]


@dataclass(frozen=True, slots=True)
class PartyPage:
    """One page of counterparties; `next` goes into `after` of the following one."""

    lines: tuple[PartyLine, ...]
    next: UUID | None


def suggest(*, text: str, limit: int = 10) -> tuple[PartyLine, ...]:
    """Return counterparties by name in any case and script, or by the beginning of ИНН or VAT number."""
    return suggest_any(texts=[text], limit=limit)


def suggest_any(*, texts: Sequence[str], limit: int = 10) -> tuple[PartyLine, ...]:
    """Return counterparties that fit any of these texts, with one query."""
    found = reduce(or_, map(_matching, texts)).filter(is_active=True)
    return tuple(_line(row) for row in found.order_by("sort_key", "id")[:limit])


def page(*, search: str = "", after: UUID | None = None, limit: int = PAGE) -> PartyPage:
    """Return a page of counterparties by name, after the one named, with two queries at most."""
    found = _matching(search)
    last = Counterparty.objects.filter(id=after).first() if after else None
    if last is not None:
        found = found.filter(
            Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, id__gt=last.id)
        )
    rows = list(found.order_by("sort_key", "id")[: limit + 1])
    return PartyPage(
        lines=tuple(_line(row) for row in rows[:limit]),
        next=rows[limit - 1].id if len(rows) > limit else None,
    )


def counterparty_line(*, counterparty_id: UUID) -> PartyLine:
    """Return one counterparty; refuses an unknown one."""
    return _line(_get(counterparty_id))


def lines(*, ids: Iterable[UUID]) -> Mapping[UUID, PartyLine]:
    """Return counterparties by id, with one query."""
    return {row.id: _line(row) for row in Counterparty.objects.filter(id__in=set(ids))}


def groups() -> tuple[str, ...]:
    """Return the groups that counterparties are in, by name, with one query."""
    named = Counterparty.objects.exclude(group="").order_by("group")
    return tuple(named.values_list("group", flat=True).distinct())


def group_of_each() -> dict[UUID, str]:
    """Return the group of every counterparty that is in one, with one query."""
    return dict(Counterparty.objects.exclude(group="").values_list("id", "group"))


def counterparty_card(*, counterparty_id: UUID) -> PartyCard:
    """Return a counterparty with its accounts, with three queries; refuses an unknown one."""
    row = _get(counterparty_id)
    accounts = accounts_of(counterparty_id=counterparty_id)
    return PartyCard(_line(row), row.created_by, row.created_at, accounts)


def accounts_of(*, counterparty_id: UUID) -> tuple[AccountCard, ...]:
    """Return the accounts of a counterparty, the newest first, with one query."""
    rows = BankAccount.objects.filter(counterparty=counterparty_id)
    return _cards(rows.order_by("-entered_at", "-id"))


def account(*, account_id: UUID) -> AccountCard:
    """Return one account, with one query; refuses an unknown one."""
    cards = _cards(BankAccount.objects.filter(id=account_id))
    if not cards:
        raise NotFound
    return cards[0]


def account_states(*, ids: Iterable[UUID]) -> Mapping[UUID, AccountState]:
    """Return how far accounts are trusted, by id, with one query."""
    return {card.id: card.state for card in _cards(BankAccount.objects.filter(id__in=set(ids)))}


def _get(counterparty_id: UUID) -> Counterparty:
    row = Counterparty.objects.filter(id=counterparty_id).first()
    if row is None:
        raise NotFound
    return row


def _matching(query: str) -> QuerySet[Counterparty]:
    found = Counterparty.objects.all()
    if "\0" in query:
        return found.none()
    for word in text.fold(query).split(" ")[:MOST_WORDS]:
        # A number is known by its beginning, a name by any part of it.
        start = " " if word.isdigit() else ""
        found = found.filter(
            Q(search__contains=start + word) | Q(search__contains=start + text.transliterate(word))
        )
    return found


def _line(row: Counterparty) -> PartyLine:
    return PartyLine(
        id=row.id,
        name=row.name,
        country=row.country,
        inn=row.inn,
        kpp=row.kpp,
        ogrn=row.ogrn,
        vat_id=row.vat_id,
        group=row.group,
        is_new=row.is_new,
        is_active=row.is_active,
    )


def _cards(rows: QuerySet[BankAccount]) -> tuple[AccountCard, ...]:
    newest = AccountCheck.objects.filter(account=OuterRef("pk")).order_by("-id").values("id")[:1]
    checked = rows.annotate(
        country=F("counterparty__country"),
        last=FilteredRelation("checks", condition=Q(checks__id=Subquery(newest))),
        **{f"last_{column}": F(f"last__{column}") for column in LAST_CHECK},
    )
    return tuple(_card(row) for row in checked)


def _card(row: Any) -> AccountCard:
    money_follows = Requisites(row.number, row.bic, row.currency, row.correspondent, row.country)
    return AccountCard(
        id=row.id,
        counterparty_id=row.counterparty_id,
        number=row.number,
        bic=row.bic,
        bank_name=row.bank_name,
        correspondent=row.correspondent,
        currency=row.currency,
        fingerprint=row.fingerprint,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        notices=requisites.account_warnings(money_follows),
        state=AccountState(row.last_state or AccountState.UNVERIFIED),
        how=How(row.last_how) if row.last_how else None,
        note=row.last_note or "",
        checked_by=row.last_by,
        checked_by_name=row.last_by_name or "",
        checked_at=row.last_at,
    )
