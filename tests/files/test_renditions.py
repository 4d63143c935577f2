"""What the worker makes of files."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from akcept.files import apart, queries, renditions, store
from akcept.files.models import Rendition
from corpus import CORPUS
from files.conftest import AT, pdf_bytes

pytestmark = pytest.mark.django_db
INVOICES = CORPUS / "einvoice"


def test_page_one_becomes_a_picture_and_the_card_says_so(keep) -> None:
    kept = keep(pdf_bytes(pages=3))
    assert not queries.blobs(sha256s=[kept.sha256])[kept.sha256].has_thumb
    assert renditions.work(at=AT, limit=10) == 2
    card = queries.blobs(sha256s=[kept.sha256])[kept.sha256]
    assert (card.pages, card.has_thumb, card.is_readable) == (3, True, True)
    with queries.thumbnail(sha256=kept.sha256) as made, Image.open(made) as picture:
        assert (picture.format, max(picture.size)) == ("WEBP", 960)


def test_nothing_is_made_twice(keep) -> None:
    keep(pdf_bytes())
    renditions.work(at=AT, limit=10)
    assert renditions.work(at=AT + timedelta(days=1), limit=10) == 0


def test_a_picture_becomes_a_smaller_one(keep) -> None:
    with io.BytesIO() as made:
        Image.new("RGBA", (2000, 1000), (0, 0, 0, 0)).save(made, "PNG")
        kept = keep(made.getvalue(), "scan.png")
    renditions.work(at=AT, limit=10)
    with queries.thumbnail(sha256=kept.sha256) as made, Image.open(made) as picture:
        assert picture.size == (960, 480)


def test_text_can_be_read_before_the_worker_comes(keep) -> None:
    plain = keep("Обоснование".encode(), "why.txt")
    empty = keep(pdf_bytes())
    wanted = [plain.sha256, empty.sha256, "0" * 64]
    assert queries.texts_now(sha256s=wanted) == {plain.sha256: "Обоснование", empty.sha256: ""}
    assert queries.texts(sha256s=wanted) == {}


def test_plain_text_is_read(keep) -> None:
    kept = keep("Обоснование".encode("cp1251"), "why.txt")
    renditions.work(at=AT, limit=10)
    assert queries.texts(sha256s=[kept.sha256]) == {kept.sha256: "Обоснование"}


def test_what_cannot_be_made_fails_without_stopping_the_rest(keep, folder: Path) -> None:
    broken, sound = keep(pdf_bytes(), "a.pdf"), keep(pdf_bytes(pages=2), "b.pdf")
    (folder / store.key(broken.sha256)).write_bytes(b"%PDF-1.7 spoiled on the disk")
    renditions.work(at=AT, limit=10)
    states = dict(Rendition.objects.filter(kind="THUMB").values_list("blob_id", "state"))
    assert states == {broken.sha256: "FAILED", sound.sha256: "DONE"}
    assert queries.thumbnail(sha256=broken.sha256) is None


def test_a_file_that_kills_the_worker_is_given_up_in_the_end(keep) -> None:
    keep(b"words", "why.txt")
    Rendition.objects.update(attempts=renditions.MOST_ATTEMPTS)
    renditions.work(at=AT, limit=10)
    assert Rendition.objects.get().state == "FAILED"


def form_of_forms(depth: int) -> bytes:
    """Return a small PDF whose one page draws ten forms, each of them ten others, and so on."""
    ten = b"/X Do " * 10
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</XObject<</X %d 0 R>>>>/Length 60>>"
        b"stream\n%b\nendstream " % (number + 6, ten)
        for number in range(depth)
    ]
    last = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 11>>stream\n0 0 9 9 re f\nendstream "
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page,
        b"<</Length 60>>stream\n%b\nendstream " % ten, *forms, last,
    )  # fmt: skip
    body = b"".join(b"%d 0 obj%bendobj\n" % row for row in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def test_a_pdf_made_to_take_for_ever_stops_nobody(
    keep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two kilobytes that a process would draw ten thousand million times."""
    patient = apart.Helper(seconds=1)
    monkeypatch.setattr(apart, "helper", patient)
    evil, sound = keep(form_of_forms(9), "a.pdf"), keep(pdf_bytes(), "b.pdf")
    renditions.work(at=AT, limit=10)
    states = dict(Rendition.objects.filter(kind="THUMB").values_list("blob_id", "state"))
    assert states == {evil.sha256: "FAILED", sound.sha256: "DONE"}
    assert queries.texts_now(sha256s=[evil.sha256, sound.sha256]) == {evil.sha256: "", sound.sha256: ""}  # fmt: skip
    patient.close()


def test_whoever_opens_files_of_strangers_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AKCEPT_SECRET_KEY", "a secret")
    helper = apart.Helper()
    with pytest.raises(apart.NotUnfolded):
        helper.text("/dev/null")
    assert helper._process is not None
    environment = Path(f"/proc/{helper._process.pid}/environ").read_bytes()
    assert b"SECRET" not in environment
    helper.close()


@pytest.mark.corpus
def test_real_invoices_are_kept_and_read(keep) -> None:
    for path in sorted((INVOICES / "zugferd-triples").glob("*.pdf"))[:3]:
        kept = keep(path.read_bytes(), path.name)
        renditions.work(at=AT, limit=10)
        assert len(queries.texts(sha256s=[kept.sha256])[kept.sha256]) > 100
