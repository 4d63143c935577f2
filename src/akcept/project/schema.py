"""Whether the database is as this version of the code wants it."""

from __future__ import annotations

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def bring_up_to_date() -> None:
    """Create what is missing in the database."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def require_up_to_date() -> None:
    """Refuse to serve on a database that waits for migrations: its pages would fail one by one."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        raise CommandError(
            f"the database waits for {len(pending)} migrations, from {pending[0][0]} on: "
            "run `akcept migrate` once, then start this again"
        )
