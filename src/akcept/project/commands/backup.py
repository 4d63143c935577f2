"""Write the database, as of one moment, and all files into one archive; Akcept may be running."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from akcept.kit import clock
from akcept.project import backup


def arguments(line: ArgumentParser) -> None:
    """Take the archive's name."""
    line.add_argument("file", type=Path, metavar="FILE", help="for example akcept.tar.gz")


def run(options: Namespace) -> int:
    """Say what was written; an existing file is refused."""
    count = backup.write(options.file, at=clock.now())
    sys.stdout.write(f"{options.file}: the database and {count} files\n")
    return 0
