"""Files are kept by what they contain, and what does not belong is refused with a reason."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from akcept.engine.refusals import InvalidInput, NotFound
from akcept.files import queries, store
from akcept.files.models import Blob, Rendition
from files.conftest import pdf_bytes

pytestmark = pytest.mark.django_db


def package(**parts: bytes) -> bytes:
    with io.BytesIO() as made:
        with zipfile.ZipFile(made, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
        return made.getvalue()


def picture(form: str, size: tuple[int, int] = (30, 20)) -> bytes:
    with io.BytesIO() as made:
        Image.new("RGB", size, "white").save(made, form)
        return made.getvalue()


DOCX = package(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
ACCEPTED = [
    (pdf_bytes(), "счёт.pdf", "application/pdf"),
    (picture("PNG"), "scan.png", "image/png"),
    (picture("JPEG"), "scan.JPEG", "image/jpeg"),
    (picture("WEBP"), "scan.webp", "image/webp"),
    (picture("TIFF"), "scan.tif", "image/tiff"),
    (DOCX, "договор.docx", store.kinds.DOCX),
    (
        package(**{"[Content_Types].xml": b"<T/>", "xl/workbook.xml": b""}),
        "a.xlsx",
        store.kinds.XLSX,
    ),
    (package(mimetype=store.kinds.ODT.encode()), "a.odt", store.kinds.ODT),
    (b'<?xml version="1.0"?><!-- no --><ubl:Invoice/>', "e.xml", "application/xml"),
    ('<?xml version="1.0" encoding="windows-1251"?><Файл/>'.encode("cp1251"), "e.xml", None),
    ("дата;сумма\n1;2".encode("cp1251"), "выписка.csv", "text/csv"),
    ("Обоснование".encode(), "why.txt", "text/plain"),
]


@pytest.mark.parametrize(("content", "name", "media_type"), ACCEPTED)
def test_what_an_office_sends_is_kept(keep, content: bytes, name: str, media_type: str) -> None:
    kept = keep(content, name)
    assert kept.media_type == (media_type or "application/xml")
    assert (kept.name, kept.size) == (name, len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    with queries.content(sha256=kept.sha256) as opened:
        assert opened.read() == content


REFUSED = [
    (b"", "счёт.pdf", "FILE_EMPTY"),
    (b"MZ\x90\x00" + bytes(60), "счёт.pdf", "FILE_NOT_PDF"),
    (b"only words", "счёт.pdf", "FILE_NOT_PDF"),
    (picture("PNG"), "счёт.pdf", "FILE_NOT_PDF"),
    (b"%PDF-1.7\nbut nothing more", "счёт.pdf", "FILE_BROKEN_PDF"),
    (b"MZ\x90\x00" + bytes(60), "setup.exe", "FILE_TYPE"),
    (b"\x7fELF" + bytes(60), "run", "FILE_TYPE"),
    (b"<html><script>alert(1)</script></html>", "page.html", "FILE_TYPE"),
    (b"<!-- x --><!DOCTYPE html><body>", "page.txt", "FILE_TYPE"),
    (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "a.xml", "FILE_TYPE"),
    (b'<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>', "a.xml", "FILE_TYPE"),
    (package(a_xml=b""), "files.zip", "FILE_TYPE"),
    (package(**{"[Content_Types].xml": b"", "xl/vbaProject.bin": b""}), "a.xlsm", "FILE_TYPE"),
    (b"PK\x03\x04 and no more", "a.docx", "FILE_TYPE"),
    (b"GIF89a" + bytes(20), "a.gif", "FILE_TYPE"),
    (b"words\x00and NUL", "a.txt", "FILE_TYPE"),
    (picture("PNG")[:20], "scan.png", "FILE_BROKEN_IMAGE"),
]


@pytest.mark.parametrize(("content", "name", "code"), REFUSED)
def test_the_rest_is_refused_and_nothing_is_kept(
    keep, folder: Path, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        keep(content, name)
    assert refused.value.errors == {"file": code}
    assert list(folder.rglob("*")) == []
    assert not Blob.objects.exists()


def test_a_picture_that_would_unfold_to_gigabytes_is_refused(keep) -> None:
    small = bytearray(picture("PNG"))
    small[16:24] = (40_000).to_bytes(4) * 2  # width and height
    with pytest.raises(InvalidInput) as refused:
        keep(bytes(small), "bomb.png")
    assert refused.value.errors == {"file": "FILE_BROKEN_IMAGE"}


def test_a_file_above_the_limit_is_refused_before_it_is_read_to_the_end(keep) -> None:
    with pytest.raises(InvalidInput) as refused:
        keep(b"x" * 11, "a.txt", limit=10)
    assert refused.value.errors == {"file": "FILE_TOO_LARGE"}


def test_the_same_contents_are_kept_once(keep, folder: Path) -> None:
    content = pdf_bytes()
    one, other = keep(content, "счёт.pdf"), keep(content, "копия.pdf")
    assert one.sha256 == other.sha256
    assert other.name == "копия.pdf"
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1
    assert Blob.objects.count() == 1
    assert Rendition.objects.count() == 2


def test_the_beginning_left_by_a_killed_upload_is_replaced(keep, folder: Path) -> None:
    sha256 = hashlib.sha256(DOCX).hexdigest()
    place = folder / store.key(sha256)
    place.parent.mkdir(parents=True)
    place.write_bytes(DOCX[:7])
    keep(DOCX, "договор.docx")
    assert place.read_bytes() == DOCX


def test_what_was_never_kept_is_not_there() -> None:
    with pytest.raises(NotFound):
        store.open("0" * 64)


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("C:\\Documents\\счёт.pdf", "счёт.pdf"),
        ("../../etc/счёт.pdf", "счёт.pdf"),
        ("сч\0ёт\x1b.pdf", "счёт.pdf"),
        ("счёт\u202efdp.exe", "счётfdp.exe.pdf"),
        ("🧾 счёт  49.pdf", "🧾 счёт 49.pdf"),
        ("", "file.pdf"),
        (" .pdf", "pdf.pdf"),
        ("a" * 400 + ".pdf", "a" * 296 + ".pdf"),
        ("a" * 400, "a" * 296 + ".pdf"),
    ],
)
def test_names_are_cleaned(keep, name: str, kept_as: str) -> None:
    assert keep(pdf_bytes(), name).name == kept_as
