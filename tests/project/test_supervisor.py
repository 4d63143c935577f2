from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from akcept.project import supervisor

# A child with a child of its own: both write their process ids, one a line.
FAMILY = """
import os, subprocess, sys, time
with open(sys.argv[1], "a") as file:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    file.write(f"{os.getpid()}\\n{child.pid}\\n")
time.sleep(600)
"""
SUPERVISOR = """
import sys
from akcept.project import supervisor
child = supervisor.Child("family", [sys.executable, "-c", sys.argv[1], sys.argv[2]])
supervisor.keep_running([child], stop=supervisor.stop_on_signals())
"""

pytestmark = pytest.mark.kill


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        threading.Event().wait(0.05)


def ids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def lives(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def start(path: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": "src"}
    command = [sys.executable, "-c", SUPERVISOR, FAMILY, str(path)]
    process = subprocess.Popen(command, env=environment)
    until(lambda: len(ids(path)) == 2)
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    process = start(tmp_path / "ids")
    process.send_signal(number)
    assert process.wait(20) == 0
    assert not any(lives(one) for one in ids(tmp_path / "ids"))


def test_a_child_that_dies_is_started_again_and_its_own_children_are_gone(tmp_path: Path) -> None:
    process = start(tmp_path / "ids")
    first = ids(tmp_path / "ids")
    os.kill(first[0], signal.SIGKILL)
    until(lambda: len(ids(tmp_path / "ids")) == 4)
    assert not lives(first[1])
    process.terminate()
    assert process.wait(20) == 0


def test_a_supervisor_killed_outright_takes_its_child_along(tmp_path: Path) -> None:
    process = start(tmp_path / "ids")
    process.kill()
    process.wait()
    until(lambda: not lives(ids(tmp_path / "ids")[0]))
    os.kill(ids(tmp_path / "ids")[1], signal.SIGKILL)


def test_a_child_that_cannot_live_is_started_ever_later() -> None:
    child = supervisor.Child("brief", [sys.executable, "-c", "raise SystemExit(3)"])
    child.look()
    pauses = []
    for _ in range(3):
        assert child.process is not None
        child.process.wait()
        child.look()
        pauses.append(child.pause)
        child.due = 0
        child.look()
    assert pauses == [1.0, 2.0, 4.0]
    assert child.process is not None
    child.process.wait()
