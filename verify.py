#!/usr/bin/env python3
"""Prove an exported Akcept journal, offline, with nothing but Python 3.9 or newer.

    python3 verify.py journal.jsonl
    python3 verify.py journal.jsonl --seals seals.txt

The second form also proves that nothing is missing: give it the seals you kept yourself, for example those
from the daily letters, one a line: day, number, hash. Exit code 0 means proven, 1 means broken.

What is proven, and how, is described in docs/journal.md. An entry is hashed exactly as the text stands in
the export; nothing is ever written anew before hashing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

FORMAT, VERSION = "akcept-journal", 1
# Of a fixed length: else letters could be moved from a private value into its salt, and the digest would still fit.
SALT = re.compile("[0-9a-f]{32}")
LINE_FIELDS = {"body": str, "hash": str, "private": dict}
BODY_FIELDS = {
    "v": int, "chain": str, "chain_id": str, "number": int, "prev": str,
    "kind": str, "at": int, "actor": dict, "data": dict,
}  # fmt: skip


class Broken(Exception):
    """The first thing that does not hold; its text says where and why."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def parse(text: bytes, where: str) -> dict[str, Any]:
    """Read one JSON object strictly: no field twice, no fractions, nothing after it."""

    def fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a field stands twice")
        return found

    def refuse(number: str) -> None:
        raise ValueError(f"{number} is not an integer")

    try:
        value = json.loads(
            text.decode(), object_pairs_hook=fields, parse_float=refuse, parse_constant=refuse
        )
    except (ValueError, RecursionError) as error:
        raise Broken(f"{where}: not the JSON of an Akcept journal ({error})") from None
    if not isinstance(value, dict):
        raise Broken(f"{where}: not a JSON object")
    return value


def digests(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Find the digests of private values in an entry, each with its path."""
    if isinstance(value, dict):
        if set(value) == {"~"}:
            yield path, value["~"]
            return
        for key, item in value.items():
            yield from digests(item, path + "." + key.replace("~", "~0").replace(".", "~1"))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from digests(item, f"{path}.{place}")


def salted(kept: Any) -> str:
    """Return the digest of a private value, nothing when it is none."""
    try:
        salt, value = kept
        return sha256(bytes.fromhex(salt) + value.encode()) if SALT.fullmatch(salt) else ""
    except (TypeError, ValueError, AttributeError):
        return ""


class Journal:
    """Reads entries in the order of the export and keeps only what the next one needs."""

    def __init__(self) -> None:
        self.entries = 0
        self.removed: dict[str, int] = {}  # private values, by the rule under which they were
        self.chain = ("", "")  # id and kind
        self.number = 0
        self.hash = ""
        # Of each seal: how many heads, a running hash over them; what its own entry says, its hash.
        self.found: dict[int, tuple[int, Any]] = {}
        self.seals: dict[int, tuple[dict[str, Any], str]] = {}

    def read(self, line: dict[str, Any], where: str) -> None:
        """Check one entry against the one before it."""
        if self.number:
            where += f", after chain {self.chain[1]} {self.chain[0]}, entry {self.number}"
        fields = {name: type(value) for name, value in line.items() if name != "seal"}
        if fields != LINE_FIELDS:
            raise Broken(f"{where}: not an entry")
        body = line["body"].encode("utf-8", "surrogatepass")
        entry = parse(body, where)
        where = f"chain {entry.get('chain')} {entry.get('chain_id')}, entry {entry.get('number')}"
        if sha256(body) != line["hash"]:
            raise Broken(f"{where}: its text is not the one that was hashed")
        fields = {name: type(value) for name, value in entry.items()}
        if fields != BODY_FIELDS or entry["v"] != VERSION:
            raise Broken(f"{where}: not in format {VERSION}")
        self.follow(entry, where)
        self.check_private(entry, line["private"], where)
        self.entries += 1
        self.chain = (entry["chain_id"], entry["chain"])
        self.number, self.hash = entry["number"], line["hash"]
        if "seal" in line:
            self.count_head(line["seal"], where)
        if entry["chain"] == "SEALS":
            self.seals[entry["number"]] = (entry["data"], line["hash"])

    def follow(self, entry: dict[str, Any], where: str) -> None:
        """Check that the entry continues its chain, or starts the next one."""
        chain, number = (entry["chain_id"], entry["chain"]), entry["number"]
        if chain[0] != self.chain[0]:
            if chain[0] < self.chain[0]:
                raise Broken(f"{where}: out of order, its chain was over or is yet to come")
            expected, before = 1, ""
        else:
            expected, before = self.number + 1, self.hash
            if chain != self.chain:
                raise Broken(f"{where}: the kind of its chain changed")
        if number > expected:
            raise Broken(f"{where}: entry {expected} before it is missing")
        if number < expected:
            raise Broken(f"{where}: stands twice or out of order")
        if entry["prev"] != before:
            raise Broken(f"{where}: does not follow from the entry before it")

    def check_private(self, entry: dict[str, Any], private: dict[str, Any], where: str) -> None:
        """Check each private value against its digest; a removed one must say under which rule."""
        expected = dict(digests({"actor": entry["actor"], "data": entry["data"]}, ""))
        for path in sorted({path[1:] for path in expected} ^ set(private)):
            raise Broken(f"{where}: private value {path} is missing or does not belong here")
        for path, kept in private.items():
            rule = kept.get("removed") if isinstance(kept, dict) and len(kept) == 1 else None
            if rule and isinstance(rule, str):
                self.removed[rule] = self.removed.get(rule, 0) + 1
            elif salted(kept) != expected["." + path]:
                raise Broken(f"{where}: private value {path} was changed")

    def count_head(self, seal: Any, where: str) -> None:
        """Add the entry to the heads that a seal covers."""
        if type(seal) is not int:
            raise Broken(f"{where}: its seal is not a number")
        count, running = self.found.get(seal, (0, hashlib.sha256()))
        running.update(f"{self.chain[0]} {self.number} {self.hash}\n".encode())
        self.found[seal] = (count + 1, running)

    def check_seals(self) -> None:
        """Check that each seal covers exactly the heads that the export marks with its number."""
        for number, (data, _) in sorted(self.seals.items()):
            count, running = self.found.pop(number, (0, hashlib.sha256()))
            where = f"chain SEALS, entry {number} (seal of {data.get('day')})"
            if count != data.get("heads"):
                raise Broken(
                    f"{where}: covers {data.get('heads')} chains, {count} of them are here"
                )
            if running.hexdigest() != data.get("root"):
                raise Broken(f"{where}: an entry that it covers was changed or exchanged")
        for number in sorted(self.found):
            raise Broken(f"chain SEALS, entry {number}: this seal is missing")


def check_file(file: BinaryIO) -> Journal:
    """Read an export from its header to its end line."""
    journal, seen, line_number = Journal(), hashlib.sha256(), 0
    for line_number, raw in enumerate(file, 1):
        if not raw.endswith(b"\n"):
            raise Broken(f"line {line_number}: the file is cut off here")
        line = parse(raw, f"line {line_number}")
        if line_number == 1:
            if {**line, "made_at": 0} != {"format": FORMAT, "version": VERSION, "made_at": 0}:
                raise Broken(f"line 1: not an {FORMAT} of version {VERSION}")
        elif "end" in line:
            check_end(raw, journal.entries, seen.hexdigest(), line_number)
            if file.read(1):
                raise Broken(f"line {line_number + 1}: something stands after the end")
            journal.check_seals()
            return journal
        else:
            journal.read(line, f"line {line_number}")
        seen.update(raw)
    raise Broken(f"line {line_number + 1}: the file is cut off, its end line is missing")


def check_end(raw: bytes, entries: int, digest: str, line_number: int) -> None:
    """Check the end line, which covers all bytes before it."""
    if raw != f'{{"end":{{"entries":{entries},"sha256":"{digest}"}}}}\n'.encode():
        raise Broken(f"line {line_number}: the file was changed after it was exported")


def check_kept_seals(journal: Journal, path: str) -> str:
    """Compare the seals kept outside with those in the export and return the day of the last one."""
    last: tuple[int, str] | None = None
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        for line in filter(str.strip, file):
            try:
                day, text, kept_hash = line.split()
                number = int(text)
            except ValueError:
                raise Broken(f"{path}: expected day, number and hash: {line.strip()}") from None
            data, own_hash = journal.seals.get(number, ({}, ""))
            if not own_hash:
                raise Broken(f"chain SEALS, entry {number} (seal of {day}): missing in the export")
            if (day, kept_hash) != (data.get("day"), own_hash):
                raise Broken(
                    f"chain SEALS, entry {number} (seal of {day}): not the seal that was kept"
                )
            last = max(last or (0, ""), (number, day))
    if last is None:
        raise Broken(f"{path}: no seal in it")
    return last[1]


def main(arguments: list[str] | None = None) -> int:
    """Say what the export proves, or where it breaks first."""
    parser = argparse.ArgumentParser(description="Prove an exported Akcept journal.")
    parser.add_argument("file", help="the export, JSON Lines")
    parser.add_argument(
        "--seals", metavar="FILE", help="seals kept outside: day, number, hash on each line"
    )
    options = parser.parse_args(arguments)
    try:
        with open(options.file, "rb") as file:  # noqa: PTH123
            journal = check_file(file)
        if options.seals:
            verdict = f"consistent and complete up to the seal of {check_kept_seals(journal, options.seals)}"
        else:
            verdict = "consistent; completeness not proven (give the seals you kept with --seals)"
    except OSError as error:
        # A file that is not there says nothing of the journal.
        parser.error(f"cannot read {error.filename}: {error.strerror}")
    except (Broken, UnicodeDecodeError) as error:
        sys.stdout.write(f"BROKEN: {error}\n")
        return 1
    sys.stdout.write(f"{journal.entries} entries: {verdict}\n")
    for rule, count in sorted(journal.removed.items()):
        # Whoever made the export could have taken them out: the rule has to be one that the reader knows.
        sys.stdout.write(f"private values removed under {rule!r}: {count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
