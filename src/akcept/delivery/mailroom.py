"""Every mail that comes in: taken once, settled by who it is for, on record, and answered where a person waits.

What is not meant for us, forged or automatic changes nothing: a forger learns nothing, nobody is disturbed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

import structlog
from django.conf import settings
from django.db import transaction

from akcept.delivery import arrivals, incoming, replies
from akcept.delivery.incoming import LONGEST_BYTES, Incoming, Unreadable
from akcept.delivery.models import Delivery, ReceivedMail
from akcept.delivery.registry import MAIL
from akcept.delivery.verdicts import ANSWERED, Outcome, Verdict
from akcept.people.models import Person

TOPIC = "MAIL_BACK"
# A person who is answered more often than this talks to us with a machine.
MOST_ANSWERS = 10
DAY = timedelta(days=1)

log = structlog.get_logger("akcept.mail_in")


def take(raw: bytes, *, at: datetime) -> Outcome:
    """Take a mail in, once however often it comes, and say what became of it."""
    try:
        mail = incoming.read(raw[:LONGEST_BYTES], verifier=settings.AKCEPT_MAIL_VERIFIER)
    except Unreadable:
        mail = None
    known = _known(mail, raw)
    if ReceivedMail.objects.filter(message_hash=known).exists():
        return Outcome.REPEATED
    verdict = _settled(mail, known, at, is_too_big=len(raw) > LONGEST_BYTES)
    with transaction.atomic():
        row = ReceivedMail(
            message_hash=known,
            sender=mail.sender[:254] if mail else "",
            outcome=verdict.outcome,
            case_id=verdict.case_id,
            item_id=verdict.item_id,
            problems=list(dict.fromkeys(verdict.problems)),
            received_at=at,
        )
        ReceivedMail.objects.bulk_create([row], ignore_conflicts=True)
        if mail and verdict.outcome in ANSWERED and verdict.person and not mail.is_silent:
            _answer(verdict.person, verdict, known, at)
    log.info("mail taken in", outcome=verdict.outcome, case=str(verdict.case_id or ""))
    return verdict.outcome


def problems_of(cause: str) -> tuple[str, ...]:
    """Return why files were not taken from the mail that a letter answers."""
    known = cause.removeprefix(f"{TOPIC} ")
    row = ReceivedMail.objects.filter(message_hash=known).first()
    return tuple(row.problems) if row else ()


def _known(mail: Incoming | None, raw: bytes) -> str:
    """Return what is the same whenever a mail comes again: its id where it has one.

    The id is the sender's word, so that of another sender is another one: nobody keeps out the mail of others.
    """
    named = f"{mail.message_id} {mail.sender}".encode() if mail and mail.message_id else raw
    return sha256(named).hexdigest()


def _settled(mail: Incoming | None, known: str, at: datetime, *, is_too_big: bool) -> Verdict:
    if mail is None:
        return Verdict(Outcome.UNREADABLE)
    for settled in (replies.settled, arrivals.settled):
        verdict = settled(mail, known=known, is_too_big=is_too_big, at=at)
        if verdict is not None:
            return verdict
    return Verdict(Outcome.AUTOMATIC if mail.is_automatic else Outcome.NO_ADDRESS)


def _answer(person: Person, verdict: Verdict, known: str, at: datetime) -> None:
    """Let one answer go; a loop of machines ends here at the latest."""
    lately = Delivery.objects.filter(person_id=person.id, topic=TOPIC, created_at__gt=at - DAY)
    if not person.email or lately.count() >= MOST_ANSWERS:
        return
    letter = Delivery(
        person_id=person.id,
        chain_id=verdict.case_id or person.id,
        number=0,
        cause=f"{TOPIC} {known}",
        channel=MAIL,
        topic=TOPIC,
        task_kind=verdict.outcome,
        created_at=at,
        next_try_at=at,
    )
    Delivery.objects.bulk_create([letter], ignore_conflicts=True)
