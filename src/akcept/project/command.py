"""The `akcept` command: one module in `commands` for each thing an operator does."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError

COMMANDS = {
    "serve": "serve the pages, the API and the streams, with a worker beside them",
    "web": "serve the pages and the API alone",
    "live": "serve the streams of open pages alone",
    "migrate": "bring the database up to date",
    "worker": "run one more worker",
    "mail-in": "take one mail from standard input: an answer becomes a comment, an invoice is taken in",
    "demo": "fill an empty database with the demo company",
    "user": "add a person who may log in, or give one a new password",
    "token": "print a new API token of a person",
    "export-journal": "write the journal as JSON Lines",
    "verify": "prove the journal and that every case is what its entries say",
    "backup": "write database and files into one archive, while running",
    "restore": "fill an empty database and store from an archive",
    "check": "look for mistakes in this installation",
}

# A file on the line that is not there, or not to be written: words, not a trace.
NAMED_WRONG = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 1 for what it found or refused, 2 for a wrong environment or line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akcept.project.settings")
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="akcept", description="Invoices, from asked to paid.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, purpose in COMMANDS.items():
        subparsers.add_parser(name, help=purpose, add_help=False)
    name = parser.parse_args(given[:1]).command
    try:
        django.setup()
        # Only now: a command's module may import models.
        command = importlib.import_module(f"akcept.project.commands.{name.replace('-', '_')}")
        line = argparse.ArgumentParser(prog=f"akcept {name}", description=command.__doc__)
        command.arguments(line)
        return int(command.run(line.parse_args(given[1:])))
    except ImproperlyConfigured as error:
        sys.stderr.write(f"akcept: {error}\n")
        return 2
    except CommandError as error:
        sys.stderr.write(f"akcept {name}: {error}\n")
        return 1
    except NAMED_WRONG as error:
        sys.stderr.write(f"akcept {name}: {error.filename}: {error.strerror}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
