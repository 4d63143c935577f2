"""Files that are more than they say: none runs, none gets out of its folder, none unfolds to what fills the machine."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from akcept.cases import services
from akcept.cases.inputs import NewFile
from akcept.engine.refusals import InvalidInput
from akcept.files import services as files
from akcept.files.models import Blob
from akcept.files.renditions import work
from akcept.kit import clock
from akcept.payments import batch
from akcept.web.forms import uploads
from conftest import LogIn
from troupe import AT, PDF, TODAY, Cast, approved, keep, send

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = b"<script>alert(1)</script>"
PDF_WITH_CODE = PDF.replace(
    b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """Return a small file that says it is a picture of any size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def package(*parts: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(name, content)
    return stream.getvalue()


REFUSED = {
    "page.html": b"<!DOCTYPE html><html><body>" + SCRIPT,
    "late.html": b" " * 9000 + SCRIPT,
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "picture.xml": b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>',
    "x.xhtml": b'<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"/>',
    "x.exe": b"MZ" + b"\x00" * 100,
    "x.pdf": b"<html>" + SCRIPT,
    "x.sh": b"\x7fELF\x02\x01\x01" + b"\x00" * 100,
    "x.jar": package(("META-INF/MANIFEST.MF", b""), ("a.class", b"")),
    "x.zip": package(("../../etc/passwd", b"x")),
    "x.docm": package(("[Content_Types].xml", b""), ("word/document.xml", b""), ("word/vbaProject.bin", b"")),
    "huge.png": png(60_000, 60_000),
    "empty.pdf": b"",
    "cut.pdf": b"%PDF-1.7\n1 0 obj<<",
}  # fmt: skip


def upload(client: Client, name: str, content: bytes) -> Any:
    return client.post("/files/", {"file": SimpleUploadedFile(name, content), "purpose": "ACT"})


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_run_or_break_is_not_kept(cast: Cast, log_in: LogIn, name: str) -> None:
    answer = upload(log_in("anna"), name, REFUSED[name])
    if name == "late.html":  # Its head is blank text, and so it is text for good.
        assert Blob.objects.get().media_type == "text/plain"
        return
    assert answer.status_code == 422
    assert not Blob.objects.exists()


def attach(cast: Cast, client: Client, name: str, content: bytes) -> tuple[str, Any, Any]:
    """Attach a file to a case of Anna's and return its name, how it is shown and how it is downloaded."""
    kept = keep(content, name)
    case_id = send(cast).case_id
    new = NewFile("ACT", kept.sha256, kept.name)
    services.attach(case_id=case_id, by=cast.asks("anna"), files=[new], at=clock.now())
    path = f"/cases/{case_id}/files/2/"
    return kept.name, client.get(path), client.get(f"{path}download/")


HARMLESS = {
    "js.pdf": (PDF_WITH_CODE, True),
    "polyglot.pdf": (SCRIPT + PDF, True),
    "page.txt": (b"hello\n" + SCRIPT, False),
    "order.xml": (b'<?xml version="1.0"?><a><b xmlns="http://www.w3.org/1999/xhtml">x</b></a>', False),
    "table.csv": (b"=cmd|' /C calc'!A0,1\n", False),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_nothing_of_a_file_runs_in_our_pages(cast: Cast, log_in: LogIn, name: str) -> None:
    content, is_shown = HARMLESS[name]
    _, shown, saved = attach(cast, log_in("anna"), name, content)
    for answer in (shown, saved):
        assert answer.status_code == 200
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert "html" not in answer["Content-Type"]
        assert "svg" not in answer["Content-Type"]
        assert b"".join(answer.streaming_content) == content
    assert shown["Content-Disposition"].startswith("inline" if is_shown else "attachment")
    assert saved["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "..\\..\\boot.ini", "/etc/shadow", "a\x00.pdf.exe", "evil\u202efdp.exe", 'a".pdf\r\nX-Evil: 1', "CON.pdf", "." * 400, "я" * 400, "\ud83d.pdf", "a\u200b.pdf", "~/.ssh/id_rsa"],
)  # fmt: skip
def test_a_name_leads_nowhere_and_turns_nothing_around(cast: Cast, log_in: LogIn, name: str) -> None:  # fmt: skip
    kept, shown, saved = attach(cast, log_in("anna"), name, PDF + b"%x\n")
    assert kept.endswith(".pdf")
    assert len(kept) <= 300
    assert not {"/", "\\", "\0", "\n", "\r", "\u202e", "\u200b", '"'} & {*kept}
    assert "X-Evil" not in saved.headers
    assert "\n" not in saved["Content-Disposition"]
    assert ".." not in unquote(saved["Content-Disposition"]).split(".pdf")[0]
    assert b"".join(shown.streaming_content) == b"".join(saved.streaming_content)


def test_a_picture_that_unfolds_to_much_is_made_no_thumbnail_of(cast: Cast) -> None:
    """9 000 × 9 000 is allowed, but behind it stand not so many bytes."""
    kept = keep(png(9000, 9000, b"\x00" * 1000), "a.png")
    assert work(at=clock.now(), limit=5) == 1
    assert Blob.objects.get().sha256 == kept.sha256


def test_a_package_of_a_thousandfold_size_is_never_unfolded(cast: Cast, log_in: LogIn) -> None:
    bomb = package(
        ("[Content_Types].xml", b""), ("xl/workbook.xml", b""), ("xl/a.xml", b"\x00" * 20_000_000)
    )
    assert len(bomb) < 100_000
    assert upload(log_in("anna"), "bomb.xlsx", bomb).status_code == 200
    assert work(at=clock.now(), limit=5) == 0


def test_somebody_elses_upload_is_nobodys_attachment(cast: Cast, log_in: LogIn) -> None:
    kept = keep(PDF, "a.pdf")
    note = uploads.note(cast.anna.id, kept.sha256, kept.name)
    mine = log_in("anna").get(f"/files/{note}/")
    assert b"".join(mine.streaming_content) == PDF
    assert log_in("oleg").get(f"/files/{note}/").status_code == 404
    assert log_in("anna").get(f"/files/{note[:-1]}x/").status_code == 404


def test_knowing_a_hash_is_not_having_the_file(cast: Cast) -> None:
    """Contents may be attached by who uploaded them, and by who reads them on a document."""
    with BytesIO(b"Names and salaries") as secret:
        kept = files.keep(stream=secret, name="a.txt", by=cast.gleb.id, at=AT)
    new, never = NewFile("ACT", kept.sha256, "a.txt"), NewFile("ACT", "0" * 64, "a.txt")
    case_id = send(cast).case_id
    said = []
    for file in (new, never):
        with pytest.raises(InvalidInput) as refusal:
            services.attach(case_id=case_id, by=cast.asks("anna"), files=[file], at=AT)
        said.append(refusal.value.errors)
    assert said == [{"files.0.sha256": "FILE_UNKNOWN"}] * 2
    services.attach(case_id=case_id, by=cast.asks("gleb"), files=[new], at=AT)
    done = services.attach(case_id=case_id, by=cast.asks("anna"), files=[new], at=AT)
    assert done.case_id == case_id


def test_an_order_that_somebody_else_uploaded_is_not_read(cast: Cast) -> None:
    with BytesIO(b"Payment order 118, 120000-00") as order:
        kept = files.keep(stream=order, name="118.txt", by=cast.gleb.id, at=AT)
    case_id = approved(cast).case_id
    with pytest.raises(InvalidInput):
        batch.plan(
            by=cast.asks("clara"),
            case_ids=[case_id],
            on=TODAY,
            orders=[batch.NamedFile(kept.sha256, kept.name)],
            at=AT,
        )
