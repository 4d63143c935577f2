"""How somebody from outside decides or writes: a code sent to the known address, then one of three outcomes.

The link alone decides nothing, so a mail scanner that opens it, or anybody it was forwarded to, can only look. What
proves that the code was right is a signed note in the page, good for this link and this code for half an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction

from akcept.cases import ballots, store
from akcept.cases.models import OutsideLink
from akcept.cases.outside import links, page, secrets
from akcept.cases.store import Done, Request
from akcept.engine import commands as do
from akcept.engine.refusals import CodeWrong, LinkOver, TooOften
from akcept.engine.values import Private
from akcept.journal import repeats
from akcept.journal.in_hand import Asked
from akcept.journal.store import Actor, ActorKind

TRIES = 5
CODE_LIVES = timedelta(minutes=15)
PROOF_LIVES = timedelta(minutes=30)
CODE_EVERY = timedelta(minutes=1)
# With five tries each, all codes of a link together are guessed once in 16,000 links.
MOST_CODES = 12
SALT = "akcept.outside.proof"


def send_code(*, token: str, at: datetime) -> None:
    """Send a fresh code to the known address; refuses a link that is over, and too many in a row."""
    with transaction.atomic():
        link = _live(token, at)
        if link.code_sent_at and at < link.code_sent_at + CODE_EVERY:
            raise TooOften(link.code_sent_at + CODE_EVERY)
        if link.code_number >= MOST_CODES:
            raise LinkOver(links.Over.CODES_SPENT)
        link.code_number += 1
        link.code_sent_at, link.code_tries = at, 0
        link.save(update_fields=["code_number", "code_sent_at", "code_tries"])
        links.record(link, "OUTSIDE_CODE_SENT", links.SYSTEM, at)


def prove(*, token: str, code: str, at: datetime) -> str:
    """Return a proof that the code was read at the known address; five tries, then a new one has to be sent."""
    with transaction.atomic():
        link = _live(token, at)
        is_right, left = _tried(link, "".join(code.split()), at)
    if not is_right:
        raise CodeWrong(left)
    until = int((at + PROOF_LIVES).timestamp())
    return signing.dumps([str(link.id), link.code_number, until], salt=SALT)


def approve(*, token: str, proof: str, remark: str, at: datetime) -> None:
    """Consent to the revision the link is bound to."""
    link = proven(token, proof, at)
    said = Private(remark.strip()) if remark.strip() else None
    _perform(link, do.Approve(link.revision, said), at)


def return_for_rework(*, token: str, proof: str, reasons: Sequence[str], at: datetime) -> None:
    """Give the document back; refuses without a reason."""
    link = proven(token, proof, at)
    _perform(link, do.ReturnForRework(link.revision, tuple(Private(one) for one in reasons)), at)


def reject(*, token: str, proof: str, reason: str, at: datetime) -> None:
    """Refuse the document for good; refuses without a reason."""
    link = proven(token, proof, at)
    _perform(link, do.Reject(link.revision, Private(reason)), at)


def comment(*, token: str, proof: str, text: str, at: datetime, key: str | None = None) -> None:
    """Write to the company in one's own thread; refuses a text without words. A known key says nothing twice."""
    link = proven(token, proof, at)
    said = [str(link.case_id), "COMMENT", text]
    _perform(link, do.Comment(Private(text)), at, repeats.asked(key=key, said=said))


def undo(*, token: str, proof: str, at: datetime) -> None:
    """Take back what was just decided, while nobody has been told."""
    link = _of_proof(token, proof, at)
    decided = page.own_decision(link, store.read(link.case_id).case, at)
    if decided is None:
        raise LinkOver(links.Over.CLOSED)
    _perform(link, do.Undo(decided.entry), at)


def proven(token: str, proof: str, at: datetime) -> OutsideLink:
    """Return the link whose owner has shown the code; refuses a stale or foreign proof and a link that is over."""
    link = _of_proof(token, proof, at)
    if over := links.over(link, store.read(link.case_id).case, at):
        raise LinkOver(links.Over.DECIDED if _has_decided(link, at) else over)
    return link


def _has_decided(link: OutsideLink, at: datetime) -> bool:
    return page.own_decision(link, store.read(link.case_id).case, at) is not None


def _of_proof(token: str, proof: str, at: datetime) -> OutsideLink:
    link = page.found(token)
    try:
        link_id, number, until = signing.loads(proof, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise CodeWrong(0) from None
    if (link_id, number) != (str(link.id), link.code_number) or at.timestamp() > until:
        raise CodeWrong(0)
    return link


def _live(token: str, at: datetime) -> OutsideLink:
    link = page.found(token, lock=True)
    if over := links.over(link, store.read(link.case_id).case, at):
        raise LinkOver(links.Over.DECIDED if _has_decided(link, at) else over)
    return link


def _tried(link: OutsideLink, code: str, at: datetime) -> tuple[bool, int]:
    """Count a try and say whether it was right and how many are left."""
    if link.code_sent_at is None or at > link.code_sent_at + CODE_LIVES or link.code_tries >= TRIES:
        return False, 0
    if secrets.is_code(link.id, link.code_number, code):
        return True, TRIES
    link.code_tries += 1
    link.save(update_fields=["code_tries"])
    return False, TRIES - link.code_tries


def _perform(
    link: OutsideLink, command: do.Command, at: datetime, request: Asked | None = None
) -> Done:
    person = link.person
    actor = Actor(ActorKind.PERSON, person.id, person.name, ballots.E_MAIL_CODE)
    return store.perform(
        case_id=link.case_id, commands=[command], request=Request(actor, at, request)
    )
