from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest

from akcept.files import store
from akcept.files.store import KeptFile

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SOMEBODY = UUID("00000000-0000-7000-8000-000000000001")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    """Keep files in a folder of this test alone."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    return tmp_path


def pdf_bytes(pages: int = 1) -> bytes:
    """Return a real PDF of empty A4 pages."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    with io.BytesIO() as made:
        document.save(made)
        document.close()
        return made.getvalue()


@pytest.fixture
def keep() -> Callable[..., KeptFile]:
    def keep_bytes(content: bytes, name: str = "счёт.pdf", **options: int) -> KeptFile:
        return store.keep(stream=io.BytesIO(content), name=name, by=SOMEBODY, at=AT, **options)

    return keep_bytes
