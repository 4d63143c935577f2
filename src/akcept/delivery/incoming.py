"""What a mail from outside says, and nothing it could do to us: a pure reading of its bytes."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser

# A reply is a few words; what is longer than this has been cut off by nobody who reads it.
LONGEST = 10_000
ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
BLOCKS = frozenset({"p", "div", "br", "li", "tr", "blockquote"})
UNSEEN = frozenset({"script", "style", "head", "title", "blockquote"})
# Where the letter that is answered begins, as mail programs put it.
QUOTES = re.compile(
    r"^(>|-{2,} ?(original message|исходное сообщение|пересылаемое сообщение)|_{10,}$"
    r"|on .+ wrote:$|.*\b(пишет|писал|писала|написал|написала)\b.*:$|(from|от|от кого): .+)",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"^-- ?$")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail: who says to have sent it, to which of our addresses, and what stands above the quotation."""

    message_id: str
    sender: str
    recipients: tuple[str, ...]
    is_automatic: bool
    text: str


def read(raw: bytes) -> Incoming:
    """Read a mail; one that is broken is read as far as it goes."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    addressed = [str(value) for name in ADDRESSED for value in mail.get_all(name, [])]
    senders = getaddresses([str(value) for value in mail.get_all("From", [])])
    return Incoming(
        message_id=str(mail.get("Message-ID", "")).strip()[:500],
        # Who names two senders names none.
        sender=senders[0][1].strip().lower() if len(senders) == 1 else "",
        recipients=tuple(address.lower() for _, address in getaddresses(addressed) if address),
        is_automatic=_is_automatic(mail),
        text=above_quotation(_body(mail)),
    )


def above_quotation(text: str) -> str:
    """Return what somebody has written themselves: all before the letter they answer and before their signature."""
    kept: list[str] = []
    for line in text.splitlines():
        plain = line.strip()
        if QUOTES.match(plain) or SIGNATURE.match(line):
            break
        kept.append(line.rstrip())
    return "\n".join(kept).strip()[:LONGEST]


def _is_automatic(mail: EmailMessage) -> bool:
    """Tell whether no human wrote this: an answer to it could be answered for ever."""
    said = str(mail.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    precedence = str(mail.get("Precedence", "")).strip().lower()
    empty_path = str(mail.get("Return-Path", "x")).strip() == "<>"
    is_report = mail.get_content_type() == "multipart/report"
    machine = (
        parseaddr(str(mail.get("From", "")))[1]
        .lower()
        .startswith(("mailer-daemon@", "postmaster@"))
    )
    automatic = mail.get("X-Autoreply") or mail.get("X-Autorespond") or mail.get("List-Id")
    return (
        said != "no" or precedence in BULK or empty_path or is_report or machine or bool(automatic)
    )


def _body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content())
    except (LookupError, ValueError, KeyError):
        return ""
    return _Text.of(content) if part.get_content_type() == "text/html" else content


class _Text(HTMLParser):
    """Keeps the words of a page of HTML, without what it quotes and what nobody sees."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self._unseen = 0

    @staticmethod
    def of(html: str) -> str:
        """Return the words."""
        reader = _Text()
        reader.feed(html)
        return "".join(reader.words())

    def words(self) -> Iterator[str]:
        """Give what was kept."""
        yield from self._words

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a line with every block, and look away from what is unseen or quoted."""
        if tag in UNSEEN:
            self._unseen += 1
        if tag in BLOCKS:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Look again."""
        if tag in UNSEEN and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self._unseen:
            self._words.append(" ".join(data.split()) if data.strip() else " ")
