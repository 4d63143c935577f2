"""Fill an empty database and store from an archive; stop Akcept first."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from akcept.project import backup


def arguments(line: ArgumentParser) -> None:
    """Take the archive's name."""
    line.add_argument("file", type=Path, metavar="FILE")


def run(options: Namespace) -> int:
    """Say what came back; a database with people in it is refused."""
    count = backup.restore(options.file)
    sys.stdout.write(f"{options.file}: the database and {count} files are back\n")
    return 0
