"""The environment, read strictly: a value that cannot be right is refused at start with its name and an example.

Every variable may also be given as a file: DATABASE_URL_FILE=/run/secrets/database.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Its name stays short: 43 characters of a token are put behind it, and 64 is the most.
MAIL_IN = re.compile(r"[A-Za-z0-9._-]{1,21}@[A-Za-z0-9.-]{1,190}")
PUSH_KEY = re.compile("[A-Za-z0-9_-]{43}")
POSTGRES_OPTIONS = frozenset("host sslmode sslrootcert sslcert sslkey connect_timeout".split())


def wrong(name: str, *, example: str, reason: str) -> ImproperlyConfigured:
    """Return the refusal of one variable; the value itself stays out of it, it may be a secret."""
    return ImproperlyConfigured(f"{name} {reason}. Example: {name}={example}")


def is_address(value: str) -> bool:
    """Tell whether letters may come from this: an address, or a name with one in angle brackets."""
    _, address = parseaddr(value)
    name, at, host = address.rpartition("@")
    return bool(name and at and host) and not any(sign.isspace() for sign in address)


class Environment:
    """Typed access to the variables of a process."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def text(self, name: str, *, example: str, default: str = "") -> str:
        """Read a variable or the file its _FILE form names; refuse both at once and an unreadable file."""
        path = self._variables.get(f"{name}_FILE", "")
        value = self._variables.get(name, "")
        if not path:
            return value.strip() or default
        if value:
            raise wrong(name, example=example, reason=f"and {name}_FILE are both set, keep one")
        try:
            return Path(path).read_text(encoding="utf-8").strip() or default
        except (OSError, UnicodeDecodeError) as error:
            raise wrong(
                f"{name}_FILE", example="/run/secrets/akcept", reason="names an unreadable file"
            ) from error

    def whole(self, name: str, *, default: int, lowest: int, highest: int) -> int:
        """Read a whole number; refuse anything else and a number out of range."""
        value = self.text(name, example=str(default), default=str(default))
        if not (value.isascii() and value.isdigit() and lowest <= int(value) <= highest):
            reason = f"must be a whole number from {lowest} to {highest}"
            raise wrong(name, example=str(default), reason=reason)
        return int(value)

    def flag(self, name: str, *, default: bool) -> bool:
        """Read 1 or 0; refuse anything else."""
        value = self.text(name, example="0", default="1" if default else "0")
        if value not in ("0", "1"):
            raise wrong(name, example="0", reason="must be 1 or 0")
        return value == "1"

    def folder(self, name: str, *, default: str) -> Path:
        """Read a folder and make it; refuse a place that cannot be written."""
        path = Path(self.text(name, example="/srv/akcept", default=default)).expanduser().resolve()
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise wrong(name, example="/srv/akcept", reason="cannot be made a folder") from error
        return path

    def base_url(self, name: str, *, default: str) -> SplitResult:
        """Read the address people type; refuse anything but scheme, host and port."""
        example = "https://akcept.example.com"
        url = _split(name, self.text(name, example=example, default=default), example=example)
        extra = url.path.strip("/") or url.query or url.fragment or url.username
        if url.scheme not in ("http", "https") or not url.hostname or extra:
            raise wrong(name, example=example, reason="must be http(s)://host without a path")
        return url

    def database(self, name: str, *, default: Path) -> dict[str, Any]:
        """Read sqlite:///path or postgresql://user:password@host/name into Django's words."""
        example = "postgresql://akcept:secret@localhost/akcept"
        url = _split(name, self.text(name, example=example), example=example)
        if not url.scheme:
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
        if url.scheme == "sqlite" and not url.netloc and len(url.path) > 1:
            path = Path(unquote(url.path[1:])).resolve()
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
        if url.scheme not in ("postgres", "postgresql") or len(url.path) < 2:
            reason = "must be sqlite:///folder/file or postgresql://user:password@host/name"
            raise wrong(name, example=example, reason=reason)
        options = _options(name, url, allowed=POSTGRES_OPTIONS, example=example)
        return {
            "ENGINE": "akcept.project.postgresql",
            "NAME": unquote(url.path[1:]),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or options.pop("host", ""),
            "PORT": str(url.port or ""),
            # Bound by the server and prepared on second use: a decision costs a third less.
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2, **options},
        }

    def mail(self, name: str) -> dict[str, Any]:
        """Read smtp://user:password@host:587?tls=start; without it letters are kept as files."""
        example = "smtp://akcept:secret@mail.example.com:587?tls=start"
        url = _split(name, self.text(name, example=example), example=example)
        if not url.scheme:
            return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
        tls = _options(name, url, allowed=frozenset({"tls"}), example=example).get("tls", "start")
        if url.scheme != "smtp" or not url.hostname or tls not in ("start", "full", "none"):
            reason = "must be smtp://user:password@host:port?tls=start, full or none"
            raise wrong(name, example=example, reason=reason)
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": url.port or {"start": 587, "full": 465, "none": 25}[tls],
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_TLS": tls == "start",
            "EMAIL_USE_SSL": tls == "full",
        }

    def storage(self, name: str, *, folder: Path) -> dict[str, Any]:
        """Read file:///folder or s3://key:secret@host/bucket?region=… into an entry of STORAGES."""
        example = "s3://key:secret@s3.example.com/akcept?region=eu-central-1"
        url = _split(name, self.text(name, example=example), example=example)
        if not url.scheme or (url.scheme == "file" and not url.netloc and len(url.path) > 1):
            location = unquote(url.path) or str(folder)
            return {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": location, "base_url": None},
            }
        options = _options(name, url, allowed=frozenset({"region", "tls"}), example=example)
        complete = url.hostname and url.username and url.password and url.path.strip("/")
        if url.scheme != "s3" or not complete or options.get("tls", "full") not in ("full", "none"):
            reason = "must be file:///folder or s3://key:secret@host/bucket"
            raise wrong(name, example=example, reason=reason)
        scheme = "http" if options.get("tls") == "none" else "https"
        port = f":{url.port}" if url.port else ""
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "access_key": unquote(url.username or ""),
                "secret_key": unquote(url.password or ""),
                "bucket_name": url.path.strip("/"),
                "endpoint_url": f"{scheme}://{url.hostname}{port}",
                "region_name": options.get("region"),
                "addressing_style": "path",
                "file_overwrite": False,
            },
        }

    def secret_key(self, name: str, *, kept_in: Path) -> str:
        """Read the signing key, or the one kept in a file that the first start makes; refuse a short one."""
        example = "fifty-or-more-random-characters…"
        key = self.text(name, example=example) or _kept_key(kept_in, length=64)
        if len(key) < 50:
            raise wrong(name, example=example, reason="must be at least 50 characters long")
        return key

    def push_key(self, name: str, *, kept_in: Path) -> str:
        """Read the key that signs pushes, or the one kept in a file that the first start makes."""
        example = "43 characters of base64url: 32 random bytes"
        key = self.text(name, example=example) or _kept_key(kept_in, length=32)
        if not PUSH_KEY.fullmatch(key) or not key.strip("A"):
            raise wrong(name, example=example, reason="must be 32 bytes in base64url")
        return key

    def hosts(self, name: str) -> frozenset[str]:
        """Read names of hosts with commas between them; refuse anything but names."""
        example = "push.example.internal,10.0.0.5"
        hosts = [host.strip().lower() for host in self.text(name, example=example).split(",")]
        if any(set(host) & set("/:@ ") for host in hosts):
            raise wrong(name, example=example, reason="must be host names with commas between")
        return frozenset(filter(None, hosts))


def _split(name: str, value: str, *, example: str) -> SplitResult:
    try:
        url = urlsplit(value)
        _ = url.port  # A port out of range shows only when it is asked for.
    except ValueError as error:
        raise wrong(name, example=example, reason="is no address") from error
    if value and not url.scheme:
        raise wrong(name, example=example, reason="has no scheme")
    return url


def _options(
    name: str, url: SplitResult, *, allowed: frozenset[str], example: str
) -> dict[str, str]:
    options = dict(parse_qsl(url.query))
    unknown = sorted(options.keys() - allowed)
    if unknown:
        raise wrong(name, example=example, reason=f"has the unknown option {unknown[0]}")
    return options


def _kept_key(path: Path, *, length: int) -> str:
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(length), encoding="utf-8")
        try:
            # A link is made or not: of two processes starting at once, one makes the key for both.
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="utf-8").strip()
