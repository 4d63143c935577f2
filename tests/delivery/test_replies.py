from __future__ import annotations

import email
import email.policy
import subprocess
import sys
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest

from akcept.delivery import chronicle, incoming, mailroom
from akcept.delivery.channels.memory import Memory
from akcept.delivery.models import Delivery, Notice, ReceivedMail
from akcept.delivery.verdicts import ANSWERED, Outcome
from delivery.telling import LATER, send_all, tell
from troupe import AT, PDF, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)
QUOTED = "Please hurry.\n\nOn Fri, 20 Nov 2026 at 12:00, Akcept wrote:\n> Approval of invoice 1\n"


@pytest.fixture(autouse=True)
def _mail_comes_in(settings: Any) -> None:
    settings.AKCEPT_MAIL_IN = "akcept@example.com"


@pytest.fixture
def letter(cast: Cast, memory: Memory) -> Any:
    """Send an invoice, and return the letter that Boris got."""
    send(cast)
    tell()
    send_all()
    return memory.letters[-1]


def mail(to: str, *, sender: str = "Boris <boris@example.com>", body: str = QUOTED, **headers: str) -> bytes:  # fmt: skip
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Re: Approval"
    message["Message-ID"] = "<1@example.com>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def comments(letter: Any) -> list[str]:
    story = chronicle.read(case_id=UUID(letter.url.rsplit("/", 2)[-2]))
    return [str(entry.data["text"]) for entry in story.entries if entry.kind == "COMMENTED"]


def test_an_answer_to_a_letter_becomes_a_comment_once(letter: Any) -> None:
    raw = mail(letter.reply_to)
    assert mailroom.take(raw, at=LATER) is Outcome.COMMENTED
    assert mailroom.take(raw, at=LATER) is Outcome.REPEATED
    assert comments(letter) == ["Please hurry."]


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({"sender": "Vera <vera@example.com>"}, Outcome.FORGED),
        ({"sender": "x@elsewhere.example"}, Outcome.FORGED),
        ({"sender": "boris@example.com, vera@example.com"}, Outcome.FORGED),
        ({"Auto_Submitted": "auto-replied"}, Outcome.AUTOMATIC),
        ({"Precedence": "bulk"}, Outcome.AUTOMATIC),
        ({"Return_Path": "<>"}, Outcome.AUTOMATIC),
        ({"body": "> only what was quoted"}, Outcome.EMPTY),
    ],
)
def test_what_is_no_answer_of_the_reader_changes_nothing(
    letter: Any, headers: dict[str, str], outcome: Outcome
) -> None:
    before = Notice.objects.count(), Delivery.objects.count()
    assert mailroom.take(mail(letter.reply_to, **headers), at=LATER) is outcome
    tell()
    answers = 1 if outcome in ANSWERED else 0
    assert (Notice.objects.count(), Delivery.objects.count()) == (before[0], before[1] + answers)
    assert comments(letter) == []
    assert ReceivedMail.objects.get().outcome == outcome


def test_a_changed_address_is_forged(letter: Any) -> None:
    name, host = letter.reply_to.split("@")
    turned = name[:-5] + ("a" if name[-5] != "a" else "b") + name[-4:]
    assert mailroom.take(mail(f"{turned}@{host}"), at=LATER) is not Outcome.COMMENTED
    assert comments(letter) == []


def test_whoever_waits_is_told_that_nothing_came_of_it(letter: Any, memory: Memory) -> None:
    mailroom.take(mail(letter.reply_to, body="-- \nBoris"), at=LATER)
    send_all()
    assert memory.letters[-1].heading == "Your answer did not become a comment"
    assert memory.letters[-1].address == "boris@example.com"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Да, согласен.\n\nпт, 20 нояб. 2026 г. в 12:00, Akcept пишет:\n> x", "Да, согласен."),
        ("Yes\n-----Original Message-----\nFrom: Akcept", "Yes"),
        ("Yes\n\n-- \nBoris", "Yes"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("w" * 20_000, "w" * 10_000),
    ],
)
def test_only_what_somebody_wrote_themselves_is_kept(text: str, kept: str) -> None:
    assert incoming.above_quotation(text) == kept


def test_html_is_read_as_its_words() -> None:
    message = EmailMessage()
    message["From"] = "a@example.com"
    message.set_content(
        "<style>x</style><p>Yes,<b> pay</b></p><script>alert(1)</script><blockquote>old</blockquote>",
        subtype="html",
    )
    assert incoming.read(message.as_bytes()).text == "Yes,pay"


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"From: \xff\n\nx", b"Content-Type: x/y; charset=nope\n\n\xff"])  # fmt: skip
def test_broken_mail_is_harmless(raw: bytes) -> None:
    assert mailroom.take(raw, at=AT) in Outcome


def test_the_command_settles_what_it_is_given() -> None:
    command = [sys.executable, "-m", "akcept.project.command", "mail-in"]
    done = subprocess.run(command, input=b"", capture_output=True, check=False)
    assert done.returncode == 1
    assert b"no mail came" in done.stderr


def test_files_of_an_answer_become_files_of_the_comment(letter: Any, memory: Memory) -> None:
    message = email.message_from_bytes(mail(letter.reply_to), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    for name, content in (("act.pdf", PDF), ("run.exe", b"MZ\x90\x00\x03\x00\x00\x00")):
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    assert mailroom.take(message.as_bytes(), at=LATER) is Outcome.PARTLY
    story = chronicle.read(case_id=UUID(letter.url.rsplit("/", 2)[-2]))
    assert str(story.entries[-2].data["name"]) == "act.pdf"
    assert story.entries[-1].data["files"]
    send_all()
    assert memory.letters[-1].heading == "Not all of your files were taken"
    assert memory.letters[-1].lines[1].startswith("– ")
