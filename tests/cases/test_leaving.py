"""Nothing waits for somebody who is gone."""

from __future__ import annotations

import pytest

from akcept.cases import leaving, queries, services, verifying
from akcept.cases.models import Case
from akcept.engine.refusals import HeirNeeded, NeedsSecondPerson, NotAllowed
from akcept.engine.tasks import TaskKind
from akcept.people import services as people
from akcept.people.fields import Absence
from akcept.people.models import Person
from akcept.routes import queries as drafts
from akcept.routes import services as routes
from troupe import AT, SYSTEM, TODAY, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)


def _holders(case_id: object) -> list[str]:
    case = Case.objects.get(id=case_id)
    return [task.person.name for task in case.tasks.filter(closed_at=None)]


def test_the_task_of_a_leaver_goes_to_the_manager(cast: Cast) -> None:
    sent = send(cast)
    assert leaving.leave(person_id=cast.boris.id, by=cast.asks("root"), at=AT) == 1
    # Vera sits in the round already, so Gleb is next; he does, too: the route owner is asked.
    assert _holders(sent.case_id) == ["Root Rootov"]
    services.name_approver(case_id=sent.case_id, by=cast.asks("root"), person=cast.dana.id, at=AT)
    assert _holders(sent.case_id) == ["Dana Danina"]
    assert verifying.differences(sent.case_id) == ()


def test_a_correction_goes_to_the_manager_of_the_initiator(cast: Cast) -> None:
    sent = send(cast)
    services.return_for_rework(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, reasons=["Why?"], at=AT
    )
    leaving.leave(person_id=cast.anna.id, by=cast.asks("root"), at=AT)
    assert _holders(sent.case_id) == ["Boris Borisov"]


def test_a_payer_who_leaves_leaves_the_payment_to_the_others(cast: Cast) -> None:
    cleared = approved(cast)
    leaving.leave(person_id=cast.clara.id, by=cast.asks("root"), at=AT)
    assert _holders(cleared.case_id) == ["Gleb Glebov"]


def test_a_seat_of_somebody_who_left_is_found_when_its_turn_comes(cast: Cast) -> None:
    sent = send(cast)
    leaving.leave(person_id=cast.vera.id, by=cast.asks("root"), at=AT)
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    assert leaving.rehome_stranded(at=AT) == 1
    (task,) = queries.inbox(by=cast.asks("root"), at=AT).tasks
    assert task.kind is TaskKind.NAME_APPROVER
    assert leaving.rehome_stranded(at=AT) == 0


def test_only_administrators_switch_people_off(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        leaving.leave(person_id=cast.boris.id, by=cast.asks("anna"), at=AT)
    assert Person.objects.get(id=cast.boris.id).is_active


def test_everything_is_passed_on_in_one_act(cast: Cast) -> None:
    sent = send(cast)
    unit = people.save_department(
        department_id=None, name="Sales", parent_id=None, head_id=cast.boris.id, by=SYSTEM, at=AT
    )
    people.grant_role(person_id=cast.boris.id, role="AUDITOR", by=SYSTEM, at=AT)
    routes.set_list(people=[cast.boris.id, cast.gleb.id], by=SYSTEM, at=AT)
    away = Absence(cast.vera.id, cast.boris.id, TODAY, TODAY)
    people.set_deputy(absence=away, by=SYSTEM, at=AT)
    held = leaving.holdings(person_id=cast.boris.id, by=cast.asks("root"), at=AT)
    assert [one.case_id for one in held.tasks] == [sent.case_id]
    assert [one.code for one in held.routes] == ["LIST"]
    assert [one.role for one in held.roles] == ["AUDITOR"]
    assert [one.absentee_id for one in held.deputyships] == [cast.vera.id]
    assert [one.id for one in held.reports] == [cast.anna.id]
    assert [one.id for one in held.departments] == [unit]
    assert held.next_up == cast.vera.id
    dana = cast.dana.id
    heirs = leaving.Heirs(dana, dana, dana, dana, dana, dana)
    leaving.leave(person_id=cast.boris.id, by=cast.asks("root"), at=AT, heirs=heirs)
    assert _holders(sent.case_id) == ["Dana Danina"]
    left = leaving.holdings(person_id=cast.boris.id, by=cast.asks("root"), at=AT)
    assert (left.tasks, left.routes, left.deputyships, left.reports, left.departments) == ((),) * 5
    got = leaving.holdings(person_id=dana, by=cast.asks("root"), at=AT)
    assert [one.code for one in got.routes] == ["LIST"]
    assert [one.role for one in got.roles] == ["AUDITOR"]
    assert [one.absentee_id for one in got.deputyships] == [cast.vera.id]


def test_the_last_of_a_stage_needs_an_heir(cast: Cast) -> None:
    routes.set_list(people=[cast.boris.id], by=SYSTEM, at=AT)
    with pytest.raises(HeirNeeded):
        leaving.leave(person_id=cast.boris.id, by=cast.asks("root"), at=AT, heirs=leaving.Heirs())
    assert Person.objects.get(id=cast.boris.id).is_active


def test_drafts_name_the_heir_as_well_and_may_be_left_without_anybody(cast: Cast) -> None:
    boris = str(cast.boris.id)
    stage = {"code": "S", "who": "NAMED", "people": [boris]}
    said = {"conditions": [], "stages": [stage]}
    route = routes.create_route(name_en="Big", name_ru="", definition=said, by=SYSTEM, at=AT)
    held = leaving.holdings(person_id=cast.boris.id, by=cast.asks("root"), at=AT)
    assert [one.name_en for one in held.routes] == ["Big"]
    heirs = leaving.Heirs(routes=cast.dana.id)
    leaving.leave(person_id=cast.boris.id, by=cast.asks("root"), at=AT, heirs=heirs)
    draft = drafts.route_line(route_id=route).latest
    assert draft.stages[0].people == (str(cast.dana.id),)
    leaving.leave(person_id=cast.dana.id, by=cast.asks("root"), at=AT, heirs=leaving.Heirs())
    assert drafts.route_line(route_id=route).latest.stages[0].people == ()


def test_nobody_makes_themselves_the_heir(cast: Cast) -> None:
    heirs = leaving.Heirs(roles=cast.root.id)
    with pytest.raises(NeedsSecondPerson):
        leaving.leave(person_id=cast.clara.id, by=cast.asks("root"), at=AT, heirs=heirs)
