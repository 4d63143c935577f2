"""What must not be overlooked on many cases at once, so that a list can say so and nothing of it is approved unread.

The same rules as on the card, in three queries however many cases there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
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


def cautions(*, case_ids: Collection[UUID], visible: Q) -> Mapping[UUID, tuple[Caution, ...]]:
    """Return the cautions of cases by id; a twin counts only if the reader may see it."""
    found = list(Case.objects.filter(id__in=case_ids).values(*LOOKED_AT))
    if not found:
        return {}
    paid, states = _paid(found), parties.account_states(ids=_ids(found, "account_id"))
    twins = _twins(found, visible)
    return {
        row["id"]: (
            *_of_account(row, paid, states),
            *((Caution.DUPLICATE,) if row["id"] in twins else ()),
        )
        for row in found
    }


def _ids(found: Iterable[Mapping[str, Any]], column: str) -> set[Any]:
    return {row[column] for row in found if row[column]}


def _paid(found: Iterable[Mapping[str, Any]]) -> Mapping[UUID, list[UUID]]:
    """Return by payee the accounts that were paid, the one paid last first."""
    ended = Case.objects.filter(
        counterparty__in=_ids(found, "counterparty_id"), state=State.PAID
    ).exclude(account=None)
    pairs = ended.order_by().values_list("counterparty_id", "account_id")
    accounts: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for payee, account, _ in pairs.annotate(last=Max("ended_at")).order_by("-last"):
        if payee and account:
            accounts[payee].append(account)
    return accounts


def _of_account(
    row: Mapping[str, Any],
    paid: Mapping[UUID, list[UUID]],
    states: Mapping[UUID, AccountState],
) -> list[Caution]:
    account = row["account_id"]
    if account is None:
        return []
    known = paid.get(row["counterparty_id"], [])
    if states.get(account) == AccountState.BLOCKED:
        return [Caution.BLOCKED_ACCOUNT]
    if known and known[0] != account:
        return [Caution.OTHER_ACCOUNT]
    is_new = account not in known and states.get(account) == AccountState.UNVERIFIED
    return [Caution.NEW_ACCOUNT] if is_new else []


def _twins(found: Iterable[Mapping[str, Any]], visible: Q) -> set[UUID]:
    """Return which cases have a twin: the same payee and number, or the same main file."""
    numbered = [row for row in found if row["normalised_number"] and row["counterparty_id"]]
    alike = Q(main_file__in=_ids(found, "main_file_id"))
    alike |= Q(
        counterparty__in=_ids(numbered, "counterparty_id"),
        normalised_number__in=_ids(numbered, "normalised_number"),
    )
    others = list(
        Case.objects.filter(visible, alike).exclude(state__in=NO_TWINS).values(*LOOKED_AT)
    )
    looks: defaultdict[tuple[Any, ...], set[UUID]] = defaultdict(set)
    for row in others:
        for look in _looks(row):
            looks[look].add(row["id"])
    return {row["id"] for row in found if any(looks[look] - {row["id"]} for look in _looks(row))}


def _looks(row: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    kind, file = row["doctype_id"], row["main_file_id"]
    found: list[tuple[Any, ...]] = [(kind, "file", file)] if file else []
    if row["normalised_number"] and row["counterparty_id"]:
        found.append((kind, row["counterparty_id"], row["normalised_number"]))
    return found
