"""Cases by the million, as copies of real ones: each has its own fold, entries, tasks, feed and words.

Eight people ask and approve; every fifth case is open and waits for one of them, the others are paid.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from akcept.cases import services
from akcept.cases.cards import Outcome
from akcept.cases.services import CardInput
from akcept.people import services as people
from akcept.people.askers import Asker, asker_of
from akcept.people.fields import PersonFields
from akcept.people.models import Person
from bench import life
from troupe import SYSTEM

EIGHT = tuple(f"colleague{place}" for place in range(8))
# Words are some twenty rows a case.
MOST_WITH_WORDS = 1_000_000
MOLDS = "CREATE TEMP TABLE mold (place int PRIMARY KEY, case_id uuid NOT NULL)"
# Primary keys stay: they only grow at their end, and other tables lean on them.
INDEXES = """
SELECT CASE WHEN conname IS NULL THEN 'DROP INDEX ' || indexname
            ELSE 'ALTER TABLE ' || tablename || ' DROP CONSTRAINT ' || conname END,
       CASE WHEN conname IS NULL THEN indexdef
            ELSE 'ALTER TABLE ' || tablename || ' ADD CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(con.oid) END
  FROM pg_indexes JOIN pg_class ON relname = indexname JOIN pg_index ON indexrelid = pg_class.oid
  LEFT JOIN pg_constraint con ON conindid = indexrelid AND contype = 'u'
 WHERE tablename = %s AND NOT indisprimary
"""
# Ids are ordered as time is: a case every twenty seconds.
CROWD = """
CREATE TEMP TABLE crowd AS
SELECT n, mold.case_id AS old, moment.at, 'C-' || n AS said, c.supplier_number AS mold_said,
       lpad(to_hex((extract(epoch FROM moment.at) * 1000)::bigint), 12, '0') AS stamp,
       (lpad(to_hex((extract(epoch FROM moment.at) * 1000)::bigint), 12, '0')
        || '70008000' || lpad(to_hex(n), 12, '0'))::uuid AS new
  FROM generate_series(1, %s) n
  JOIN mold ON mold.place = n %% (SELECT count(*) FROM mold)
  JOIN cases_case c ON c.id = mold.case_id
  CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01' + n * interval '20 seconds' AS at) moment
 ORDER BY n
"""
CASE = {
    "id": "crowd.new",
    "number": "10000000 + crowd.n",
    "supplier_number": "crowd.said",
    "normalised_number": "'c' || crowd.n",
    "created_at": "crowd.at",
    "fold": "replace(replace(row.fold, row.id::text, crowd.new::text), crowd.mold_said, crowd.said)",
}
BODY = (
    "replace(replace(row.body, row.chain_id::text, crowd.new::text), crowd.mold_said, crowd.said)"
)
TASK_ID = (
    "(crowd.stamp || '7' || lpad(to_hex(row_number() OVER (PARTITION BY crowd.n ORDER BY row.id)), 3, '0')"
    " || '8000' || lpad(to_hex(crowd.n), 12, '0'))::uuid"
)
# By table: the column that names the case, and what is not copied as it stands.
TABLES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("cases_case", "id", CASE),
    ("cases_task", "case_id", {"id": TASK_ID, "opened_at": "crowd.at", "told_at": "crowd.at"}),
    ("cases_participation", "case_id", {}),
    ("cases_plannedpayment", "case_id", {}),
    ("cases_payment", "case_id", {}),
    ("cases_feeditem", "case_id", {"at": "crowd.at"}),
    ("journal_entry", "chain_id", {"body": BODY, "at": "crowd.at", "key": "NULL"}),
    ("cases_searchword", "case_id", {}),
)


def fill(cases: int) -> None:
    """Write so many cases, and let the database take stock of them."""
    molds = _molds()
    with connection.cursor() as cursor:
        # Nothing is copied that was not checked when its mold was made.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(MOLDS)
        cursor.executemany("INSERT INTO mold VALUES (%s, %s)", list(enumerate(molds)))
        cursor.execute(CROWD, [cases])
        cursor.execute("SET maintenance_work_mem = '256MB'")
        for table, key, changed in TABLES:
            if table != "cases_searchword" or cases <= MOST_WITH_WORDS:
                _write(cursor, table, _copy(table, key, changed))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")


def _write(cursor: Any, table: str, statement: str) -> None:
    """Write a table without its indexes and build them afterwards, each in one go."""
    cursor.execute(INDEXES, [table])
    indexes = cursor.fetchall()
    for drop, _ in indexes:
        cursor.execute(drop)
    cursor.execute(statement)
    for _, build in indexes:
        cursor.execute(build)


def _copy(table: str, key: str, changed: dict[str, str]) -> str:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    columns = [column.name for column in described]
    new = {column: f'row."{column}"' for column in columns} | {key: "crowd.new"} | changed
    if "id" in new and new["id"] == 'row."id"':
        # Numbered by the table itself.
        del new["id"]
    names = ", ".join(f'"{column}"' for column in new)
    return (
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(new.values())}'  # noqa: S608
        f' FROM crowd JOIN "{table}" row ON row."{key}" = crowd.old ORDER BY crowd.n'
    )


def _molds() -> list[str]:
    """Live the lives that are copied: in every five one that waits for its first approver."""
    colleagues = [_hire(name) for name in EIGHT]
    found = []
    for place in range(len(EIGHT)):
        initiator, *chosen = (colleagues[(place + step) % len(EIGHT)] for step in range(4))
        waiting = _send(f"MOLD-OPEN-{place}-", initiator, chosen)
        paid = _pay(_send(f"MOLD-PAID-{place}-", initiator, chosen), chosen)
        found += [str(waiting.case_id), *[str(paid.case_id)] * 4]
    return found


def _hire(name: str) -> Asker:
    fields = PersonFields(name=name.title(), email=f"{name}@example.com", position="Colleague")
    person = people.create_person(person=fields, by=SYSTEM, at=life.now())
    return asker_of(Person.objects.get(id=person))


def _send(said: str, initiator: Asker, chosen: list[Asker]) -> Outcome:
    card = life.staff().cast.card(
        supplier_number=said,
        issued_on=life.now().date().isoformat(),
        due_on=None,
        approval_type="MY_CHOICE",
        choice=[str(person.id) for person in chosen],
    )
    content = CardInput(card, planned=((life.FAR, 12_000_000),))
    return services.create(
        by=initiator, doctype="INVOICE", content=content, submit=True, at=life.now()
    )


def _pay(case: Outcome, chosen: list[Asker]) -> Outcome:
    for person in chosen:
        case = services.approve(
            case_id=case.case_id, by=person, revision=case.revision, at=life.now()
        )
    return life.pay(life.staff(), case)
