"""Letters as they come to the intake address, for tests of everything that follows."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from akcept.intake import services
from akcept.intake.services import Enclosed, Letter
from troupe import AT, PDF

ADDRESS = "invoices@example.com"
SUPPLIER = "ООО «Ромашка» <bills@romashka.example>"
File = tuple[str, bytes]
BILL: File = ("счёт.pdf", PDF)


def letter(
    *files: File,
    to: str = ADDRESS,
    sender: str = SUPPLIER,
    subject: str = "Счёт № 77 за хостинг",
    body: str = "Добрый день!\nСчёт во вложении.",
    number: int = 1,
    **headers: str,
) -> bytes:
    """Return a mail with files; `number` makes it another one."""
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{number}@romashka.example>"
    message.set_content(body)
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def arrived(
    holder: UUID | None = None, number: int = 1, files: Sequence[File] = (BILL,), **said: Any
) -> UUID:
    """Let a letter with an invoice come in, without the mail around it."""
    told = {
        "message": f"{number:064}",
        "sender": "bills@romashka.example",
        "sender_name": "Ромашка",
        "subject": "Счёт № 77 за хостинг",
        "text": "Счёт во вложении.",
        "holder_id": holder,
        "is_verified": holder is not None,
        "is_automatic": False,
    }
    enclosed = [Enclosed(*file) for file in files]
    taken = services.take_in(letter=Letter(**told | said), enclosed=enclosed, at=AT)
    assert taken.item_id
    return taken.item_id
