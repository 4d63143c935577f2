from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from akcept.project import command


def test_every_command_has_a_module_and_every_module_a_command() -> None:
    folder = Path(command.__file__).with_name("commands")
    modules = {path.stem.replace("_", "-") for path in folder.glob("[a-z]*.py")}
    assert modules == set(command.COMMANDS)
    for name in modules:
        module = importlib.import_module(f"akcept.project.commands.{name.replace('-', '_')}")
        assert module.__doc__
        assert module.run.__doc__


def test_a_wrong_environment_is_one_line_and_code_two(tmp_path: Path) -> None:
    environment = {"PYTHONPATH": "src", "AKCEPT_HOME": str(tmp_path), "AKCEPT_PORT": "eighty"}
    line = [sys.executable, "-m", "akcept.project.command", "check"]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "akcept: AKCEPT_PORT must be a whole number from 1 to 65535. Example: AKCEPT_PORT=8000\n"
    )


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_named_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing" / "akcept.tar.gz"
    assert command.main(["restore", str(missing)]) == 1
    assert command.main(["export-journal", str(missing)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in said] == ["akcept restore", "akcept export-journal"]
    assert all(str(missing) in line for line in said)


@pytest.mark.django_db
def test_this_installation_has_no_mistakes() -> None:
    call_command("check", databases=["default"], fail_level="WARNING")


@pytest.mark.parametrize("name", ["web", "live", "worker"])
def test_nothing_serves_on_a_database_that_waits_for_migrations(tmp_path: Path, name: str) -> None:
    environment = {"PYTHONPATH": "src", "AKCEPT_HOME": str(tmp_path), "AKCEPT_PORT": "8999"}
    line = [sys.executable, "-m", "akcept.project.command", name]
    done = subprocess.run(
        line, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "run `akcept migrate` once" in done.stderr
