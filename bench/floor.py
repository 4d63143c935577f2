"""The floor: the same durable writes as raw SQL over psycopg, nothing else.

A transition locks and reads the document, writes its state, closes my task, opens the next person's, and writes an
audit row and a notification row; one commit.
"""

from __future__ import annotations

import os
from typing import Any
from uuid import uuid4

import psycopg

SCHEMA = """
DROP TABLE IF EXISTS floor_case, floor_task, floor_audit, floor_notice;
CREATE TABLE floor_case (id uuid PRIMARY KEY, state text NOT NULL, revision int NOT NULL, amount bigint NOT NULL);
CREATE TABLE floor_task (id bigserial PRIMARY KEY, case_id uuid NOT NULL, person text NOT NULL, closed_at timestamptz);
CREATE INDEX ON floor_task (person, id DESC) WHERE closed_at IS NULL;
CREATE TABLE floor_audit (id bigserial PRIMARY KEY, case_id uuid NOT NULL, kind text NOT NULL, note text NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE floor_notice (id bigserial PRIMARY KEY, person text NOT NULL, case_id uuid NOT NULL, text text NOT NULL);
"""
LIFE = ("approve", "approve", "return", "resubmit", "approve", "approve", "approve", "pay")
TRANSITIONS = 1 + len(LIFE)


def connect() -> psycopg.Connection[tuple[Any, ...]]:
    """Open a connection to the database of the run."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def make_tables() -> None:
    """Make the floor's own tables anew."""
    with connect() as connection:
        connection.execute(SCHEMA)


def create(connection: psycopg.Connection[tuple[Any, ...]]) -> str:
    """Create and submit one document."""
    case_id = str(uuid4())
    with connection.transaction():
        connection.execute("INSERT INTO floor_case VALUES (%s, 'APPROVAL', 1, 12000000)", [case_id])
        connection.execute("INSERT INTO floor_task (case_id, person) VALUES (%s, 'p')", [case_id])
        connection.execute(
            "INSERT INTO floor_audit (case_id, kind, note) VALUES (%s, 'create', '')", [case_id]
        )
        connection.execute(
            "INSERT INTO floor_notice (person, case_id, text) VALUES ('p', %s, 'new')", [case_id]
        )
    return case_id


def move(connection: psycopg.Connection[tuple[Any, ...]], case_id: str, kind: str) -> None:
    """Carry out one transition."""
    with connection.transaction():
        write(connection, case_id, kind)


def write(cursor: Any, case_id: str, kind: str) -> None:
    """Issue the six statements of a transition inside the caller's transaction."""
    cursor.execute("SELECT state, revision FROM floor_case WHERE id = %s FOR UPDATE", [case_id])
    cursor.execute(
        "UPDATE floor_case SET state = %s, revision = revision + 1 WHERE id = %s", [kind, case_id]
    )
    cursor.execute(
        "UPDATE floor_task SET closed_at = now() WHERE case_id = %s AND closed_at IS NULL",
        [case_id],
    )
    cursor.execute("INSERT INTO floor_task (case_id, person) VALUES (%s, 'p')", [case_id])
    cursor.execute(
        "INSERT INTO floor_audit (case_id, kind, note) VALUES (%s, %s, 'ok')", [case_id, kind]
    )
    cursor.execute(
        "INSERT INTO floor_notice (person, case_id, text) VALUES ('p', %s, %s)", [case_id, kind]
    )


def live(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Drive one document through its whole life."""
    case_id = create(connection)
    for kind in LIFE:
        move(connection, case_id, kind)
