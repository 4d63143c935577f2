"""The bytes of an entry: canonical JSON, and private text replaced by its salted digest.

The format is described in docs/journal.md and cannot change for entries already written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, TypeAlias
from uuid import UUID

from akcept.engine.refusals import InvalidInput
from akcept.engine.values import Private

JSON: TypeAlias = (
    "str | int | bool | datetime | date | UUID | Mapping[str, JSON] | Sequence[JSON] | None"
)
Plain: TypeAlias = "str | int | bool | dict[str, Plain] | list[Plain] | None"

VERSION = 1
MARK = "~"
# Integers above this are not read back exactly by every JSON reader (RFC 8785).
LARGEST = 2**53 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
)


class Secret(NamedTuple):
    """A private value lifted out of an entry."""

    path: str
    salt: str
    value: str


def text(value: Plain) -> str:
    """Return the canonical JSON text of a plain value."""
    return ENCODER.encode(value)


def digest(salt: str, value: str) -> str:
    """Return the digest that stands in an entry for a private value."""
    return hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest()


def body_hash(body: str) -> str:
    """Return the hash of an entry: SHA-256 of its stored text, never of a new serialisation."""
    return hashlib.sha256(body.encode()).hexdigest()


def moment(value: datetime) -> int:
    """Return whole microseconds since 1970 in UTC; refuses a naive moment."""
    if value.tzinfo is None:
        raise TypeError("A moment in the journal needs a time zone.")
    return (value - EPOCH) // MICROSECOND


def as_moment(value: int) -> datetime:
    """Return the moment that `moment` wrote."""
    return EPOCH + value * MICROSECOND


def step(path: str, key: str) -> str:
    """Return the path one key deeper; a dot in a key is escaped, so that paths stay unique."""
    if MARK in key or "." in key:
        key = key.replace(MARK, "~0").replace(".", "~1")
    return f"{path}.{key}"


def plain(value: JSON, path: str, secrets: list[Secret]) -> Plain:
    """Return a value ready for canonical JSON and collect its private texts.

    Refuses floats, integers beyond 2**53, naive moments, NUL and lone surrogates in text.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, path, secrets)
    # A dict is a Mapping too, but that answer takes longer.
    if isinstance(value, dict):
        return _mapping(value, path, secrets)
    if isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise TypeError(f"{path}: integer too large for the journal.")
        return int(value)
    if isinstance(value, Mapping):
        return _mapping(value, path, secrets)
    if isinstance(value, list | tuple):
        return [plain(item, f"{path}.{place}", secrets) for place, item in enumerate(value)]
    return _scalar(value, path)


def _scalar(value: object, path: str) -> Plain:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{path}: the journal stores no {type(value).__name__}.")


def _text(value: str, path: str, secrets: list[Secret]) -> Plain:
    check_text(value, path)
    if not isinstance(value, Private):
        return str(value)
    secret = Secret(path, os.urandom(16).hex(), str(value))
    secrets.append(secret)
    return {MARK: digest(secret.salt, secret.value)}


def _mapping(value: Mapping[str, JSON], path: str, secrets: list[Secret]) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for key, item in value.items():
        # The types promise text; json would turn other keys into text without a word.
        if not isinstance(key, str) or isinstance(key, Private) or key == MARK:  # type: ignore[redundant-expr]
            raise TypeError(f"{path}: {key!r} cannot be a key in the journal.")
        check_text(key, path)
        found[str(key)] = plain(item, step(path, key), secrets)
    return found


def check_text(value: str, path: str) -> None:
    """Refuse text that one of the databases or UTF-8 cannot hold."""
    if "\0" in value or (not value.isascii() and LONE_SURROGATE.search(value)):
        raise InvalidInput(errors={path: "CONTROL_CHARACTERS"})
