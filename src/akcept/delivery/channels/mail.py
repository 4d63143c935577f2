"""Letters by mail: plain text and simple HTML, one button, nothing fetched from elsewhere."""

from __future__ import annotations

import smtplib
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from akcept.delivery.channels.contract import ChannelError, Letter

LONGEST_SUBJECT = 200
# A wrong password or a server in need of help is the installation's trouble, not the letter's.
NOT_THE_LETTERS_FAULT = frozenset({530, 534, 535, 538, 554})


class Mail:
    """Sends through the server named in AKCEPT_MAIL_URL."""

    def deliver(self, letter: Letter) -> None:
        """Send one mail; ChannelError tells whether another attempt makes sense."""
        message = compose(letter)
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise ChannelError(str(error), permanent=all(code >= 500 for code in codes)) from error
        except smtplib.SMTPResponseException as error:
            is_final = error.smtp_code >= 500 and error.smtp_code not in NOT_THE_LETTERS_FAULT
            raise ChannelError(str(error), permanent=is_final) from error
        except (smtplib.SMTPException, OSError) as error:
            raise ChannelError(str(error) or type(error).__name__, permanent=False) from error


def compose(letter: Letter) -> EmailMultiAlternatives:
    """Return the mail for a letter."""
    host = urlsplit(settings.AKCEPT_BASE_URL).hostname
    message = EmailMultiAlternatives(
        subject=one_line(letter.subject)[:LONGEST_SUBJECT],
        body=printable(render_to_string("delivery/letter.txt", {"letter": letter})),
        to=[one_line(letter.address)],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Message-ID": f"<{letter.id}@{host}>",
            "List-Id": f"Akcept <notices.{host}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": letter.language,
        },
    )
    html = printable(render_to_string("delivery/letter.html", {"letter": letter}))
    message.attach_alternative(html, "text/html")
    return message


def printable(text: str) -> str:
    """Drop what no mail may carry: NUL, control characters, lone surrogates."""
    return "".join(
        character
        for character in text
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}
    )


def one_line(text: str) -> str:
    """Make a text fit for a header: no line breaks, so nobody can add a header of their own."""
    return " ".join(printable(text).split())
