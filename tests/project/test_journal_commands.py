from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from akcept.people.models import Person
from akcept.project import command

pytestmark = pytest.mark.django_db


def test_an_export_is_proved_by_the_script_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    assert command.main(["export-journal", str(path)]) == 0
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", path], env={**os.environ}, check=False
    )
    assert done.returncode == 0


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.touch()
    assert command.main(["export-journal", str(path)]) == 1
    assert path.read_bytes() == b""


def test_an_untouched_journal_is_proved(capfd: pytest.CaptureFixture[str]) -> None:
    assert command.main(["verify"]) == 0
    assert "agrees with it" in capfd.readouterr().out


def test_a_row_without_its_entries_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    anna = Person.objects.create_user(email="anna@example.com", name="Anna")
    Person.objects.filter(pk=anna.pk).update(head_number=1, head_hash="0" * 64)
    assert command.main(["verify"]) == 1
    assert f"BROKEN: Person {anna.pk}: its head is not" in capfd.readouterr().out
