"""Bring the database up to date, before `akcept web`, `live` and `worker` are started."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from akcept.project import schema


def arguments(line: ArgumentParser) -> None:
    """Take none: everything comes from the environment."""


def run(_options: Namespace) -> int:
    """Say when it is done; a database that is up to date stays as it is."""
    schema.bring_up_to_date()
    sys.stdout.write("the database is up to date\n")
    return 0
