"""The page docs/api.md does what it says: its commands are run as they stand."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from akcept.cases.models import Case
from programs import ProgramNamed
from troupe import PDF, Cast

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.mark.django_db(transaction=True)
def test_the_commands_of_the_page_work(
    program: ProgramNamed, cast: Cast, live_server: Any, tmp_path: Path
) -> None:
    assert shutil.which("curl"), "curl is missing: run  sudo apt-get install curl"
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    secret = program("anna").headers["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    setting = f"set -e\nexport AKCEPT={live_server.url}/api/v1 TOKEN={secret}\n"
    (tmp_path / "invoice.pdf").write_bytes(PDF)
    done = subprocess.run(
        ["bash", "-c", setting + "\n".join(blocks[1:])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Boris Borisov\nSUBMITTED\n" in done.stdout
    case = Case.objects.get()
    assert (case.title, case.state) == ("Hosting, November", "IN_APPROVAL")
