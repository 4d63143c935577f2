"""Lena, a lawyer from outside: how she is asked, what comes to her mailbox, and what she does on her page."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import mail
from django.test import Client

from akcept.cases import services
from akcept.cases.outside import inviting
from akcept.cases.outside.inviting import Guest, Shared
from akcept.kit import clock
from akcept.people.models import Person
from akcept.worker import duties
from troupe import Cast, send

ADDRESS = "lena@law.example"
LENA = Guest(ADDRESS, "Lena Lvova", "Counsel", "Lex LLP")
SOON = timedelta(minutes=1)


def work(at: datetime | None = None) -> None:
    """Let the worker do all that waits, once no decision can be undone any more."""
    now = at or clock.now() + SOON
    steps = [duty.step for duty in duties.all_duties()]
    while any(step(now) for step in steps):
        pass


def asked(cast: Cast, *, by: str = "boris", guest: Guest = LENA, **shared: Any) -> UUID:
    """Let Anna send an invoice, and Lena be asked; Boris approves, so that it is her turn."""
    now = clock.now()
    sent = send(cast)
    inviting.invite(
        case_id=sent.case_id, by=cast.asks(by), guest=guest, shared=Shared(**shared), at=now
    )
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=now)
    work()
    return sent.case_id


def lena() -> Person:
    return Person.objects.get(email=ADDRESS)


def letters() -> list[Any]:
    """Return what came to Lena, oldest first."""
    return [letter for letter in mail.outbox if letter.to == [ADDRESS]]


def link() -> str:
    """Return the path of the last link in Lena's mailbox."""
    found = [re.search(r"/x/[\w-]+/", letter.body) for letter in letters()]
    return [match[0] for match in found if match][-1]


def code() -> str:
    """Return the last code in Lena's mailbox."""
    found = [
        re.search(r"^(?:Your code|Ваш код): (\d{6})$", letter.body, re.M) for letter in letters()
    ]
    return [match[1] for match in found if match][-1]


def proof(client: Client, path: str) -> str:
    """Have a code sent, read it and type it; return the proof that the page then holds."""
    client.post(path, {"do": "code"})
    work()
    page = client.post(path, {"do": "prove", "code": code()})
    match = re.search(r'name="proof" value="([^"]+)"', page.content.decode())
    assert match, page.content.decode()
    return match[1]
