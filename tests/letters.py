"""Letters as they come to the intake address, for tests of everything that follows."""

from __future__ import annotations

from email.message import EmailMessage

from troupe import PDF

ADDRESS = "invoices@example.com"
SUPPLIER = "ООО «Ромашка» <bills@romashka.example>"
File = tuple[str, bytes]
BILL: File = ("Счёт 77.pdf", PDF)


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
