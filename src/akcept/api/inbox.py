"""One's own list of tasks: what is set aside until later, and what is approved together."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from akcept.api import stale
from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import CaseRowOut, MoneyOut, Out, OutcomeOut, TaskOut
from akcept.api.given import Moment as MomentOut
from akcept.api.problems import Problem, worded
from akcept.api.taken import Id, In, Moment, Revision
from akcept.cases import bulk, queries, snoozing
from akcept.cases.cards import Caution
from akcept.engine.refusals import Refusal
from akcept.people.codes import TokenScope

door = Door(tags=["Tasks"])


class SnoozeIn(In):
    """`anyway`: also past the planned payment date."""

    until: Moment
    anyway: bool = False


class LookOverIn(In):
    """Up to 50 documents."""

    cases: Annotated[list[Id], Field(max_length=50)]


class ApproveRowIn(In):
    """`revision` is the one that was looked at."""

    case_id: Id
    revision: Revision


class ApproveSeveralIn(In):
    """Up to 50 documents, each on the revision that was looked at."""

    rows: Annotated[list[ApproveRowIn], Field(max_length=50)]


class LookedOverOut(Out):
    """With a caution or a `refusal` it would be left out."""

    case: CaseRowOut
    revision: int
    cautions: list[Caution]
    refusal: Problem | None


class BulkTotalOut(Out):
    entity: str
    count: int
    amount: MoneyOut


class BulkPlanOut(Out):
    rows: list[LookedOverOut]
    totals: list[BulkTotalOut]


class BulkResultOut(Out):
    """`outcome` if it was approved, else `cautions` or a `refusal` as it would be answered alone."""

    case_id: UUID
    outcome: OutcomeOut | None
    cautions: list[Caution]
    refusal: Problem | None


class SnoozedOut(Out):
    until: MomentOut | None


@door.read("/tasks/snoozed", list[TaskOut], summary="What I have set aside")
def list_snoozed(request: ApiRequest) -> list[TaskOut]:
    """Return your open tasks that are hidden until later, the next to come back first."""
    call = request.auth
    return [TaskOut.model_validate(card) for card in queries.snoozed(by=call.by, at=call.at)]


@door.act("/tasks/{uuid:task_id}/snooze", SnoozedOut, TokenScope.DECIDE, summary="Set aside")
def snooze_task(request: ApiRequest, task_id: UUID, body: SnoozeIn) -> SnoozedOut:
    """Hide one of your tasks from your list until a moment; deadlines and reminders go on."""
    call = request.auth
    until = snoozing.snooze(
        by=call.by, task_id=task_id, until=body.until, anyway=body.anyway, at=call.at
    )
    return SnoozedOut(until=until)


@door.act("/tasks/{uuid:task_id}/wake", SnoozedOut, TokenScope.DECIDE, summary="Take back")
def wake_task(request: ApiRequest, task_id: UUID) -> SnoozedOut:
    """Take a task back before its time."""
    snoozing.wake(by=request.auth.by, task_id=task_id, at=request.auth.at)
    return SnoozedOut(until=None)


@door.act("/tasks/look-over", BulkPlanOut, TokenScope.READ, summary="Look several over")
def look_over(request: ApiRequest, body: LookOverIn) -> BulkPlanOut:
    """Say what approving these documents together would mean; changes nothing."""
    call = request.auth
    plan = bulk.look_over(by=call.by, case_ids=body.cases, at=call.at)
    rows = [
        LookedOverOut(
            case=CaseRowOut.model_validate(row.case),
            revision=row.revision,
            cautions=list(row.cautions),
            refusal=_problem(request, row.case.id, row.refusal),
        )
        for row in plan.rows
    ]
    totals = [BulkTotalOut.model_validate(total) for total in plan.totals]
    return BulkPlanOut(rows=rows, totals=totals)


@door.act("/tasks/approve", list[BulkResultOut], TokenScope.DECIDE, summary="Approve several")
def approve_several(request: ApiRequest, body: ApproveSeveralIn) -> list[BulkResultOut]:
    """Approve each in an act of its own; what has a caution is left out."""
    call = request.auth
    rows = [(row.case_id, row.revision) for row in body.rows]
    return [
        BulkResultOut(
            case_id=result.case.id,
            outcome=OutcomeOut.model_validate(result.outcome) if result.outcome else None,
            cautions=list(result.cautions),
            refusal=_problem(request, result.case.id, result.refusal),
        )
        for result in bulk.approve(by=call.by, rows=rows, at=call.at, key=call.key)
    ]


def _problem(request: ApiRequest, case_id: UUID, refusal: Refusal | None) -> Problem | None:
    if refusal is None:
        return None
    return worded(request, refusal, also=stale.told(request, refusal, case_id))
