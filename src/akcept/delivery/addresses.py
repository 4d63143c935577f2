"""Addresses that take mail in. A token in one is known to nobody but the mailbox that got it.

That is what makes an answer, or an invoice that somebody sends in, theirs: the line `From` alone can be written by
anybody.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

REPLIES = "akcept.delivery.replies"
INTAKE = "akcept.delivery.intake"
SIGNED = 10
LOCAL = re.compile(r"[a-z2-7]{42}")


@dataclass(frozen=True, slots=True)
class Token:
    """What stands in an address after the plus: an id, and the proof that it was made here."""

    id: UUID
    proof: bytes


def for_reply(*, case_id: UUID, person_id: UUID) -> str:
    """Return where a person answers letters about a document; empty where no mail is taken in."""
    return _address(settings.AKCEPT_MAIL_IN, case_id, _signature(REPLIES, case_id, person_id))


def for_intake(*, person_id: UUID) -> str:
    """Return where a person sends invoices that are to be theirs; empty where no mail is taken in."""
    return _address(settings.AKCEPT_INTAKE, person_id, _signature(INTAKE, person_id))


def is_for(token: Token, *, case_id: UUID, person_id: UUID) -> bool:
    """Tell whether an address to answer to was made for this document and this person."""
    return constant_time_compare(token.proof, _signature(REPLIES, case_id, person_id))


def is_own(token: Token | None, *, person_id: UUID) -> bool:
    """Tell whether an intake address is the one of this person."""
    if token is None or token.id != person_id:
        return False
    return constant_time_compare(token.proof, _signature(INTAKE, person_id))


def reply_token(recipients: Iterable[str]) -> Token | None:
    """Return the token of the first address to answer to among the recipients."""
    return next(filter(None, (_token(settings.AKCEPT_MAIL_IN, one) for one in recipients)), None)


def intake_token(recipients: Iterable[str]) -> Token | None:
    """Return the token of the first personal intake address among the recipients."""
    return next(filter(None, (_token(settings.AKCEPT_INTAKE, one) for one in recipients)), None)


def is_intake(recipients: Iterable[str]) -> bool:
    """Tell whether a mail went to the intake address, whatever stands after its plus."""
    name, _, host = settings.AKCEPT_INTAKE.lower().rpartition("@")
    return bool(name) and any(
        address.rpartition("@")[2] == host and address.rpartition("@")[0].split("+")[0] == name
        for address in recipients
    )


def is_ours(address: str) -> bool:
    """Tell whether an address is one of those that this installation writes from or reads."""
    own = (settings.AKCEPT_MAIL_IN, settings.AKCEPT_INTAKE, settings.AKCEPT_CONTACT)
    local, _, host = address.lower().rpartition("@")
    return f"{local.split('+')[0]}@{host}" in {one.lower() for one in own if one}


def _address(box: str, key: UUID, proof: bytes) -> str:
    if not box:
        return ""
    token = base64.b32encode(key.bytes + proof).decode()
    name, host = box.rsplit("@", 1)
    return f"{name}+{token.rstrip('=').lower()}@{host}"


def _token(box: str, address: str) -> Token | None:
    name, _, host = box.lower().rpartition("@")
    local, _, there = address.rpartition("@")
    token = local.removeprefix(f"{name}+")
    if not name or there != host or token == local or not LOCAL.fullmatch(token):
        return None
    raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    return Token(UUID(bytes=raw[:16]), raw[16:])


def _signature(salt: str, *ids: UUID) -> bytes:
    said = " ".join(map(str, ids))
    return salted_hmac(salt, said, algorithm="sha256").digest()[:SIGNED]
