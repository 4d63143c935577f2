"""The proxy of docs/operating.md, word for word but for its ports and its certificate."""

from __future__ import annotations

import re
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from akcept.kit import clock
from conftest import NGINX
from live.house import free_port

HANDBOOK = Path(__file__).parents[2] / "docs" / "operating.md"
HOST = "akcept.example.com"
# What Debian's own file says around it, and folders that anybody may write to.
AROUND = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr warn;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{told}
}}
"""


@dataclass(frozen=True)
class Address:
    """Where the proxy listens, and by what it is known."""

    port: int
    trust: ssl.SSLContext


@contextmanager
def proxy(folder: Path, *, pages: int, streams: int) -> Iterator[Address]:
    """Run nginx as the handbook tells to, in front of pages and streams."""
    port, trust = free_port(), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    certificate(folder)
    # It is called by its number.
    trust.check_hostname = False
    trust.load_verify_locations(folder / "akcept.pem")
    told = _in_the_handbook()
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{pages}",
        "127.0.0.1:8001": f"127.0.0.1:{streams}",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "/etc/ssl": str(folder),
    }.items():
        assert old in told, old
        told = told.replace(old, new)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, told=told))
    command = [
        NGINX or "nginx",
        "-p",
        str(folder),
        "-e",
        "stderr",
        "-c",
        str(folder / "nginx.conf"),
    ]
    process = subprocess.Popen(command)
    try:
        yield Address(port, trust)
    finally:
        process.terminate()
        process.wait()


def _in_the_handbook() -> str:
    found = re.search(r"```nginx\n(.*?)```", HANDBOOK.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def certificate(folder: Path) -> None:
    """Make a certificate for the proxy."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = clock.now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "akcept.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "akcept.key").write_bytes(secret)
