"""The product's own processes on a test's database, to be killed outright; and people who press on regardless."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from mailbox import wait_until

import httpx

from worker import processes

# A process that takes two seconds to start on a quiet machine takes a minute on a crowded one: no test of what is lost.
PATIENCE = 300.0


@dataclass
class Plug:
    """One process with everything it has started; pulled, it has no moment left to tidy up."""

    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def put_in(self) -> None:
        """Start it."""
        self.process = subprocess.Popen(self.command, env=self.environment, start_new_session=True)

    def pull(self) -> None:
        """Kill it and all its children at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@dataclass
class Machine:
    """Web and worker as `akcept serve` starts them."""

    mail_port: int
    port: int = field(default_factory=lambda: _free_port())

    def __post_init__(self) -> None:
        environment = processes.environment(mail_port=self.mail_port)
        worker = [sys.executable, "-m", "akcept.project.command", "worker"]
        web = [
            *(sys.executable, "-m", "granian", "akcept.project.wsgi:application"),
            *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", "1", "--blocking-threads", "4", "--log-level", "warning"),
        ]
        self.plugs = {"web": Plug(web, environment), "worker": Plug(worker, environment)}

    @property
    def url(self) -> str:
        """Return where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    def answers(self) -> bool:
        """Tell whether the web process has come up."""
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def start(self) -> None:
        """Start both and wait until the pages answer."""
        for plug in self.plugs.values():
            plug.put_in()
        wait_until(self.answers, seconds=PATIENCE)

    def restart(self, name: str) -> None:
        """Kill one of them and start it again."""
        self.plugs[name].pull()
        self.plugs[name].put_in()
        wait_until(self.answers, seconds=PATIENCE)

    def stop(self) -> None:
        """Leave none behind."""
        for plug in self.plugs.values():
            plug.pull()


@dataclass
class Pressing:
    """Sends a request again, the very same, until an answer comes; an answer other than the hoped for is an error."""

    lost: int = 0
    pause: threading.Event = field(default_factory=threading.Event)

    def on(
        self, send: Callable[[], httpx.Response], *, hoped: set[int], later: int | None = None
    ) -> httpx.Response:
        """Return the answer; one that says `later` is asked for again."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = send()
            except httpx.TransportError:
                self.lost += 1
                self.pause.wait(0.1)
                continue
            if answer.status_code == later:
                self.pause.wait(0.5)
                continue
            assert answer.status_code in hoped, (answer.status_code, answer.text[:500])
            return answer
        raise AssertionError("nobody answers")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
