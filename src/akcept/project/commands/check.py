"""Look for mistakes in this installation: environment, database, journal triggers, safety of the settings."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from django.core.management import call_command


def arguments(line: ArgumentParser) -> None:
    """Take none: everything comes from the environment."""


def run(_options: Namespace) -> int:
    """Return 0, or fail with every mistake and a hint."""
    call_command("check", deploy=True, databases=["default"])
    return 0
