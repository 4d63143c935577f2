from __future__ import annotations

from dataclasses import replace
from mailbox import Mailbox, part
from typing import Any

import pytest

from akcept.delivery.channels.contract import Channel, ChannelError, Fact, Letter
from akcept.delivery.channels.mail import Mail, compose
from akcept.delivery.channels.memory import Memory

LETTER = Letter(
    id="0123abcd",
    address="boris@example.com",
    language="ru",
    subject="Согласование счёта № 49",
    heading="Согласование счёта № 49",
    lines=("Анна: документ отправлен на согласование.",),
    facts=(Fact("Сумма", "120\xa0000,00\xa0₽"), Fact("Контрагент", "ООО «Ромашка» <b>")),
    button="Открыть задачу",
    url="https://akcept.example.com/cases/1/",
    footer="Переход по ссылке ничего не решает.",
)


@pytest.mark.parametrize("kind", [Mail, Memory])
def test_every_channel_delivers_the_same_letter_under_the_same_id(
    kind: type[Channel], mailbox: Mailbox
) -> None:
    channel = kind()
    channel.deliver(LETTER)
    channel.deliver(LETTER)
    ids = [letter["Message-ID"] for letter in mailbox.letters]
    if isinstance(channel, Memory):
        ids = [letter.id for letter in channel.letters]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_letter_has_words_for_every_mail_program(mailbox: Mailbox) -> None:
    Mail().deliver(LETTER)
    (letter,) = mailbox.letters
    assert letter["Subject"] == LETTER.subject
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Akcept" in letter["List-Id"]
    plain, html = part(letter, "plain"), part(letter, "html")
    for shown in ("120\xa0000,00\xa0₽", LETTER.url, LETTER.button, LETTER.footer):
        assert shown in plain
        assert shown in html
    assert "ООО «Ромашка» <b>" in plain
    assert "ООО «Ромашка» &lt;b&gt;" in html
    assert "http" not in html.replace(LETTER.url, "")


@pytest.mark.parametrize("evil", ["Bcc: all@example.com", "x\0y", "\ud800", "a" * 5000])
def test_nobody_writes_a_header_of_their_own(evil: str, mailbox: Mailbox) -> None:
    text = f"Pay\r\n{evil}\r\n\r\nnow"
    Mail().deliver(replace(LETTER, subject=text, heading=text, lines=(text,)))
    (letter,) = mailbox.letters
    assert letter["Bcc"] is None
    assert str(letter["Subject"]).startswith("Pay ")
    assert "\0" not in part(letter, "plain") + part(letter, "html")


def test_an_address_cannot_smuggle_a_second_one() -> None:
    message = compose(replace(LETTER, address="boris@example.com\r\nBcc: oleg@example.com"))
    assert "\n" not in message.to[0]


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [("550 No such mailbox", True), ("451 Try again later", False)],
)
def test_the_server_says_whether_trying_again_makes_sense(
    *, answer: str, permanent: bool, mailbox: Mailbox
) -> None:
    mailbox.refusals[LETTER.address] = answer
    with pytest.raises(ChannelError) as caught:
        Mail().deliver(LETTER)
    assert caught.value.permanent is permanent
    assert mailbox.letters == []


def test_a_server_that_does_not_answer_is_tried_again(mailbox: Mailbox, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    with pytest.raises(ChannelError) as caught:
        Mail().deliver(LETTER)
    assert not caught.value.permanent
