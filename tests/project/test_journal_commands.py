from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from akcept.journal import seals
from akcept.people import services as people
from akcept.people.fields import PersonFields
from akcept.people.models import Person
from akcept.project import command
from troupe import AT, SYSTEM

pytestmark = pytest.mark.django_db


def test_an_export_is_proved_by_the_script_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    assert command.main(["export-journal", str(path)]) == 0
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", path], env={**os.environ}, check=False
    )
    assert done.returncode == 0


def test_seals_kept_outside_prove_that_nothing_is_missing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    people.create_person(person=PersonFields(name="Anna"), by=SYSTEM, at=AT)
    assert seals.make(at=AT)
    kept = tmp_path / "seals.txt"
    assert command.main(["export-journal", "--seals"]) == 0
    kept.write_text(capfd.readouterr().out, encoding="ascii")
    assert command.main(["verify", "--seals", str(kept)]) == 0
    kept.write_text(f"{kept.read_text(encoding='ascii')[:-65]}{'0' * 64}\n", encoding="ascii")
    assert command.main(["verify", "--seals", str(kept)]) == 1


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
