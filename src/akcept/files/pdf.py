"""The one place that talks to pdfium, which is not safe to call from two threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw
from PIL import Image

_ONE_AT_A_TIME = threading.Lock()
MOST_PAGES_READ = 200
LONGEST_TEXT = 1_000_000


class BrokenPdf(Exception):
    """This is no readable PDF."""


class LockedPdf(BrokenPdf):
    """This PDF opens only with a password."""


@contextmanager
def _opened(content: BinaryIO) -> Iterator[pypdfium2.PdfDocument]:
    with _ONE_AT_A_TIME:
        content.seek(0)
        try:
            document = pypdfium2.PdfDocument(content, autoclose=False)
            try:
                yield document
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
            raise (LockedPdf if locked else BrokenPdf) from error


def count_pages(content: BinaryIO) -> int:
    """Return how many pages a PDF has; refuses one that is broken, locked or empty."""
    with _opened(content) as document:
        pages = len(document)
    if pages == 0:
        raise BrokenPdf
    return pages


def first_page(content: BinaryIO, *, longest_side: int) -> Image.Image:
    """Return a picture of page 1, whatever the size of the page; refuses a broken PDF."""
    with _opened(content) as document:
        page = document[0]
        side = max(page.get_size())
        picture: Image.Image = page.render(scale=longest_side / max(side, 1)).to_pil()
        # The bitmap belongs to pdfium and dies with the document.
        return picture.copy()


def text(content: BinaryIO) -> str:
    """Return the text of a PDF, cut where nobody would read on; refuses a broken PDF."""
    found: list[str] = []
    length = 0
    with _opened(content) as document:
        for number in range(min(len(document), MOST_PAGES_READ)):
            page = document[number].get_textpage().get_text_bounded()
            found.append(page)
            length += len(page)
            if length > LONGEST_TEXT:
                break
    return "\n".join(found)[:LONGEST_TEXT]
