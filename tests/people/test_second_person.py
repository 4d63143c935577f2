"""A change that benefits its author is kept, shown to others, and made by whoever confirms it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from akcept.cases import confirming
from akcept.company import queries as company
from akcept.engine.refusals import AlreadySettled, InvalidInput, NeedsSecondPerson, NotAllowed
from akcept.people import queries, services, standing
from akcept.people.codes import ChangeState, Right
from akcept.people.duties import RuleCode
from akcept.people.fields import Absence, Limit, Permit
from akcept.people.models import PendingChange, Person
from akcept.people.proposals import Waiting
from akcept.routes import services as routes
from staff import Hire
from troupe import AT


@pytest.fixture
def second(hire: Hire) -> Person:
    return hire("Second", "ADMINISTRATOR")


def confirm(waiting: object, by: Person) -> None:
    assert isinstance(waiting, Waiting)
    confirming.confirm(change_id=waiting.id, by=by.actor, at=AT)


def test_a_role_for_oneself_counts_once_confirmed(root: Person, second: Person) -> None:
    asked = services.grant_role(person_id=root.id, role="CFO", by=root.actor, at=AT)
    assert not standing.rights_of(person_id=root.id, at=AT).has(Right.PAY)
    (shown,) = confirming.waiting(by=second.actor, at=AT)
    assert (shown.proposal.author, shown.shown.subject) == (root.name, root.name)
    assert [(one.field, one.old, one.new) for one in shown.shown.differences] == [("role", None, "CFO")]  # fmt: skip
    confirm(asked, second)
    assert standing.rights_of(person_id=root.id, at=AT).has(Right.PAY)
    assert confirming.waiting(by=root.actor, at=AT) == ()


def test_the_author_confirms_nothing(root: Person, second: Person, anna: Person) -> None:
    asked = services.set_limits(
        person_id=root.id, limits=[Limit(10**9, "RUB")], by=root.actor, at=AT
    )
    with pytest.raises(NeedsSecondPerson):
        confirm(asked, root)
    with pytest.raises(NotAllowed):
        confirm(asked, anna)
    assert queries.person_card(person_id=root.id).limits == ()
    confirm(asked, second)
    assert queries.person_card(person_id=root.id).limits == (Limit(10**9, "RUB"),)
    with pytest.raises(AlreadySettled):
        confirm(asked, second)


def test_whoever_benefits_as_well_is_no_second_person(root: Person, second: Person) -> None:
    asked = services.save_role(
        code="ADMINISTRATOR",
        name_en="Administrator",
        name_ru="Администратор",
        may=[Right.ADMINISTER, Right.PAY],
        by=root.actor,
        at=AT,
    )
    with pytest.raises(NeedsSecondPerson):
        confirm(asked, second)
    assert not standing.rights_of(person_id=root.id, at=AT).has(Right.PAY)
    assert [row.state for row in PendingChange.objects.all()] == [ChangeState.WAITING]


def test_a_deputyship_and_an_exception_wait_too(root: Person, second: Person, anna: Person) -> None:
    away = Absence(anna.id, root.id, date(2026, 11, 20), date(2026, 11, 30), doctype="INVOICE")
    permit = Permit(root.id, AT.date(), AT.date(), "alone", rule=RuleCode.OWN_PAYMENT)
    deputy = services.set_deputy(absence=away, by=root.actor, at=AT)
    exception = services.allow_exception(permit=permit, by=root.actor, at=AT)
    fields = [
        [one.field for one in change.shown.differences]
        for change in confirming.waiting(by=second.actor, at=AT)
    ]
    assert fields == [["rule", "days", "reason"], ["deputy", "days", "scope"]]
    confirm(deputy, second)
    confirm(exception, second)
    card = queries.person_card(person_id=root.id)
    assert [(one.absentee_id, one.doctype) for one in card.acts_for] == [(anna.id, "INVOICE")]
    assert [(one.rule, one.approved_by) for one in card.exceptions] == [("OWN_PAYMENT", second.name)]  # fmt: skip


def test_what_could_never_be_done_is_refused_at_once(root: Person) -> None:
    with pytest.raises(InvalidInput):
        services.grant_role(person_id=root.id, role="KING", by=root.actor, at=AT)
    assert not PendingChange.objects.exists()


def test_a_change_is_withdrawn_by_its_author_and_declined_by_others(
    root: Person, second: Person
) -> None:
    mine = services.grant_role(person_id=root.id, role="CFO", by=root.actor, at=AT)
    theirs = services.grant_role(person_id=second.id, role="CFO", by=second.actor, at=AT)
    for change in (mine, theirs):
        assert isinstance(change, Waiting)
        confirming.decline(change_id=change.id, remark="Not now", by=root.actor, at=AT)
    settled = confirming.settled(by=second.actor, at=AT)
    assert {one.state for one in settled} == {ChangeState.WITHDRAWN, ChangeState.DECLINED}
    kinds = [entry.kind for entry in company.history()]
    assert kinds[:4] == ["CHANGE_DECLINED", "CHANGE_WITHDRAWN", "CHANGE_PROPOSED", "CHANGE_PROPOSED"]  # fmt: skip


def test_whoever_asks_twice_waits_once(root: Person, second: Person) -> None:
    first, again, other = (
        services.grant_role(person_id=root.id, role=role, by=root.actor, at=AT)
        for role in ("CFO", "CFO", "TREASURER")
    )
    assert first == again != other
    assert len(confirming.waiting(by=second.actor, at=AT)) == 2


def test_the_database_knows_no_author_who_confirmed(root: Person) -> None:
    with pytest.raises(IntegrityError):
        PendingChange.objects.create(
            command="GRANT_ROLE",
            arguments={},
            author=root,
            settled_by=root,
            state=ChangeState.CONFIRMED,
            proposed_at=AT,
        )


def test_a_route_that_newly_asks_its_author_waits(
    root: Person, second: Person, anna: Person
) -> None:
    asked = routes.set_list(people=[root.id, anna.id], by=root.actor, at=AT)
    (change,) = confirming.waiting(by=second.actor, at=AT)
    assert [one.new for one in change.shown.differences] == [f"{root.name}, {anna.name}"]
    with pytest.raises(NeedsSecondPerson):
        confirm(asked, root)
    confirm(asked, second)
    again = routes.set_list(people=[anna.id, root.id], by=root.actor, at=AT)
    assert not isinstance(again, Waiting)
