"""A push service and a browser in one: receives over real HTTP, and opens what was sealed for it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from akcept.delivery import webpush


class Receiver:
    """Keeps what came, with its headers; answers as it is told to."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"0123456789abcdef"
        self.status = 201
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.endpoint = ""
        self.on_message: Callable[[], object] = lambda: None

    @property
    def keys(self) -> dict[str, str]:
        """Return what a browser tells of itself."""
        return {
            "endpoint": self.endpoint,
            "public_key": webpush.text(webpush.point(self.key)),
            "auth_secret": webpush.text(self.auth),
        }

    def messages(self) -> list[dict[str, Any]]:
        """Return what was sent, opened."""
        return [json.loads(self.open(body)) for _, body in self.got]

    def open(self, body: bytes) -> bytes:
        """Open a sealed message as RFC 8291 tells browsers to."""
        salt, sender, sealed = body[:16], body[21:86], body[86:]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        info = b"WebPush: info\x00" + webpush.point(self.key) + sender
        secret = _derive(self.key.exchange(ec.ECDH(), theirs), self.auth, info, 32)
        key = _derive(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = _derive(secret, salt, b"Content-Encoding: nonce\x00", 12)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x02")


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver on loopback."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append((dict(self.headers), body))
            receiver.on_message()
            # Whoever was killed meanwhile reads no answer.
            with suppress(ConnectionError):
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.endpoint = f"http://127.0.0.1:{server.server_port}/push/1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield receiver
    server.shutdown()
    server.server_close()


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
