"""Write the journal as JSON Lines, to be proved by verify.py without Akcept; or its seals, to be kept elsewhere."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.core.management import CommandError

from akcept.journal import export, seals
from akcept.kit import clock


def arguments(line: ArgumentParser) -> None:
    """Take the file's name; without it the journal goes to standard output."""
    line.add_argument("file", type=Path, nargs="?", metavar="FILE")
    line.add_argument("--seals", action="store_true", help="print the seals alone, one a line")


def run(options: Namespace) -> int:
    """Say how many entries were written; an existing file is refused."""
    if options.seals:
        seals.write(sys.stdout)
        return 0
    if options.file is None:
        export.write(sys.stdout.buffer, at=clock.now())
        return 0
    try:
        with options.file.open("xb") as stream:
            count = export.write(stream, at=clock.now())
    except FileExistsError:
        raise CommandError(f"{options.file} exists already") from None
    sys.stdout.write(f"{options.file}: {count} entries\n")
    return 0
