from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from typing import Any

import pytest

from akcept.delivery import addresses, mailroom
from akcept.delivery.channels.memory import Memory
from akcept.delivery.models import Delivery, ReceivedMail
from akcept.delivery.verdicts import Outcome
from akcept.intake import queries
from akcept.intake.queries import ItemCard
from akcept.journal.models import Entry
from delivery.telling import send_all
from letters import BILL, letter
from troupe import AT, PDF, Cast

pytestmark = pytest.mark.django_db(transaction=True)
VOUCHED = "mx.example.com; spf=pass; dmarc=pass header.from=example.com"


@pytest.fixture(autouse=True)
def _letters_come_in(settings: Any) -> None:
    settings.AKCEPT_INTAKE = "invoices@example.com"
    settings.AKCEPT_MAIL_VERIFIER = "mx.example.com"


def items(cast: Cast, who: str = "clara") -> list[ItemCard]:
    """Return what somebody finds waiting."""
    by = cast.asks(who)
    page = queries.items(by=by, at=AT)
    return [queries.item(item_id=line.id, by=by, at=AT) for line in page.items]


def test_an_invoice_sent_by_a_supplier_waits_once_for_those_who_handle_it(cast: Cast) -> None:
    raw = letter(BILL)
    assert mailroom.take(raw, at=AT) is Outcome.TAKEN_IN
    assert mailroom.take(raw, at=AT) is Outcome.REPEATED
    (item,) = items(cast)
    assert item.line.sender == "bills@romashka.example"
    assert item.line.sender_name == "ООО «Ромашка»"
    assert item.line.subject == "Счёт № 77 за хостинг"
    assert item.text == "Добрый день!\nСчёт во вложении."
    assert [file.name for file in item.files] == ["счёт.pdf"]
    assert not item.line.is_verified
    assert items(cast, "anna") == []
    assert ReceivedMail.objects.get().item_id == item.line.id
    assert Entry.objects.filter(chain="INTAKE").count() == 1


def test_what_comes_to_ones_own_address_is_ones_own(cast: Cast) -> None:
    own = addresses.for_intake(person_id=cast.anna.id)
    mailroom.take(letter(BILL, to=own, sender="anna@example.com"), at=AT)
    (item,) = items(cast, "anna")
    assert item.line.is_verified
    assert item.line.holder == "Anna Annina"
    assert queries.waiting(by=cast.asks("clara"), at=AT) == 0


def test_a_sender_is_believed_when_our_own_server_vouches_for_them(cast: Cast) -> None:
    mailroom.take(letter(BILL, sender="anna@example.com", Authentication_Results=VOUCHED), at=AT)
    assert items(cast, "anna")[0].line.is_verified


@pytest.mark.parametrize(
    "said",
    [
        "",
        "elsewhere.example; dmarc=pass header.from=example.com",
        "mx.example.com; dmarc=fail header.from=example.com",
        "mx.example.com; dmarc=pass header.from=romashka.example",
    ],
)
def test_a_forged_sender_is_nobody_we_know(cast: Cast, said: str) -> None:
    raw = letter(BILL, sender="anna@example.com", Authentication_Results=said)
    mailroom.take(raw, at=AT)
    assert items(cast, "anna") == []
    assert not items(cast)[0].line.is_verified


def test_the_address_of_somebody_else_makes_nothing_theirs(cast: Cast) -> None:
    of_boris = addresses.for_intake(person_id=cast.boris.id)
    mailroom.take(letter(BILL, to=of_boris, sender="anna@example.com"), at=AT)
    assert items(cast, "anna") == items(cast, "boris") == []
    assert len(items(cast)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"sender": "MAILER-DAEMON@example.com"},
        {"sender": "invoices@example.com"},
    ],
)
def test_what_machines_answer_becomes_nothing_and_is_not_answered(
    cast: Cast, headers: dict[str, str]
) -> None:
    assert mailroom.take(letter(BILL, **headers), at=AT) is Outcome.AUTOMATIC
    assert items(cast) == []
    assert not Delivery.objects.exists()


def test_what_a_machine_sends_of_itself_says_so(cast: Cast) -> None:
    mailroom.take(letter(BILL, Auto_Submitted="auto-generated"), at=AT)
    assert items(cast)[0].line.is_automatic


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ((), "There was no file with it. Send the invoice as a file, best as a PDF."),
        ((("a.exe", b"MZ\x90\x00\x03\x00\x00\x00"),), "None of its files can be taken:"),
    ],
)
def test_a_colleague_is_told_once_why_nothing_came_of_their_letter(
    cast: Cast, memory: Memory, files: tuple[tuple[str, bytes], ...], line: str
) -> None:
    own = addresses.for_intake(person_id=cast.anna.id)
    raw = letter(*files, to=own, sender="anna@example.com")
    mailroom.take(raw, at=AT)
    mailroom.take(raw, at=AT)
    send_all()
    (answer,) = memory.letters
    assert answer.address == "anna@example.com"
    assert answer.lines[0] == line
    assert answer.heading == "Your mail did not become an invoice"


@pytest.mark.parametrize(
    "headers",
    [
        {"sender": "bills@romashka.example"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"X_Auto_Response_Suppress": "All"},
    ],
)
def test_nobody_else_is_ever_answered(cast: Cast, headers: dict[str, str]) -> None:
    own = addresses.for_intake(person_id=cast.anna.id)
    mailroom.take(letter(**{"to": own, "sender": "anna@example.com", **headers}), at=AT)
    assert not Delivery.objects.exists()
    assert ReceivedMail.objects.get().outcome == Outcome.NO_FILE


def test_answers_end_where_two_machines_talk(cast: Cast) -> None:
    own = addresses.for_intake(person_id=cast.anna.id)
    for number in range(mailroom.MOST_ANSWERS + 3):
        mailroom.take(letter(to=own, sender="anna@example.com", number=number), at=AT)
    assert Delivery.objects.count() == mailroom.MOST_ANSWERS


def test_a_flood_from_one_address_is_held_back(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("akcept.intake.services.MOST_A_DAY", 2)
    outcomes = [mailroom.take(letter(BILL, number=number), at=AT) for number in range(3)]
    assert outcomes == [Outcome.TAKEN_IN, Outcome.TAKEN_IN, Outcome.TOO_OFTEN]


def test_good_files_are_taken_and_bad_ones_named(cast: Cast) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("zeros", b"\0" * 50_000_000)
    mailroom.take(letter(("bomb.zip", bomb.getvalue()), BILL, ("empty.pdf", b"no pdf")), at=AT)
    (item,) = items(cast)
    assert [(file.name, file.problem) for file in item.files] == [
        ("bomb.zip", "FILE_TYPE"),
        ("счёт.pdf", ""),
        ("empty.pdf", "FILE_NOT_PDF"),
    ]


def test_a_letter_passed_on_within_a_letter_is_looked_into(cast: Cast) -> None:
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("see the file")
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="inner.pdf")
    outer = EmailMessage()
    outer["From"], outer["To"] = "x@y.example", "invoices@example.com"
    outer.set_content("fwd")
    outer.add_attachment(inner)
    mailroom.take(outer.as_bytes(), at=AT)
    assert [file.name for file in items(cast)[0].files] == ["inner.pdf"]


def test_the_logo_of_a_signature_is_no_file(cast: Cast) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "x@y.example", "invoices@example.com"
    message.set_content("Hello")
    message.add_alternative('<p>Hello <img src="cid:logo"></p>', subtype="html")
    page: Any = message.get_payload()[1]
    page.add_related(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", cid="<logo>")
    assert mailroom.take(message.as_bytes(), at=AT) is Outcome.NO_FILE


HEAD = b"From: a@b.example\nTo: invoices@example.com\n"
MIXED = b'Content-Type: multipart/mixed; boundary="b"\n\n'


@pytest.mark.parametrize(
    "raw",
    [
        b"From: " + b"(" * 5_000 + b"\n\nx",
        HEAD + b"X: y\n" * 100_000 + b"\nx",
        HEAD + b"Content-Type: text/plain; " + b"a=b; " * 20_000 + b"\n\nx",
        HEAD + MIXED + b"--b\n\nx\n" * 200_000,
        HEAD + b"Content-Type: message/rfc822\n\n" * 5_000,
        HEAD
        + b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(1_500)
        ),
        b"From: a\0b@x.example\nMessage-ID: <\0\xff>\nTo: invoices@example.com\nSubject: \0\n\nx\0",
        HEAD + b"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n!!!!",
        HEAD + b"Subject: =?utf-8?b?/////?=\nContent-Type: text/plain; charset=nope\n\n\xff",
    ],
    ids=["from", "head", "type", "parts", "letters", "nested", "nul", "base64", "charset"],
)
def test_a_mail_made_to_keep_us_busy_is_harmless(cast: Cast, raw: bytes) -> None:
    assert mailroom.take(raw, at=AT) in Outcome
    assert items(cast) == []
    assert not Delivery.objects.exists()


def test_what_nobody_types_is_left_out(cast: Cast) -> None:
    raw = letter(BILL, subject="\u202egnp.fdp", body="w" * 20_000 + "\u202e")
    mailroom.take(raw, at=AT)
    (item,) = items(cast)
    assert item.line.subject == "gnp.fdp"
    assert item.text == "w" * 10_000
