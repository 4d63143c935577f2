"""Answers to letters become comments, with their files, if whoever got the letter sends them.

The address to answer to holds a token for one document and one person, which only their mailbox has got; the sender
must be the very person. What fits neither changes nothing. Nothing is decided by mail.
"""

from __future__ import annotations

import io
from datetime import datetime
from uuid import UUID

from akcept.cases.discussion import writing
from akcept.cases.discussion.writing import Words
from akcept.cases.inputs import NewFile
from akcept.delivery import addresses
from akcept.delivery.enclosures import Enclosure
from akcept.delivery.incoming import Incoming
from akcept.delivery.verdicts import Outcome, Verdict
from akcept.engine.refusals import InvalidInput, NotFound, Refusal
from akcept.files import services as files
from akcept.people.askers import asker_of
from akcept.people.codes import PersonKind
from akcept.people.models import Person

PURPOSE = "OTHER"


def settled(mail: Incoming, *, known: str, is_too_big: bool, at: datetime) -> Verdict | None:
    """Say what becomes of an answer to a letter; None for a mail that is none."""
    token = addresses.reply_token(mail.recipients)
    if token is None:
        return None
    if mail.is_automatic:
        return Verdict(Outcome.AUTOMATIC, case_id=token.id)
    inside = Person.objects.filter(is_active=True, kind=PersonKind.INTERNAL)
    person = inside.filter(email=mail.sender or None).first()
    is_theirs = person and addresses.is_for(token, case_id=token.id, person_id=person.id)
    if person is None or not is_theirs:
        return Verdict(Outcome.FORGED, case_id=token.id)
    if is_too_big:
        return Verdict(Outcome.TOO_BIG, person, token.id)
    if not mail.text and not mail.files:
        return Verdict(Outcome.EMPTY, person, token.id)
    return _comment(mail, token.id, person, known, at)


def _comment(mail: Incoming, case_id: UUID, person: Person, known: str, at: datetime) -> Verdict:
    kept, problems = _kept(mail.files, person, at)
    # Files alone say what they are called.
    said = mail.text or ", ".join(file.name for file in kept)
    if not said:
        return Verdict(Outcome.BAD_FILES, person, case_id, problems=problems)
    try:
        writing.say(
            case_id=case_id,
            by=asker_of(person),
            words=Words(said, files=kept),
            at=at,
            key=f"mail-{known[:40]}",
        )
    except (NotFound, Refusal):
        return Verdict(Outcome.REFUSED, person, case_id)
    outcome = Outcome.PARTLY if problems else Outcome.COMMENTED
    return Verdict(outcome, person, case_id, problems=problems)


def _kept(
    brought: tuple[Enclosure, ...], person: Person, at: datetime
) -> tuple[tuple[NewFile, ...], tuple[str, ...]]:
    kept: list[NewFile] = []
    problems: list[str] = []
    for one in brought:
        try:
            file = files.keep(stream=io.BytesIO(one.content), name=one.name, by=person.id, at=at)
        except InvalidInput as refusal:
            problems.extend(refusal.errors.values())
        else:
            kept.append(NewFile(PURPOSE, file.sha256, file.name))
    return tuple(kept), tuple(problems)
