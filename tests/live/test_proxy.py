"""The proxy of the handbook: pages and streams by processes of their own behind one https address."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from live.conftest import SessionOf
from live.house import free_port, until
from live.listening import cookie_of, form_of, listening_by
from live.proxy import HOST, Address, proxy
from troupe import Cast, send
from worker import processes

pytestmark = [pytest.mark.kill, pytest.mark.nginx, pytest.mark.django_db(transaction=True)]
ORIGIN = {"Host": HOST, "Origin": f"https://{HOST}"}


def command(name: str, port: int) -> subprocess.Popen[bytes]:
    """Start a command of Akcept as an operator does."""
    environment = processes.environment(mail_port=9) | {
        "AKCEPT_BASE_URL": f"https://{HOST}",
        "AKCEPT_PORT": str(port),
    }
    line = [sys.executable, "-m", "akcept.project.command", name]
    return subprocess.Popen(line, env=environment)


@pytest.fixture
def at(cast: Cast, collected: None, tmp_path: Path) -> Iterator[Address]:
    """Serve as the handbook tells to, and return where the proxy listens."""
    pages, streams = free_port(), free_port()
    served = [command("web", pages), command("live", streams)]
    try:
        with proxy(tmp_path, pages=pages, streams=streams) as at:
            until(lambda: status(at, "/readyz") == 200 and status(at, "/live/") == 401)
            yield at
    finally:
        for process in served:
            process.send_signal(signal.SIGTERM)
        for process in served:
            process.wait()


def browser(at: Address, headers: dict[str, str]) -> httpx.Client:
    """Return somebody who calls the proxy by its name."""
    return httpx.Client(
        base_url=f"https://127.0.0.1:{at.port}",
        headers=ORIGIN | headers,
        verify=at.trust,
        timeout=30,
    )


def status(at: Address, path: str) -> int:
    try:
        with browser(at, {}) as http:
            return http.get(path).status_code
    except httpx.TransportError:
        return 0


def protocol(at: Address) -> str | None:
    """Return what the proxy chooses to speak with a browser."""
    at.trust.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", at.port)) as plain,
        at.trust.wrap_socket(plain) as safe,
    ):
        return safe.selected_alpn_protocol()


def test_pages_and_streams_come_through_the_proxy_of_the_handbook(
    cast: Cast, session_of: SessionOf, at: Address
) -> None:
    assert protocol(at) == "h2"
    sent, anna, boris = send(cast), session_of("anna"), session_of("boris")
    with browser(at, cookie_of(anna)) as http:
        page = http.get(f"/cases/{sent.case_id}/")
        assert page.status_code == 200
        assert page.headers["Content-Encoding"] == "gzip"
        assert "Secure" in http.get("/accounts/logout/").headers["Set-Cookie"]
        with listening_by(http, case=str(sent.case_id)) as stream:
            stream.next()
            form = {"key": "1", "revision": str(sent.revision)}
            path = f"/cases/{sent.case_id}/act/approve/"
            with browser(at, form_of(boris)) as other:
                assert other.post(path, data=form).status_code == 302
            assert stream.hears_of("case")
