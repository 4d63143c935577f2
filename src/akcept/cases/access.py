"""Who sees a case. The only place that knows; to everybody else the case does not exist.

Whoever takes or took part, the deputy of such a person while deputising, the managers of the initiator (rows of
Participation), and who holds a right over the cases of the payer entity. Of a confidential type: who takes part, and
auditors. Other people's drafts are nobody's business. A deputy for one payer entity or one document type sees, and has
tasks on, the cases of that one alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from akcept.cases.models import Case, Participation
from akcept.doctypes.models import DocumentType
from akcept.engine.case import State
from akcept.engine.refusals import NotFound
from akcept.kit import sql
from akcept.people import rights, standing
from akcept.people.askers import Asker
from akcept.people.codes import Right
from akcept.people.deputies import Deputyship

# The first and commonest reason, for a statement about a case anyway (its row is `c`).
TAKES_PART = """EXISTS (SELECT 1 FROM cases_participation p WHERE p.case_id = c.id AND p.person_id = {who}
       AND (p.follows OR NOT EXISTS
            (SELECT 1 FROM doctypes_documenttype t WHERE t.code = c.doctype_id AND t.is_confidential)))"""
PART = f"SELECT 1 FROM cases_case c WHERE c.id = %s AND {TAKES_PART.format(who='%s')}"  # noqa: S608
# What lets see the cases of an entity; the confidential ones open to auditors alone.
SEEING = (Right.SEE_CASES, Right.AUDIT, Right.PAY)
CONFIDENTIAL = DocumentType.objects.filter(is_confidential=True).values("code")
# The initiator's managers only look on, which a confidential document does not allow.
IN_PART = Q(follows=True) | ~Q(case__doctype__in=CONFIDENTIAL)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person sees now: the condition on cases, and for whom they act."""

    condition: Q
    acting_for: tuple[Deputyship, ...]

    def people(self, by: Asker) -> list[UUID]:
        """Return the person and everybody they act for."""
        return [by.id, *(row.absentee_id for row in self.acting_for)]

    def require(self, case_id: UUID) -> None:
        """Refuse a case that is not in sight, as if it did not exist."""
        if not Case.objects.filter(self.condition, id=case_id).exists():
            raise NotFound


def seen(*, case_ids: Iterable[UUID], sight: Sight) -> set[UUID]:
    """Return which of these cases are in sight."""
    found = Case.objects.filter(sight.condition, id__in=list(case_ids))
    return set(found.values_list("id", flat=True))


def theirs(*, by: UUID, acting_for: Sequence[Deputyship]) -> Q:
    """Return the condition on rows of a case and a person: one's own, and those of whom one acts for on such cases."""
    mine = Q(person__in=[by, *(row.absentee_id for row in acting_for if row.is_for_all)])
    for row in acting_for:
        if not row.is_for_all:
            where = {"case__entity": row.entity_id, "case__doctype": row.doctype}
            mine |= Q(person=row.absentee_id, **{key: one for key, one in where.items() if one})
    return mine


def sight(*, by: Asker, at: datetime) -> Sight:
    """Find out what a person sees, in one query."""
    return _sight(by.id, at)


def _sight(person_id: UUID, at: datetime, before: UUID | None = None) -> Sight:
    acting = standing.deputised_by(person_id=person_id, at=at)
    part = Participation.objects.filter(IN_PART, theirs(by=person_id, acting_for=acting))
    if before is not None:
        # Said here too: what somebody takes part in is walked from its newest end.
        part = part.filter(case_id__lt=before)
    by_right = _by_right(standing.rights_of(person_id=person_id, at=at))
    if by_right is None:
        return Sight(Q(id__in=part.values("case_id")), acting)
    # Asked of the single case, and only where the right does not do: as a set, everything that
    # somebody ever took part in would be gathered for every page.
    this = part.filter(case_id=OuterRef("pk")).values("case_id")[:1]
    return Sight(by_right | Q(pk=Subquery(this)), acting)


def visible(*, by: Asker, at: datetime, before: UUID | None = None) -> Q:
    """Return the condition on cases under which a person sees them, or only those older than one."""
    condition = _sight(by.id, at, before).condition
    return condition if before is None else condition & Q(id__lt=before)


def check(*, case_id: UUID, person_id: UUID, at: datetime) -> None:
    """Refuse a case that the person may not see, as if it did not exist."""
    if not sql.rows(PART, [case_id, person_id]):
        _sight(person_id, at).require(case_id)


def readers(*, case_id: UUID, people: Iterable[UUID], at: datetime) -> frozenset[UUID]:
    """Return who of some people may see a case: in one query for those who take part, in a few for each other."""
    wanted = set(people)
    if not wanted:
        return frozenset()
    part = Participation.objects.filter(IN_PART, case_id=case_id, person_id__in=wanted)
    seeing = set(part.values_list("person_id", flat=True))
    seen = Case.objects.filter(id=case_id)
    for person in wanted - seeing:
        if seen.filter(_sight(person, at).condition).exists():
            seeing.add(person)
    return frozenset(seeing)


def _by_right(granted: rights.Rights) -> Q | None:
    """Return what the rights open; None when nothing."""
    audited = _where(granted, (Right.AUDIT,))
    seen = _where(granted, SEEING)
    if seen is None:
        return None
    open_to_all = seen & ~Q(doctype__in=CONFIDENTIAL)
    return (open_to_all | audited if audited else open_to_all) & ~Q(state=State.DRAFT)


def _where(granted: rights.Rights, wanted: Iterable[Right]) -> Q | None:
    entities: set[UUID] = set()
    for right in wanted:
        where = granted.entities(right)
        if isinstance(where, rights.Everywhere):
            return Q(pk__isnull=False)
        entities |= where
    return Q(entity_id__in=entities) if entities else None
