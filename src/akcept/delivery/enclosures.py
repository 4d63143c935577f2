"""The files of a mail, as they are packed: names and bytes, nothing opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message

from akcept.kit.text import readable

MOST = 20
# Somebody passes on a letter that was passed on to them; deeper down nobody looks.
DEEPEST = 8
# What proves or announces a letter is no part of what it brings.
MADE_BY_PROGRAMS = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-keys",
        "text/calendar",
        "text/vcard",
        "text/x-vcard",
    }
)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file of a mail."""

    name: str
    content: bytes


def of(mail: EmailMessage) -> tuple[Enclosure, ...]:
    """Return the files of a mail and of the letters within it, twenty at most."""
    found: list[Enclosure] = []
    for part in _parts(mail, DEEPEST, is_picture_of_text=False):
        if len(found) == MOST:
            break
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            found.append(Enclosure(readable(part.get_filename() or ""), content))
    return tuple(found)


def _parts(part: Message, depth: int, *, is_picture_of_text: bool) -> Iterator[Message]:
    if part.is_multipart():
        # What belongs to a page of HTML are logos and signatures.
        related = part.get_content_type() == "multipart/related"
        for place, inner in enumerate(part.get_payload() if depth else []):
            assert isinstance(inner, Message)
            yield from _parts(inner, depth - 1, is_picture_of_text=related and place > 0)
    elif _is_file(part, is_picture_of_text=is_picture_of_text):
        yield part


def _is_file(part: Message, *, is_picture_of_text: bool) -> bool:
    kind, is_attached = part.get_content_type(), part.get_content_disposition() == "attachment"
    if kind in MADE_BY_PROGRAMS or kind.startswith(("multipart/", "message/")):
        return False
    if part.get_content_maintype() == "image" and is_picture_of_text and not is_attached:
        return False
    is_text = kind in {"text/plain", "text/html"} and not part.get_filename()
    return is_attached or not is_text
