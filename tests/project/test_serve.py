"""The real thing: `akcept serve` as an operator starts it, on an empty home."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.kill


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        threading.Event().wait(0.1)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def descendants(process_id: int) -> list[int]:
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    return [one for child in map(int, children) for one in (child, *descendants(child))]


def lives(process_id: int) -> bool:
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def akcept(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "akcept.project.settings",
        "AKCEPT_HOME": str(tmp_path / "home"),
        "AKCEPT_PORT": str(port),
        "AKCEPT_DEMO": "0",
    }
    with (tmp_path / "out").open("wb") as out:
        command = [sys.executable, "-m", "akcept.project.command", "serve"]
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    until(lambda: is_ready(port))
    yield process
    process.kill()
    process.wait()


def is_ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    except httpx.TransportError:
        return False


def test_it_greets_survives_a_crash_and_stops_without_a_trace(
    akcept: subprocess.Popen[bytes], port: int, tmp_path: Path
) -> None:
    greeting = (tmp_path / "out").read_text()
    assert f"Akcept: http://localhost:{port}" in greeting
    assert "enter this code there: " in greeting
    assert (tmp_path / "home" / "secret_key").stat().st_mode & 0o777 == 0o600

    for child in descendants(akcept.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    until(lambda: not is_ready(port))
    until(lambda: is_ready(port))

    family = descendants(akcept.pid)
    akcept.send_signal(signal.SIGTERM)
    assert akcept.wait(20) == 0
    assert not any(lives(one) for one in family)
    assert not is_ready(port)
