"""How a person stands to a case: whose document it is, whose seat they decide in, who may pay it."""

from __future__ import annotations

from collections.abc import Iterable

from akcept.engine.case import Case, Seat
from akcept.engine.facts import Facts
from akcept.engine.money import Money


def conflicted(case: Case, facts: Facts) -> frozenset[str]:
    """Return everybody to whom this is their own document: initiator, authors, who entered the payee's account."""
    return owners(case, facts.account.entered_by if facts.account else None)


def owners(case: Case, entered_by: str | None) -> frozenset[str]:
    """Return to whom a document is their own, by who entered the payee's account, if anybody is known to have."""
    return frozenset({case.initiator, *case.authors, entered_by or case.initiator})


def barred_from_paying(case: Case, facts: Facts) -> frozenset[str]:
    """Return who may not pay this document; the initiator may where an exception says so."""
    barred = conflicted(case, facts)
    return barred - {case.initiator} if facts.initiator_may_pay else barred


def stands_for(person: str | None, facts: Facts) -> bool:
    """Say whether the actor is the person or deputises for them now."""
    return person is not None and (person == facts.actor or person in facts.deputising)


def seat_of(case: Case, facts: Facts) -> Seat | None:
    """Return the open seat in which the actor decides: their own, else that of somebody they act for."""
    mine = [seat for seat in case.open_seats if stands_for(seat.holder, facts)]
    own = [seat for seat in mine if seat.holder == facts.actor]
    return next(iter(own or mine), None)


def stand_ins(
    deputies: Iterable[str], seats: Iterable[Seat], barred: frozenset[str]
) -> tuple[str, ...]:
    """Return who of a holder's deputies may decide in their seat, in the order of the deputies.

    Whoever is in conflict leaves it to the next, and so does whoever has a seat or a say of their own in the round.
    """
    heard = {person for seat in seats for person in (seat.holder, seat.by)}
    return tuple(who for who in deputies if who not in barred and who not in heard)


def payers_of(case: Case, facts: Facts) -> tuple[str, ...]:
    """Return who may pay this document: the holders of the right, narrowed to the role that its route names."""
    if not case.payer_role:
        return facts.payers
    return tuple(p for p in facts.payers if p in facts.roles.get(case.payer_role, ()))


def limit_that_falls_short(case: Case, seat: Seat, facts: Facts) -> Money | None:
    """Return the limit for which a deputy may not agree in a seat; the lower one counts, unless another is granted."""
    holder, base = seat.holder or "", case.base
    if base is None or holder == facts.actor:
        return None
    theirs = facts.limits.get(holder)
    if theirs is not None and theirs.minor < base.minor:
        return None  # The seat was not given for its limit.
    counts = facts.granted.get(holder) or facts.limits.get(facts.actor)
    return counts if counts is not None and counts.minor < base.minor else None


def is_warden(case: Case, facts: Facts) -> bool:
    """Say whether the actor is one of those who mend a case without approvers, or stands for one."""
    return any(stands_for(person, facts) for person in {*case.wardens, *facts.wardens})
