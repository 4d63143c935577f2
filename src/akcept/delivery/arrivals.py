"""Letters to the intake address become intake items, with their files.

A letter is a colleague's own if it came to the address that only they know, or if the company's mail server vouches
for its sender; anybody could have written any other, so it is held for those who handle what comes in, and says so.
"""

from __future__ import annotations

from datetime import datetime

from akcept.delivery import addresses
from akcept.delivery.incoming import Incoming
from akcept.delivery.verdicts import Outcome, Verdict
from akcept.intake import services
from akcept.intake.services import Enclosed, Letter
from akcept.people.codes import PersonKind
from akcept.people.models import Person


def settled(mail: Incoming, *, known: str, is_too_big: bool, at: datetime) -> Verdict | None:
    """Say what becomes of a letter to the intake address; None for a mail that is none."""
    if not addresses.is_intake(mail.recipients):
        return None
    # Many invoices are sent by machines; what answers a letter by itself, or comes from here, is none.
    if mail.is_bounce or addresses.is_ours(mail.sender):
        return Verdict(Outcome.AUTOMATIC)
    person = _colleague(mail)
    waits = None if mail.is_automatic else person
    if is_too_big:
        return Verdict(Outcome.TOO_BIG, waits)
    if not mail.files:
        return Verdict(Outcome.NO_FILE, waits)
    if services.is_flooding(sender=mail.sender, at=at):
        return Verdict(Outcome.TOO_OFTEN)
    enclosed = [Enclosed(file.name, file.content) for file in mail.files]
    taken = services.take_in(letter=_letter(mail, known, person), enclosed=enclosed, at=at)
    outcome = Outcome.TAKEN_IN if taken.item_id else Outcome.BAD_FILES
    return Verdict(outcome, waits, item_id=taken.item_id, problems=taken.problems)


def _colleague(mail: Incoming) -> Person | None:
    """Return the colleague who has sent a letter, if it is proven."""
    inside = Person.objects.filter(is_active=True, kind=PersonKind.INTERNAL)
    person = inside.filter(email=mail.sender or None).first()
    if person is None:
        return None
    token = addresses.intake_token(mail.recipients)
    is_own = addresses.is_own(token, person_id=person.id)
    return person if is_own or _is_vouched(mail) else None


def _is_vouched(mail: Incoming) -> bool:
    return bool(mail.vouched) and mail.sender.rpartition("@")[2] == mail.vouched


def _letter(mail: Incoming, known: str, person: Person | None) -> Letter:
    return Letter(
        message=known,
        sender=mail.sender[:254],
        sender_name=mail.sender_name,
        subject=mail.subject,
        text=mail.whole,
        holder_id=person.id if person else None,
        is_verified=person is not None or _is_vouched(mail),
        is_automatic=mail.is_automatic,
    )
