from __future__ import annotations

import psycopg
import pytest
from django.db import connection

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def kept_connection() -> psycopg.Connection[tuple[object, ...]]:
    connection.ensure_connection()
    assert connection.connection is not None
    return connection.connection


def test_a_connection_that_lives_is_not_asked() -> None:
    kept_connection()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", None)
        assert connection.is_usable()


def test_a_connection_that_the_server_ended_is_noticed() -> None:
    kept = kept_connection()
    with psycopg.connect(kept.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [kept.info.backend_pid])
    assert not connection.is_usable()
    connection.close()


def test_a_warning_that_waits_to_be_read_is_no_end() -> None:
    kept = kept_connection()
    kept.execute("LISTEN akcept_test")
    with psycopg.connect(kept.info.dsn, autocommit=True) as other:
        other.execute("NOTIFY akcept_test")
    assert connection.is_usable()
    connection.close()
