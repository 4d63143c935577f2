"""What a mail from outside says, and nothing it could do to us: a pure reading of its bytes.

Nothing in it is opened: packed files stay packed, letters within letters are looked into a few levels deep.
"""

from __future__ import annotations

import email
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import getaddresses
from typing import Any

from akcept.delivery import enclosures, hypertext
from akcept.delivery.enclosures import Enclosure
from akcept.kit.text import readable

# A reply is a few words; what is longer than this has been cut off by nobody who reads it.
LONGEST = 10_000
LONGEST_BYTES = 30 * 1024 * 1024
LONGEST_SUBJECT = 300
# Reading a header takes longer than its length; no honest one is longer.
LONGEST_HEADER = 8_000
LARGEST_HEAD = 256 * 1024
# Each line that begins so may begin a part.
MOST_BOUNDARIES = 2_000
ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
MACHINES = ("mailer-daemon@", "postmaster@")
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
PASSED = re.compile(r"\bdmarc\s*=\s*pass\b", re.IGNORECASE)
PASSED_FOR = re.compile(r"\bheader\.from\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
# Where the letter that is answered begins, as mail programs put it.
QUOTES = re.compile(
    r"^(>|-{2,} ?(original message|исходное сообщение|пересылаемое сообщение)|_{10,}$"
    r"|on .+ wrote:$|.*\b(пишет|писал|писала|написал|написала)\b.*:$|(from|от|от кого): .+)",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"^-- ?$")


class Unreadable(ValueError):
    """A mail made to keep its reader busy."""


class _Careful(EmailPolicy):
    """Reads headers as they are, but not beyond what an honest one holds."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        return name, value[:LONGEST_HEADER]


POLICY: Any = _Careful()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail: who says to have sent it, to which of our addresses, what it says and brings, without what nobody types.

    `text` is what stands above a quotation, `whole` all of it. `is_automatic`: no human wrote it; `is_bounce`: it
    answers something by itself; `is_silent`: it asks for no answers by machines.
    """

    message_id: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    whole: str
    files: tuple[Enclosure, ...]
    is_automatic: bool
    is_bounce: bool
    is_silent: bool
    # The domain for whom the server that hands us mail has found the sender genuine.
    vouched: str = ""


def read(raw: bytes, *, verifier: str = "") -> Incoming:
    """Read a mail; one that is broken is read as far as it goes.

    Refuses (Unreadable) one with thousands of parts, nested without end, or with a head of hundreds of kilobytes.
    """
    end = END_OF_HEAD.search(raw)
    head = raw[: end.start()] if end else raw
    if len(head) > LARGEST_HEAD or raw.count(b"\n--") > MOST_BOUNDARIES:
        raise Unreadable
    try:
        return _read(email.message_from_bytes(raw, policy=POLICY), verifier)
    except Exception as error:  # What is made to break a reader breaks it in many ways.
        raise Unreadable from error


def above_quotation(text: str) -> str:
    """Return what somebody has written themselves: all before the letter they answer and before their signature."""
    kept: list[str] = []
    for line in text.splitlines():
        plain = line.strip()
        if QUOTES.match(plain) or SIGNATURE.match(line):
            break
        kept.append(line.rstrip())
    return "\n".join(kept).strip()[:LONGEST]


def _read(mail: EmailMessage, verifier: str) -> Incoming:
    addressed = [str(value) for name in ADDRESSED for value in mail.get_all(name, [])]
    senders = getaddresses([str(value) for value in mail.get_all("From", [])])
    # Who names two senders names none.
    name, sender = senders[0] if len(senders) == 1 else ("", "")
    is_bounce = _is_bounce(mail, sender.lower())
    whole = readable(_body(mail), multiline=True)
    return Incoming(
        message_id=readable(str(mail.get("Message-ID", "")))[:500],
        # An address that has to be mended is not made into that of somebody else.
        sender=sender.strip().lower() if readable(sender) == sender.strip() else "",
        sender_name=readable(name)[:200],
        recipients=tuple(
            readable(address).lower() for _, address in getaddresses(addressed) if address
        ),
        subject=readable(str(mail.get("Subject", "")))[:LONGEST_SUBJECT],
        text=above_quotation(whole),
        whole=whole[:LONGEST],
        files=enclosures.of(mail),
        is_automatic=is_bounce or _is_automatic(mail),
        is_bounce=is_bounce,
        is_silent=mail.get("X-Auto-Response-Suppress") is not None,
        vouched=_vouched(mail, verifier),
    )


def _is_bounce(mail: EmailMessage, sender: str) -> bool:
    """Tell whether a machine answers with it: an answer to that could be answered for ever."""
    replied = _said(mail, "Auto-Submitted") in {"auto-replied", "auto-notified"}
    answers = mail.get("X-Autoreply") or mail.get("X-Autorespond")
    is_report = mail.get_content_type() == "multipart/report"
    empty_path = str(mail.get("Return-Path", "x")).strip() == "<>"
    answering = _said(mail, "Precedence") == "auto_reply"
    return (
        replied
        or bool(answers)
        or is_report
        or empty_path
        or answering
        or sender.startswith(MACHINES)
    )


def _is_automatic(mail: EmailMessage) -> bool:
    """Tell whether no human wrote this."""
    generated = _said(mail, "Auto-Submitted") not in {"", "no"}
    return generated or _said(mail, "Precedence") in BULK or mail.get("List-Id") is not None


def _said(mail: EmailMessage, name: str) -> str:
    return str(mail.get(name, "")).split(";")[0].strip().lower()


def _vouched(mail: EmailMessage, verifier: str) -> str:
    """Return for which domain of the sender our own mail server vouches.

    Only its uppermost word counts: anybody can write more of them below, and with other names.
    """
    said = str(next(iter(mail.get_all("Authentication-Results", [])), ""))
    server, _, found = said.partition(";")
    if not verifier or server.split()[:1] != [verifier]:
        return ""
    results = [one for one in found.split(";") if PASSED.search(one)]
    named = PASSED_FOR.search(results[0]) if results else None
    return named[1].lower() if named else ""


def _body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content())
    except (LookupError, ValueError, KeyError):
        return ""
    return hypertext.words(content) if part.get_content_type() == "text/html" else content
