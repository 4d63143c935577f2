"""Approving several at once: looked over first, then each an act and an entry of its own; taken back in the same way.

Nothing is all or nothing: what has a caution, or cannot be approved with a press, is left out and said why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from akcept.cases import access, services
from akcept.cases.cards import CaseRow, Caution, Outcome
from akcept.cases.cautions import cautions
from akcept.cases.offers import Listed, Offered, listed
from akcept.engine.guards import judge
from akcept.engine.money import Money
from akcept.engine.refusals import InvalidInput, NotFound, Refusal
from akcept.engine.verbs import Verb
from akcept.people.askers import Asker

AT_MOST = 50


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One document looked over; with a caution or a refusal it is left out."""

    case: CaseRow
    revision: int
    cautions: tuple[Caution, ...]
    refusal: Refusal | None

    @property
    def is_clean(self) -> bool:
        """Say whether it may be approved together with others."""
        return not self.cautions and self.refusal is None


@dataclass(frozen=True, slots=True)
class BulkTotal:
    """How many documents of a payer in a currency, and their sum."""

    entity: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What approving these would mean; totals count only what is clean."""

    rows: tuple[BulkRow, ...]
    totals: tuple[BulkTotal, ...]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one document: approved or taken back, left out for its cautions, or refused."""

    case: CaseRow
    outcome: Outcome | None
    cautions: tuple[Caution, ...]
    refusal: Refusal | None


def look_over(*, by: Asker, case_ids: Sequence[UUID], at: datetime) -> BulkPlan:
    """Return what approving these cases together would mean.

    Refuses none, more than 50, a case named twice, and one that the person may not see.
    """
    wanted = checked(case_ids)
    sight = access.sight(by=by, at=at)
    found = _seen(wanted, sight, by, at)
    warned = cautions(looks=[row.look for row in found.values()], visible=sight.condition)
    rows = tuple(
        BulkRow(
            case=found[key].row,
            revision=found[key].offer.case.revision,
            cautions=warned.get(key, ()),
            refusal=_refusal(found[key].offer, at),
        )
        for key in wanted
    )
    return BulkPlan(rows, _totals(row.case for row in rows if row.is_clean))


def approve(
    *,
    by: Asker,
    rows: Sequence[tuple[UUID, int]],
    at: datetime,
    key: str | None = None,
) -> tuple[BulkResult, ...]:
    """Approve these cases on these revisions, each in a transaction of its own, and say what became of each.

    Looked over again at this moment: what has a caution now is left out, whatever was confirmed.
    """
    revisions = dict(rows)
    checked([case_id for case_id, _ in rows])
    plan = look_over(by=by, case_ids=list(revisions), at=at)
    return tuple(_approve(row, revisions[row.case.id], by, at, key) for row in plan.rows)


def undo(
    *,
    by: Asker,
    rows: Sequence[tuple[UUID, int]],
    at: datetime,
    key: str | None = None,
) -> tuple[BulkResult, ...]:
    """Take back these decisions, each named by its entry and in a transaction of its own, and say what became of each.

    Refuses as `look_over` does.
    """
    entries = dict(rows)
    wanted = checked([case_id for case_id, _ in rows])
    found = _seen(wanted, access.sight(by=by, at=at), by, at)
    return tuple(_undo(found[one].row, entries[one], by, at, key) for one in wanted)


def checked(case_ids: Sequence[UUID]) -> list[UUID]:
    """Return the cases of one go; refuses none, too many, and one named twice."""
    if not case_ids:
        raise InvalidInput({"rows": "REQUIRED"})
    if len(case_ids) > AT_MOST:
        raise InvalidInput({"rows": "TOO_MANY"})
    if len(set(case_ids)) < len(case_ids):
        raise InvalidInput({"rows": "TWICE"})
    return list(case_ids)


def _approve(row: BulkRow, revision: int, by: Asker, at: datetime, key: str | None) -> BulkResult:
    # A repeat of the same request finds its own approval, not the refusal that it led to.
    if row.cautions or (row.refusal and key is None):
        return BulkResult(row.case, None, row.cautions, row.refusal)
    try:
        done = services.approve(
            case_id=row.case.id,
            by=by,
            revision=revision,
            at=at,
            key=_key(key, row.case.id),
        )
    except Refusal as refusal:
        return BulkResult(row.case, None, (), refusal)
    return BulkResult(row.case, done, (), None)


def _undo(case: CaseRow, entry: int, by: Asker, at: datetime, key: str | None) -> BulkResult:
    try:
        done = services.undo(case_id=case.id, by=by, entry=entry, at=at, key=_key(key, case.id))
    except Refusal as refusal:
        return BulkResult(case, None, (), refusal)
    return BulkResult(case, done, (), None)


def _key(key: str | None, case_id: UUID) -> str | None:
    return f"{key}:{case_id}" if key else None


def _seen(
    case_ids: Sequence[UUID], sight: access.Sight, by: Asker, at: datetime
) -> dict[UUID, Listed]:
    seen = access.seen(case_ids=case_ids, sight=sight)
    if len(seen) < len(case_ids):
        raise NotFound
    return listed(case_ids=case_ids, by=by, acting_for=sight.acting_for, at=at)


def _refusal(offer: Offered, at: datetime) -> Refusal | None:
    return judge(Verb.APPROVE, offer.case, offer.facts, at)


def _totals(cases: Iterable[CaseRow]) -> tuple[BulkTotal, ...]:
    sums: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for case in cases:
        if case.amount:
            sums[case.entity, case.amount.currency].append(case.amount.minor)
    return tuple(
        BulkTotal(entity, len(minors), Money(sum(minors), currency))
        for (entity, currency), minors in sorted(sums.items())
    )
