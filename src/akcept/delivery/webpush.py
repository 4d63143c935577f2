"""Web push as the standards have it: a message sealed for one browser (RFC 8291, RFC 8188) and who sends it (RFC 8292)."""

from __future__ import annotations

import base64
import json
import os
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CURVE = ec.SECP256R1()
RECORD = 4096
# Push services take no more.
LONGEST = 3000
VALID = timedelta(hours=12)
POINT = 65


def text(raw: bytes) -> str:
    """Write bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    """Read base64url, padded or not; ValueError for anything else."""
    plain = text.rstrip("=")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)


def private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """Return the key of an installation from its 32 secret bytes."""
    return ec.derive_private_key(int.from_bytes(raw(secret), "big"), CURVE)


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half of a key as 65 bytes."""
    return key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def is_browser_key(public_key: str, auth_secret: str) -> bool:
    """Tell whether these are the two keys a browser gives."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw(public_key))
        return len(raw(public_key)) == POINT and len(raw(auth_secret)) == 16
    except ValueError:
        return False


def seal(
    message: bytes,
    *,
    public_key: str,
    auth_secret: str,
    ephemeral: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Seal a message for one browser; only tests choose the key and the salt."""
    ours = ephemeral or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    theirs = raw(public_key)
    shared = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    info = b"WebPush: info\0" + theirs + point(ours)
    secret = _derive(shared, raw(auth_secret), info, 32)
    key = _derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", 12)
    # The 2 ends the last record.
    sealed = AESGCM(key).encrypt(nonce, message + b"\x02", None)
    head = salt + RECORD.to_bytes(4, "big") + bytes([POINT]) + point(ours)
    return head + sealed


def authorization(
    key: ec.EllipticCurvePrivateKey, *, endpoint: str, contact: str, at: datetime
) -> str:
    """Return the header that says who sends: a token for this push service, signed by the installation."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + VALID).timestamp()),
        "sub": contact,
    }
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    r, s = utils.decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={text(point(key))}"


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def _json(value: object) -> str:
    return text(json.dumps(value, separators=(",", ":")).encode())
