"""A small journal to export, break and verify."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

from akcept.engine.values import Private
from akcept.journal import erasure, export, seals
from akcept.journal.store import Actor, ActorKind, Head, Record, append

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ANNA = Actor(ActorKind.PERSON, UUID(int=1), "Анна")
FIRST_CASE, SECOND_CASE = UUID(int=0xA1), UUID(int=0xA2)
SCRIPT = Path(__file__).parents[2] / "verify.py"

Line = dict[str, Any]


def comment(text: str) -> Record:
    return Record("COMMENTED", {"text": Private(text), "on": [1, {"a.b": Private("~")}]})


def write_journal() -> None:
    """Record two cases under two seals, one entry that no seal covers yet, one removed name."""
    start = Head("CASE", FIRST_CASE, 0, "")
    head = append(head=start, records=[comment("да"), comment("нет")], by=ANNA, at=AT)
    other = Head("CASE", SECOND_CASE, 0, "")
    append(head=other, records=[comment("ещё")], by=ANNA, at=AT)
    seals.make(at=AT)
    head = append(head=head, records=[comment("три")], by=ANNA, at=AT)
    seals.make(at=AT + timedelta(days=1))
    append(head=head, records=[comment("четыре")], by=ANNA, at=AT)
    erasure.remove(rule="GDPR-17", values=[(SECOND_CASE, 1, "actor.name")])


def exported() -> bytes:
    stream = BytesIO()
    export.write(stream, at=AT)
    return stream.getvalue()


def kept_seals() -> str:
    stream = StringIO()
    seals.write(stream)
    return stream.getvalue()


def parsed(data: bytes) -> list[Line]:
    """Return the entries of an export."""
    return [json.loads(line) for line in data.splitlines()[1:-1]]


def written(header: bytes, lines: list[Line]) -> bytes:
    """Return an export as a forger would write it, with an end line that fits."""
    rows = [header, *(json.dumps(line, ensure_ascii=False).encode() for line in lines)]
    data = b"".join(row + b"\n" for row in rows)
    end = f'{{"end":{{"entries":{len(lines)},"sha256":"{hashlib.sha256(data).hexdigest()}"}}}}\n'
    return data + end.encode()


def rehashed(line: Line, **changes: Any) -> Line:
    """Return an entry with another body and the hash that fits it."""
    body = json.dumps(
        {**json.loads(line["body"]), **changes},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return {**line, "body": body, "hash": hashlib.sha256(body.encode()).hexdigest()}


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
