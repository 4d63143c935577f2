"""Stages that decide together, over the whole way of a command: rows, tasks, two at once, deadlines, overrides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akcept.cases import clockwork, queries, services, verifying
from akcept.cases.cards import Outcome
from akcept.cases.inputs import NewFile
from akcept.cases.models import Task
from akcept.cases.services import Forced
from akcept.engine.case import SeatState, State
from akcept.engine.refusals import (
    FileNeeded,
    NotAllowed,
    NotNeeded,
    OwnDocument,
    Refusal,
    RemarkNeeded,
)
from akcept.engine.routes import (
    AtDeadline,
    Condition,
    How,
    Op,
    RouteVersion,
    Stage,
    Who,
)
from akcept.people.models import Person, Role, RoleGrant
from akcept.routes import definitions, store
from together import at_once
from troupe import AT, SYSTEM, Cast, keep_pdf, send

pytestmark = pytest.mark.django_db(transaction=True)
MOST_STATEMENTS = 10


def through(*stages: Stage, **more: Any) -> None:
    """Let everything that goes by hierarchy go through these stages."""
    condition = Condition("approval_type", Op.IN, ("HIERARCHY",))
    version = RouteVersion("", "", 0, stages, conditions=(condition,), **more)
    store.publish(route="HIERARCHY", definition=definitions.dump(version), by=SYSTEM, at=AT)


def board(cast: Cast, **more: Any) -> Stage:
    people = tuple(str(getattr(cast, name).id) for name in ("boris", "vera", "gleb"))
    return Stage("BOARD", name_en="Board", people=people, **more)


def approve(cast: Cast, name: str, case_id: UUID, remark: str = "") -> Outcome:
    return services.approve(case_id=case_id, by=cast.asks(name), revision=1, remark=remark, at=AT)


def open_tasks(case_id: UUID) -> set[str]:
    return set(
        Task.objects.filter(case=case_id, closed_at=None).values_list("person__name", flat=True)
    )


def test_two_of_three_decide_and_the_third_is_not_needed(cast: Cast) -> None:
    through(board(cast, how=How.N_OF_M, needed=2))
    case_id = send(cast).case_id
    assert open_tasks(case_id) == {"Boris Borisov", "Vera Verina", "Gleb Glebov"}
    approve(cast, "boris", case_id)
    card = queries.case_card(by=cast.asks("anna"), case_id=case_id, at=AT)
    assert [(row.name_en, row.needed, row.agreed) for row in card.stages] == [("Board", 2, 1)]
    assert len(card.row.now_with) == 2
    assert approve(cast, "gleb", case_id).state is State.TO_PAY
    with pytest.raises(NotNeeded):
        approve(cast, "vera", case_id)
    card = queries.case_card(by=cast.asks("vera"), case_id=case_id, at=AT)
    assert [seat.state for seat in card.seats] == [
        SeatState.APPROVED,
        SeatState.NOT_NEEDED,
        SeatState.APPROVED,
    ]
    assert verifying.differences(case_id) == ()


def test_of_two_who_vote_at_once_both_are_counted(cast: Cast) -> None:
    through(board(cast, how=How.ALL))
    case_id = send(cast).case_id
    answers = at_once(
        [
            lambda: approve(cast, "boris", case_id),
            lambda: approve(cast, "vera", case_id),
            lambda: approve(cast, "gleb", case_id),
        ]
    )
    assert not [answer for answer in answers if isinstance(answer, Refusal)]
    card = queries.case_card(by=cast.asks("anna"), case_id=case_id, at=AT)
    assert card.row.state is State.TO_PAY
    assert verifying.differences(case_id) == ()


def test_of_two_who_vote_at_once_where_one_is_enough_the_other_is_told(cast: Cast) -> None:
    through(board(cast, how=How.ANY))
    case_id = send(cast).case_id
    answers = at_once(
        [lambda: approve(cast, "boris", case_id), lambda: approve(cast, "vera", case_id)]
    )
    (told,) = [answer for answer in answers if isinstance(answer, Refusal)]
    assert isinstance(told, NotNeeded)
    assert told.at == AT


def test_a_decision_in_a_parallel_stage_keeps_to_its_statements(cast: Cast) -> None:
    through(board(cast, how=How.ALL), Stage("LAST", people=(str(cast.dana.id),), hours=8))
    case_id = send(cast).case_id
    approve(cast, "boris", case_id)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        approve(cast, "vera", case_id)
    asked = [row["sql"] for row in seen if "SAVEPOINT" not in row["sql"]]
    assert len([line for line in asked if not line.startswith(("BEGIN", "COMMIT"))]) <= MOST_STATEMENTS  # fmt: skip


def test_a_stage_that_does_not_apply_is_shown_with_its_reason(cast: Cast) -> None:
    dear = Condition("amount", Op.AT_LEAST, (100_000_000,))
    through(board(cast), Stage("CEO", people=(str(cast.dana.id),), conditions=(dear,)))
    card = queries.case_card(by=cast.asks("anna"), case_id=send(cast).case_id, at=AT)
    assert [row.unmet for row in card.stages] == [None, dear]


def test_conditions_read_what_surrounds_the_document(cast: Cast) -> None:
    fresh = Condition("new_counterparty", Op.IS_SET)
    twin = Condition("duplicate", Op.IS_SET)
    through(
        Stage("ONE", people=(str(cast.boris.id),), conditions=(fresh,)),
        Stage("TWO", people=(str(cast.vera.id),), conditions=(twin,)),
    )
    card = queries.case_card(by=cast.asks("anna"), case_id=send(cast).case_id, at=AT)
    assert [row.unmet for row in card.stages] == [None, twin]


def test_a_role_is_whoever_holds_it(cast: Cast) -> None:
    through(Stage("CFO", who=Who.ROLE, role="CFO"))
    assert open_tasks(send(cast).case_id) == {"Gleb Glebov"}


def test_a_stage_may_ask_for_a_remark_and_a_file(cast: Cast) -> None:
    through(board(cast, how=How.ANY, needs_remark=True, needs_file=True))
    case_id = send(cast).case_id
    with pytest.raises(RemarkNeeded):
        approve(cast, "boris", case_id)
    with pytest.raises(FileNeeded):
        approve(cast, "boris", case_id, "Checked")
    act: NewFile = keep_pdf("opinion.pdf", "ACT")
    done = services.approve(
        case_id=case_id,
        by=cast.asks("boris"),
        revision=1,
        remark="Checked",
        files=[act],
        at=AT,
    )
    assert done.state is State.TO_PAY


# Friday noon in Moscow; six working hours are left of the day, two come on Monday.
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_a_deadline_counts_the_working_hours_of_the_holder(cast: Cast) -> None:
    stage = Stage("ONE", people=(str(cast.boris.id),), hours=8, at_deadline=AtDeadline.ESCALATE)
    through(stage)
    case_id = send(cast).case_id
    (task,) = Task.objects.filter(case=case_id, closed_at=None)
    assert (task.due_at, task.at_deadline) == (MONDAY, "ESCALATE")
    assert clockwork.meet_deadlines(at=MONDAY - timedelta(minutes=1)) == 0
    assert clockwork.meet_deadlines(at=MONDAY) == 1
    assert clockwork.meet_deadlines(at=MONDAY) == 0
    assert open_tasks(case_id) == {"Vera Verina"}
    card = queries.case_card(by=cast.asks("anna"), case_id=case_id, at=MONDAY)
    assert card.seats[0].due_at == MONDAY + timedelta(days=1) - timedelta(hours=1)
    assert verifying.differences(case_id) == ()


def test_where_nobody_is_above_the_holder_keeps_it(cast: Cast) -> None:
    stage = Stage("ONE", people=(str(cast.gleb.id),), hours=1, at_deadline=AtDeadline.ESCALATE)
    through(stage)
    case_id = send(cast).case_id
    assert clockwork.meet_deadlines(at=MONDAY) == 0
    assert open_tasks(case_id) == {"Gleb Glebov"}
    assert not Task.objects.exclude(at_deadline="").filter(closed_at=None).exists()


def may_override(person: Person) -> None:
    role = Role.objects.create(
        code="OVERRIDER", name_en="Overrider", name_ru="Override", rights=["OVERRIDE", "SEE_CASES"]
    )
    RoleGrant.objects.create(person=person, role=role, granted_at=AT)


def test_an_override_needs_its_right_and_is_marked(cast: Cast) -> None:
    case_id = send(cast).case_id

    def force(name: str) -> Outcome:
        return services.force_decision(
            case_id=case_id,
            by=cast.asks(name),
            revision=1,
            seat=1,
            outcome=Forced.APPROVED,
            reason="Boris cannot be reached",
            at=AT,
        )

    with pytest.raises(NotAllowed):
        force("gleb")
    may_override(cast.oleg)
    force("oleg")
    history = queries.history(by=cast.asks("anna"), case_id=case_id, at=AT)
    assert history[-1].data["is_override"] is True
    assert open_tasks(case_id) == {"Vera Verina"}


def test_nobody_overrides_on_their_own_document(cast: Cast) -> None:
    case_id = send(cast).case_id
    may_override(cast.anna)
    (task,) = Task.objects.filter(case=case_id, closed_at=None)
    with pytest.raises(OwnDocument):
        services.replace_person(
            case_id=case_id,
            by=cast.asks("anna"),
            task=task.key,
            to=cast.dana.id,
            reason="Faster",
            at=AT,
        )
