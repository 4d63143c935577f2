"""Answers to letters become comments, if whoever got the letter sends them.

The address to answer to holds a token for one document and one person, which only their mailbox has got; the sender
must be the very person. What fits neither is on record and changes nothing: a forger learns nothing, nobody is
disturbed. Nothing is decided by mail.
"""

from __future__ import annotations

import base64
import re
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from akcept.cases import services
from akcept.delivery import incoming
from akcept.delivery.incoming import Incoming
from akcept.delivery.models import Delivery, ReceivedMail
from akcept.delivery.registry import MAIL
from akcept.engine.refusals import NotFound, Refusal
from akcept.kit import text
from akcept.people.askers import asker_of
from akcept.people.codes import PersonKind
from akcept.people.models import Person

TOPIC = "MAIL_BACK"
SALT = "akcept.delivery.replies"
SIGNED = 10
LOCAL = re.compile(r"[a-z2-7]{42}")
LONGEST_BYTES = 30 * 1024 * 1024

log = structlog.get_logger("akcept.mail_in")


class Outcome(StrEnum):
    """What became of a mail; the last three are answered, for a person waits for it."""

    COMMENTED = "COMMENTED"
    REPEATED = "REPEATED"
    AUTOMATIC = "AUTOMATIC"
    NO_ADDRESS = "NO_ADDRESS"
    FORGED = "FORGED"
    EMPTY = "EMPTY"
    TOO_BIG = "TOO_BIG"
    REFUSED = "REFUSED"


ANSWERED = frozenset({Outcome.EMPTY, Outcome.TOO_BIG, Outcome.REFUSED})


def reply_address(*, case_id: UUID, person_id: UUID) -> str:
    """Return where a person answers letters about a document; empty where no mail is taken in."""
    if not settings.AKCEPT_MAIL_IN:
        return ""
    token = base64.b32encode(case_id.bytes + _signature(case_id, person_id)).decode()
    name, host = settings.AKCEPT_MAIL_IN.rsplit("@", 1)
    return f"{name}+{token.rstrip('=').lower()}@{host}"


def take(raw: bytes, *, at: datetime) -> Outcome:
    """Take a mail in, once however often it comes, and say what became of it."""
    mail = incoming.read(raw[:LONGEST_BYTES])
    known = sha256(mail.message_id.encode() if mail.message_id else raw).hexdigest()
    if ReceivedMail.objects.filter(message_hash=known).exists():
        return Outcome.REPEATED
    case_id, token = _asked(mail)
    person = Person.objects.filter(email=mail.sender or None, is_active=True).first()
    outcome = _judged(mail, case_id, token, person, is_too_big=len(raw) > LONGEST_BYTES)
    if outcome is Outcome.COMMENTED:
        assert case_id is not None
        assert person is not None
        outcome = _comment(mail, case_id, person, known, at)
    with transaction.atomic():
        row = ReceivedMail(
            message_hash=known,
            sender=mail.sender[:254],
            outcome=outcome,
            case_id=case_id,
            received_at=at,
        )
        ReceivedMail.objects.bulk_create([row], ignore_conflicts=True)
        if outcome in ANSWERED and person is not None and case_id is not None:
            _answer(person, case_id, outcome, known, at)
    log.info("mail taken in", outcome=outcome, case=str(case_id or ""))
    return outcome


def _judged(
    mail: Incoming, case_id: UUID | None, token: bytes, person: Person | None, *, is_too_big: bool
) -> Outcome:
    if mail.is_automatic:
        return Outcome.AUTOMATIC
    if case_id is None:
        return Outcome.NO_ADDRESS
    if person is None or person.kind != PersonKind.INTERNAL:
        return Outcome.FORGED
    if not constant_time_compare(token, _signature(case_id, person.id)):
        return Outcome.FORGED
    if is_too_big:
        return Outcome.TOO_BIG
    return Outcome.COMMENTED if mail.text else Outcome.EMPTY


def _comment(mail: Incoming, case_id: UUID, person: Person, known: str, at: datetime) -> Outcome:
    try:
        said = text.clean_text(mail.text, max_length=incoming.LONGEST, multiline=True)
        services.comment(
            case_id=case_id, by=asker_of(person), text=said, at=at, key=f"mail-{known[:40]}"
        )
    except (NotFound, Refusal, ValueError):
        return Outcome.REFUSED
    return Outcome.COMMENTED


def _asked(mail: Incoming) -> tuple[UUID | None, bytes]:
    """Return which document a mail is about, and the proof its address carries."""
    name, _, host = settings.AKCEPT_MAIL_IN.lower().rpartition("@")
    for address in mail.recipients:
        local, _, there = address.rpartition("@")
        token = local.removeprefix(f"{name}+")
        if there == host and token != local and LOCAL.fullmatch(token):
            raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
            return UUID(bytes=raw[:16]), raw[16:]
    return None, b""


def _signature(case_id: UUID, person_id: UUID) -> bytes:
    return salted_hmac(SALT, f"{case_id} {person_id}", algorithm="sha256").digest()[:SIGNED]


def _answer(person: Person, case_id: UUID, outcome: Outcome, known: str, at: datetime) -> None:
    letter = Delivery(
        person_id=person.id,
        chain_id=case_id,
        number=0,
        cause=f"{TOPIC} {known}",
        channel=MAIL,
        topic=TOPIC,
        task_kind=outcome,
        created_at=at,
        next_try_at=at,
    )
    Delivery.objects.bulk_create([letter], ignore_conflicts=True)
