"""Fill an empty database with the demo company; a database with people in it is refused."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from django.core.management import CommandError

from akcept.kit import clock
from akcept.people.models import Person
from akcept.project import schema
from akcept.project.demo import loading as demo


def arguments(line: ArgumentParser) -> None:
    """Take none: there is one demo company."""


def run(_options: Namespace) -> int:
    """Print the log-ins of the demo company."""
    schema.bring_up_to_date()
    if Person.objects.exists():
        raise CommandError("there are people in this database already")
    demo.load(at=clock.now())
    for line in demo.log_ins():
        sys.stdout.write(f"{line}\n")
    return 0
