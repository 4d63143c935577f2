"""The only way a private value leaves the journal: removed under a named retention rule."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from akcept.kit import sql


def remove(*, rule: str, values: Iterable[tuple[UUID, int, str]]) -> int:
    """Remove private values (chain, number, path) under a rule and return how many were there.

    The salt goes with the value, or a short text could be guessed from its digest. The entry keeps
    the digest and stays provable. The caller records the act in the same transaction.
    """
    sql.require_transaction()
    if not rule:
        raise ValueError("A private value is removed under a rule, and the rule has a name.")
    return sum(
        sql.execute(
            "UPDATE journal_privatevalue SET value = NULL, salt = NULL, removed_under = %s "
            "WHERE chain_id = %s AND number = %s AND path = %s AND value IS NOT NULL",
            [rule, *place],
        )
        for place in values
    )
