"""What a form or a program says beyond what its page offers is nobody's command."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from akcept.cases import queries, services
from akcept.cases.inputs import NewFile
from akcept.cases.models import Case
from akcept.engine.refusals import NotFound
from akcept.journal.models import Entry
from akcept.kit import ids
from akcept.web.forms import typed
from conftest import LogIn
from sheets import pdf, revision, sheet
from sheets import send as send_page
from troupe import AT, PDF, Cast, approved, keep_pdf, send

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = [
    "//evil.example", "https://evil.example/", "https:evil.example", "http:///evil.example", "javascript:alert(1)",
    "\\\\evil.example", "/\\evil.example", "evil.example", "nonsense", "web:feed",
]  # fmt: skip


@pytest.mark.parametrize("there", ELSEWHERE)
def test_a_form_leads_on_within_akcept_only(cast: Cast, log_in: LogIn, there: str) -> None:
    boris, case_id = log_in("boris"), send(cast).case_id
    said = {"text": "x", "next": there, "key": str(ids.new_id())}
    answer = boris.post(f"/cases/{case_id}/act/comment/", said)
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case_id}/")
    assert boris.post("/notices/read", {"next": there})["Location"] == "/notices/"


def test_a_line_break_in_an_address_writes_no_header(cast: Cast, log_in: LogIn) -> None:
    answer = log_in("boris").post("/notices/read", {"next": "/a\r\nSet-Cookie: x=y"})
    assert answer["Location"] == "/a%0D%0ASet-Cookie:%20x=y"
    assert "Set-Cookie" not in answer.headers


def test_nobody_writes_what_the_form_does_not_ask(cast: Cast, log_in: LogIn) -> None:
    forged = {
        "initiator": str(cast.boris.id), "authors": str(cast.boris.id), "state": "PAID", "number": "9999",
        "id": str(ids.new_id()), "approved_by": str(cast.gleb.id), "seats": "[]", "revision": "7",
    }  # fmt: skip
    row = Case.objects.get(id=send_page(log_in("anna"), cast, **forged))
    assert (row.initiator_id, row.state, row.number, row.revision) == (
        cast.anna.id,
        "IN_APPROVAL",
        1,
        1,
    )


def test_what_one_may_not_see_cannot_be_copied(cast: Cast, log_in: LogIn) -> None:
    hidden = send(cast).case_id
    oleg = log_in("oleg")
    assert oleg.get("/cases/new/", {"copy": str(hidden)}).status_code == 404
    answer = oleg.post(f"/cases/new/?copy={hidden}", sheet(cast, do="draft", supplier_number="1"))
    assert answer.status_code == 404
    assert Case.objects.count() == 1


@pytest.mark.parametrize("who", ["anna", "clara"])
def test_no_other_paper_takes_the_place_of_an_approved_invoice(cast: Cast, who: str) -> None:
    """The approvals would stand, and who pays would see the paper instead."""
    done = approved(cast)
    new = keep_pdf("x.pdf", "OTHER", PDF + b"% another\n")
    forged = NewFile(new.purpose, new.sha256, new.name, replaces=1)
    with pytest.raises(NotFound):
        services.attach(case_id=done.case_id, by=cast.asks(who), files=[forged], at=AT)
    (file,) = queries.case_card(by=cast.asks("clara"), case_id=done.case_id, at=AT).files
    assert (file.is_current, file.is_main) == (True, True)


def test_a_new_version_of_the_invoice_is_an_invoice_whatever_the_form_says(
    cast: Cast, log_in: LogIn
) -> None:
    done = approved(cast)
    form = {"purpose": "OTHER", "replaces": "1", "file": pdf("another")}
    log_in("anna").post(f"/cases/{done.case_id}/act/attach/", form)
    row = Case.objects.get(id=done.case_id)
    assert (row.state, row.revision) == ("REWORK", done.revision + 1)


def test_a_preview_tells_nothing_of_a_case_one_may_not_see(cast: Cast, log_in: LogIn) -> None:
    hidden, never = send(cast).case_id, ids.new_id()
    oleg = log_in("oleg")
    form = sheet(cast, files=[])
    told = [oleg.post("/cases/preview/", form | {"case": str(id)}) for id in (hidden, never)]
    texts = [re.sub(r"\b\w{64}\b", "", answer.content.decode()) for answer in told]
    assert texts[0] == texts[1]
    assert "Boris" not in texts[0]


def test_a_get_decides_nothing(cast: Cast, log_in: LogIn) -> None:
    case_id = send(cast).case_id
    before = Entry.objects.count()
    for verb in ("approve", "return", "reject", "pay"):
        answer = log_in("boris").get(f"/cases/{case_id}/act/{verb}/", {"revision": 1})
        assert answer.status_code == 405
    assert Entry.objects.count() == before


def test_a_task_or_a_revision_of_another_case_opens_nothing(cast: Cast, log_in: LogIn) -> None:
    mine, other = send(cast), send(cast, supplier_number="78", amount=100)
    boris = log_in("boris")
    task = f"{other.case_id}:1"
    for said in (
        {"task": task, "person": str(cast.vera.id)},
        {"task": "1" * 400, "person": str(cast.vera.id)},
    ):
        answer = boris.post(f"/cases/{mine.case_id}/act/reassign/", said)
        assert answer.status_code in {404, 409, 422}
    stale = {"revision": revision(mine.case_id) + 1}
    assert boris.post(f"/cases/{mine.case_id}/act/approve/", stale).status_code == 409
    assert Case.objects.get(id=mine.case_id).state == "IN_APPROVAL"


def test_a_key_used_for_one_case_decides_no_other(cast: Cast, log_in: LogIn) -> None:
    first, second = send(cast), send(cast, supplier_number="78", amount=100)
    boris = log_in("boris")
    form = {"revision": 1, "key": "the-same"}
    assert boris.post(f"/cases/{first.case_id}/act/approve/", form).status_code == 302
    assert boris.post(f"/cases/{second.case_id}/act/approve/", form).status_code == 422
    decided = Entry.objects.filter(kind="APPROVED").values_list("chain_id", flat=True)
    assert list(decided) == [first.case_id]


def test_a_key_of_somebody_else_answers_nothing_of_theirs(cast: Cast) -> None:
    services.comment(
        case_id=send(cast).case_id, by=cast.asks("boris"), text="x", at=AT, key="secret"
    )
    hidden = Case.objects.get().id
    with pytest.raises(NotFound):
        services.comment(case_id=hidden, by=cast.asks("oleg"), text="x", at=AT, key="secret")


@pytest.mark.parametrize(
    ("said", "minor"),
    [("120,000.00", 12_000_000), ("1.234.567,89", 123_456_789), ("0.500", 50), ("1000.5", 100_050)],
)
def test_an_amount_is_read_as_it_was_meant(said: str, minor: int) -> None:
    assert typed.amount(said, "RUB") == minor


def test_three_digits_after_the_readers_own_decimal_sign_are_refused() -> None:
    assert typed.amount("120,000", "RUB") == 12_000_000
    with pytest.raises(ValueError, match="TOO_PRECISE"):
        typed.amount("120.000", "RUB")
    with translation.override("ru"):
        for said in ("120,000", "120.000", "12,345"):
            with pytest.raises(ValueError, match="TOO_PRECISE"):
                typed.amount(said, "RUB")
        assert typed.amount("120 000", "RUB") == 12_000_000


@pytest.mark.parametrize("said", ["120000.001", "1234,567.89", "1e9", "-1", "0", "NaN", "9" * 30, "１２", "1\x00"])  # fmt: skip
def test_an_amount_that_could_mean_something_else_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"NOT_A_NUMBER|TOO_PRECISE|AMOUNT"):
        typed.amount(said, "RUB")
