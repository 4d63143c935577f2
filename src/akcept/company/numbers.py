"""Numbers that people see: one series each, without holes where nothing was rolled back."""

from __future__ import annotations

from akcept.kit import sql

# One statement that locks the row, so that two transactions never take the same number.
TAKE = """
INSERT INTO "company_numberseries" ("name", "last") VALUES (%s, 1)
ON CONFLICT ("name") DO UPDATE SET "last" = "company_numberseries"."last" + 1
RETURNING "last"
"""


def take(*, series: str) -> int:
    """Return the next number of a series; refuses to work outside the caller's transaction."""
    sql.require_transaction()
    ((number,),) = sql.rows(TAKE, [series])
    return int(number)
