"""Serve the pages and the API alone; streams and worker run elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.db import connections

from akcept.project import schema, servers, supervisor


def arguments(line: ArgumentParser) -> None:
    """Take none: everything comes from the environment."""


def run(_options: Namespace) -> int:
    """Return 0 after a clean stop; refused are a database that waits for migrations and a port that is taken."""
    schema.require_up_to_date()
    stop = supervisor.stop_on_signals()
    servers.refuse_taken(settings.AKCEPT_PORT)
    connections.close_all()
    child = supervisor.Child("web", servers.pages(settings.AKCEPT_PORT))
    supervisor.keep_running([child], stop=stop)
    return 0
