"""What a file is, by its contents; its name is only believed where contents cannot tell."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

import filetype

PDF = "application/pdf"
PNG, JPEG, WEBP, TIFF = "image/png", "image/jpeg", "image/webp", "image/tiff"
XML, CSV, TEXT = "application/xml", "text/csv", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

# What is accepted, with the extensions it may go by, the usual one first.
EXTENSIONS = {
    PDF: ("pdf",),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg"),
    WEBP: ("webp",),
    TIFF: ("tif", "tiff"),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
    ODT: ("odt",),
    ODS: ("ods",),
    XML: ("xml",),
    CSV: ("csv",),
    TEXT: ("txt",),
}
IMAGES = frozenset((PNG, JPEG, WEBP, TIFF))
_HEAD = 8192
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_ROOT = re.compile(r"<(?:\w+:)?([\w.\-]+)")
# A browser runs what is inside of these.
_ACTIVE = frozenset("html head body script svg iframe object embed style link meta base".split())


def detect(content: BinaryIO, *, extension: str) -> str | None:
    """Return the media type of accepted contents; None for anything else, programs and pages first."""
    content.seek(0)
    head = content.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _package(content)
    guessed: str | None = filetype.guess_mime(head)
    if guessed is not None:
        return guessed if guessed in IMAGES else None
    return _text(head, extension)


def _package(content: BinaryIO) -> str | None:
    try:
        with zipfile.ZipFile(content) as package:
            names = set(package.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names:
                with package.open("mimetype") as declared:
                    named = declared.read(100).decode("ascii", "replace").strip()
                return named if named in (ODT, ODS) else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in _OFFICE.items() if part in names), None)


def _text(head: bytes, extension: str) -> str | None:
    text = decoded(head)
    if text is None:
        return None
    start = re.sub(r"^(\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*", "", text, flags=re.DOTALL | re.I)
    if not start.startswith("<"):
        return None if text.lstrip().startswith("<!") else (CSV if extension == "csv" else TEXT)
    root = _ROOT.match(start)
    return None if root is None or root[1].lower() in _ACTIVE else XML


def decoded(content: bytes) -> str | None:
    """Return text in UTF-8, UTF-16 with its mark or windows-1251; None for what is no text."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1251"):
        # The head of a file may end within a letter.
        for cut in range(4):
            try:
                text = content[: len(content) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return None if re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text) else text
    return None
