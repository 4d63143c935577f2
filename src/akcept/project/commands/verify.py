"""Prove the journal as an auditor would, then that what stands beside it agrees with it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from akcept.cases import verifying
from akcept.journal import audit, export
from akcept.journal.models import Chained
from akcept.kit import clock


def arguments(line: ArgumentParser) -> None:
    """Take the seals that were kept outside, which prove that nothing is missing."""
    line.add_argument(
        "--seals", type=Path, metavar="FILE", help="day, number and hash on each line"
    )


def run(options: Namespace) -> int:
    """Return 1 when anything does not hold, and say what."""
    is_proven = _prove_export(options.seals)
    complaints = list(_complaints())
    for complaint in complaints:
        sys.stdout.write(f"BROKEN: {complaint}\n")
    if not complaints:
        sys.stdout.write("Everything beside the journal agrees with it.\n")
    return 0 if is_proven and not complaints else 1


def _prove_export(seals: Path | None) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.jsonl"
        with path.open("wb") as file:
            export.write(file, at=clock.now())
        # The same one file that an auditor uses, so that both always say the same.
        script = settings.ROOMS.parent.parent / "verify.py"
        command = [
            sys.executable,
            str(script),
            str(path),
            *(["--seals", str(seals)] if seals else []),
        ]
        return subprocess.run(command, check=False).returncode == 0  # noqa: S603


def _complaints() -> Iterator[str]:
    for entry in audit.wrong_copies():
        yield f"{entry.chain} {entry.chain_id}, entry {entry.number}: columns differ from the text"
    for model in apps.get_models():
        if issubclass(model, Chained):
            for row in audit.wrong_heads(model=model):
                yield f"{model.__name__} {row}: its head is not the last entry of its chain"
    for found in verifying.complaints():
        yield (
            f"case {found.case_id} (No. {found.number}), {found.what}: "
            f"recorded {found.recorded!r}, stored {found.stored!r}"
        )
