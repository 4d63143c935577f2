"""The floor: the same durable writes as raw SQL over psycopg, nothing else.

A transition locks and reads the document, writes its state, closes my task, opens the next person's, and writes an
audit row and a notification row; one commit.
"""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any
from uuid import uuid4

import psycopg

SCHEMA = """
CREATE TABLE floor_case (id uuid PRIMARY KEY, state text NOT NULL, revision int NOT NULL, amount bigint NOT NULL);
CREATE TABLE floor_task (id bigserial PRIMARY KEY, case_id uuid NOT NULL, person text NOT NULL, closed_at timestamptz);
CREATE INDEX ON floor_task (person, id DESC) WHERE closed_at IS NULL;
CREATE INDEX ON floor_task (case_id) WHERE closed_at IS NULL;
CREATE TABLE floor_audit (id bigserial PRIMARY KEY, case_id uuid NOT NULL, kind text NOT NULL, note text NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE floor_notice (id bigserial PRIMARY KEY, person text NOT NULL, case_id uuid NOT NULL, text text NOT NULL);
"""
READ = "SELECT state, revision FROM floor_case WHERE id = %s FOR UPDATE"
SAVE = "UPDATE floor_case SET state = %s, revision = revision + 1 WHERE id = %s"
CLOSE = "UPDATE floor_task SET closed_at = now() WHERE case_id = %s AND closed_at IS NULL"
BEGIN = "INSERT INTO floor_case VALUES (%s, 'APPROVAL', 1, 12000000)"
OPEN = "INSERT INTO floor_task (case_id, person) VALUES (%s, 'p')"
AUDIT = "INSERT INTO floor_audit (case_id, kind, note) VALUES (%s, %s, 'ok')"
TELL = "INSERT INTO floor_notice (person, case_id, text) VALUES ('p', %s, %s)"
LIFE = ("approve", "approve", "return", "resubmit", "approve", "approve", "approve", "pay")
TRANSITIONS = 1 + len(LIFE)


@cache
def connect() -> psycopg.Connection[tuple[Any, ...]]:
    """Return the connection of this process to its database."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def make_tables() -> None:
    """Make the floor's own tables."""
    connect().execute(SCHEMA)


def create(cursor: Any) -> str:
    """Write a document that waits for its first approval."""
    case_id = str(uuid4())
    cursor.execute(BEGIN, [case_id])
    cursor.execute(OPEN, [case_id])
    cursor.execute(AUDIT, [case_id, "create"])
    cursor.execute(TELL, [case_id, "create"])
    return case_id


def move(cursor: Any, case_id: str, kind: str) -> None:
    """Issue the six statements of a transition inside the caller's transaction."""
    cursor.execute(READ, [case_id])
    cursor.execute(SAVE, [kind, case_id])
    cursor.execute(CLOSE, [case_id])
    cursor.execute(OPEN, [case_id])
    cursor.execute(AUDIT, [case_id, kind])
    cursor.execute(TELL, [case_id, kind])


def live(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Drive one document through its whole life."""
    with connection.transaction():
        case_id = create(connection)
    for kind in LIFE:
        with connection.transaction():
            move(connection, case_id, kind)


def seconds(lives: int) -> float:
    """Return how long some lives take in this process."""
    connection = connect()
    started = time.perf_counter()
    for _ in range(lives):
        live(connection)
    return time.perf_counter() - started
