"""The bench itself runs; what it measures is nothing a test could judge."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.postgresql


def test_it_measures_everything_in_small() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"],
        env=os.environ | {"PYTHONPATH": "src:tests:."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    for what in ("service layer", "create and submit", "approve over HTTP"):
        assert what in run.stdout
