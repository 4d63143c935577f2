from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_room_imports_only_the_rooms_above_it() -> None:
    environment = {"PYTHONPATH": "src", "PATH": str(Path(sys.executable).parent)}
    done = subprocess.run(
        ["lint-imports", "--no-cache"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
