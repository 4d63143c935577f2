"""Tell people, remind them, postpone payments and seal the journal until stopped; run as many as you like."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from akcept.project import schema, supervisor
from akcept.worker import loop


def arguments(line: ArgumentParser) -> None:
    """Take none: everything comes from the environment."""


def run(_options: Namespace) -> int:
    """Return 0 after a clean stop; a database that waits for migrations is refused."""
    schema.require_up_to_date()
    loop.run(stop=supervisor.stop_on_signals())
    return 0
