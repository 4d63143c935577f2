"""What an approval vouches for, and which approvals of the round before still hold in the next.

A stage may name groups of fields; a group that no stage of the round names is vouched for by every stage, so that no
change is nobody's business.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from akcept.engine.case import Case, Seat, SeatState
from akcept.engine.doctypes import DocumentType
from akcept.engine.facts import Facts
from akcept.engine.fingerprint import fingerprint, material_fields
from akcept.engine.routes import RouteVersion
from akcept.engine.standing import conflicted
from akcept.engine.values import Json

# Not fields of the card, but part of what is approved; they go with the group of that field.
BESIDE = {"planned": "amount", "account_contents": "account", "main_file_sha256": "main_file"}


def vouched(case: Case, stage: str, facts: Facts) -> str:
    """Return the SHA-256 of what a stage of the running round vouches for; empty when it is everything."""
    terms = case.terms_of(stage)
    if not terms.vouches_for:
        return ""
    claimed = {group for row in case.terms if row.unmet is None for group in row.vouches_for}
    others = claimed - set(terms.vouches_for)
    content = {
        code: value
        for code, value in _content(case, facts).items()
        if not _names(facts.doctype, code) & others
        or _names(facts.doctype, code) & set(terms.vouches_for)
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def carried(
    case: Case, route: RouteVersion, seats: Sequence[Seat], facts: Facts
) -> tuple[Seat, ...]:
    """Return the seats of the next round with the approvals that still hold; `case` has that round's terms.

    Nothing is carried unless the same version says so. The seats of the round before are those of the case.
    """
    if case.route != route.id or not (route.resumes or route.partial_rework):
        return tuple(seats)
    return holding(case, route, seats, facts, barred=conflicted(case, facts) | {facts.actor})


def holding(
    case: Case,
    route: RouteVersion,
    seats: Sequence[Seat],
    facts: Facts,
    *,
    barred: frozenset[str],
) -> tuple[Seat, ...]:
    """Return the seats with the approvals of the same people in the same stages whose facts are still what they were."""
    holders = {seat.holder for seat in seats}
    result, counted = [], set[str]()
    for seat in seats:
        old = _approval_before(case, seat)
        is_own = old is not None and (old.by == seat.holder or old.by not in holders)
        if (
            old is None
            or not is_own
            or old.by in barred | counted
            or not _holds(case, route, old, facts)
        ):
            result.append(seat)
            continue
        counted.add(old.by or "")
        result.append(
            replace(old, id=seat.id, why=seat.why, instead_of=seat.instead_of, covered_by=None)
        )
    return tuple(result)


def _approval_before(case: Case, seat: Seat) -> Seat | None:
    """Return the approval that the same person gave in the same stage one round before."""
    if seat.state is not SeatState.WAITING or seat.holder is None:
        return None
    found = (
        row
        for row in case.seats
        if row.state is SeatState.APPROVED
        and (row.stage, row.holder) == (seat.stage, seat.holder)
        and row.entry is not None
    )
    return next(found, None)


def _holds(case: Case, route: RouteVersion, old: Seat, facts: Facts) -> bool:
    if old.signed == fingerprint(case, facts.doctype, facts.account):
        return True
    return (
        route.partial_rework
        and old.vouched != ""
        and old.vouched == vouched(case, old.stage, facts)
    )


def _content(case: Case, facts: Facts) -> dict[str, Json]:
    codes = material_fields(case, facts.doctype)
    content: dict[str, Json] = {code: case.card.get(code) for code in codes}
    content["planned"] = sorted(row.minor for row in case.planned)
    content["account_contents"] = facts.account.fingerprint if facts.account else None
    content["main_file_sha256"] = case.main_file
    return content


def _names(doctype: DocumentType, code: str) -> set[str]:
    """Return under which names a stage may vouch for a fact: its field and the group of that."""
    field = BESIDE.get(code, code)
    known = doctype.fields.get(field)
    return {field, known.vouches_for} - {""} if known else {field}
