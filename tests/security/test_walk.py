"""Every address, walked by those to whom a case does not exist (any more, or yet): they see nothing of it, learn
nothing (an id that is there is answered like one that never was), and change nothing.

The tables of addresses are those of `architecture.test_permissions`, so that a new address is walked by itself. What a
stranger meets beyond cases (keys, people, settings) stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from akcept.cases import access
from akcept.cases import queries as cases
from akcept.cases.models import Case
from akcept.cases.queries import concerned
from akcept.delivery import fanout
from akcept.delivery.models import Notice
from akcept.engine.refusals import NotFound
from akcept.journal.models import Entry
from akcept.kit import clock, ids
from akcept.people import services as people
from akcept.people.codes import TokenScope
from akcept.people.fields import Absence
from akcept.people.models import Person, RoleGrant
from architecture.test_permissions import May, Scene, ask, calls, doors, scene, told
from programs import Program
from troupe import AT, SYSTEM

pytestmark = pytest.mark.django_db
__all__ = ["scene"]
DAY = timedelta(days=1)
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ACTS = ("/approve/", "/reassign/", "/pay/", "/comment/")
Becomes = Callable[[Scene], object]


def deputy(scene: Scene, first: int, last: int, **scope: Any) -> UUID:
    """Let Oleg act for Boris, whose turn it is."""
    today = clock.now().date()
    days = (today + first * DAY, today + last * DAY)
    away = Absence(scene.cast.boris.id, scene.cast.oleg.id, *days, **scope)
    return UUID(str(people.set_deputy(absence=away, by=SYSTEM, at=AT)))


def other_payer() -> UUID:
    return UUID(str(RoleGrant.objects.exclude(entity=None).values_list("entity_id", flat=True)[0]))


def deputy_no_more(scene: Scene) -> None:
    acting = deputy(scene, -5, 5)
    people.cancel_deputy(deputyship_id=acting, by=SYSTEM, at=clock.now())


def held(scene: Scene, role: str) -> None:
    """Give Oleg a role that opens everything, and take it away."""
    oleg = scene.cast.oleg
    people.grant_role(person_id=oleg.id, role=role, by=SYSTEM, at=AT)
    grant = RoleGrant.objects.get(person=oleg, role__code=role, entity=None, revoked_at=None)
    people.revoke_role(grant_id=grant.id, by=SYSTEM, at=clock.now())


def deputy_of_a_deputy(scene: Scene) -> None:
    """Dana acts for Boris, and Oleg for Dana: nobody acts for a deputy."""
    today, cast = clock.now().date(), scene.cast
    for absentee, who in ((cast.boris, cast.dana), (cast.dana, cast.oleg)):
        away = Absence(absentee.id, who.id, today, today)
        people.set_deputy(absence=away, by=SYSTEM, at=AT)


# Who Oleg is, or was: to all of them Anna's case does not exist.
WHO: dict[str, Becomes] = {
    "a stranger": lambda scene: None,
    "a deputy before their days": lambda scene: deputy(scene, 2, 9),
    "a deputy after their days": lambda scene: deputy(scene, -9, -2),
    "a deputy for another payer": lambda scene: deputy(scene, -5, 5, entity_id=other_payer()),
    "a deputy for another document type": lambda scene: deputy(scene, -5, 5, doctype="CONTRACT"),
    "a deputy who was called back": deputy_no_more,
    "a deputy of a deputy": deputy_of_a_deputy,
    "an accountant of another payer": lambda scene: people.grant_role(
        person_id=scene.cast.oleg.id, role="ACCOUNTANT", entity_id=other_payer(), by=SYSTEM, at=AT
    ),
    "a payer no more": lambda scene: held(scene, "ACCOUNTANT"),
    "an auditor no more": lambda scene: held(scene, "AUDITOR"),
}


def whole() -> list[Any]:
    """Return what nobody of them may change."""
    cases = Case.objects.order_by("id").values_list("id", "head_number", "fold")
    entries = Entry.objects.filter(chain_id__in=Case.objects.values("id"))
    return [*cases, *entries.order_by("chain_id", "number").values_list("chain_id", "number")]


def program_of(person: Person) -> Program:
    _, secret = people.make_token(
        person_id=person.id, name="x", scopes=list(TokenScope), by=person.actor, at=AT
    )
    return Program(secret)


def naming(case_id: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Give the requests that are everybody's and name a case in what they say."""
    yield "POST", "/tasks/approve/", {"row": f"{case_id} 1", "key": "k"}
    yield "GET", "/tasks/approve/", {"case": case_id}
    yield "POST", "/tasks/undo/", {"row": f"{case_id} 1", "key": "k"}
    yield "POST", "/pay/", {"do": "plan", "case": case_id, "on": "2026-11-23"}
    yield "POST", "/pay/", {"do": "pay", "case": case_id, "on": "2026-11-23", f"revision-{case_id}": "1", f"minor-{case_id}": "1"}  # fmt: skip
    yield "POST", "/cases/preview/", {"case": case_id}
    yield "GET", "/cases/new/", {"copy": case_id}
    yield "POST", f"/cases/new/?copy={case_id}", {"do": "draft"}
    yield "GET", "/tasks/", {"open": case_id}
    yield "GET", "/tasks/just-decided", {"case": case_id}


def naming_by_program(case_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "/tasks/look-over", {"cases": [case_id]}
    yield "/tasks/approve", {"rows": [{"case_id": case_id, "revision": 1}]}
    yield "/cases/preview", {"case_id": case_id}
    yield "/cases", {"copy_of": case_id}


# What only this case has: its address, and what it is for.
LISTS = (
    "/", "/feed/news?since=0", "/tasks/", "/tasks/?tab=done", "/tasks/?tab=mentions", "/tasks/news", "/invoices/", "/invoices/?view=kanban", "/invoices/?who=all",
    "/invoices/?q=77", "/search/?q=77", "/search/options?q=77", "/calendar/", "/calendar/?view=week", "/notices/", "/notices/counts",
    "/pay/", "/tasks/just-decided", "/profile/away/",
)  # fmt: skip
LISTED = (
    "/cases", "/cases?text=77", "/tasks", "/tasks?kind=APPROVE", "/feed", "/search?text=77", "/mentions", "/me/notices", "/tasks/snoozed",
    "/calendar?first=2026-11-01&last=2026-11-30",
)  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_none_of_them_sees_it(scene: Scene, who: str) -> None:
    WHO[who](scene)
    oleg, case_id, at = scene.cast.asks("oleg"), UUID(scene.ids["case_id"]), clock.now()
    with pytest.raises(NotFound):
        access.check(case_id=case_id, person_id=oleg.id, at=at)
    assert not Case.objects.filter(access.visible(by=oleg, at=at)).exists()
    assert not access.readers(case_id=case_id, people=[oleg.id], at=at)
    assert cases.inbox(by=oleg, at=at).tasks == ()
    told = concerned(case_ids=[case_id], at=at)[case_id]
    assert oleg.id not in told.followers | told.holders


@pytest.fixture
def walker(scene: Scene) -> Person:
    """Let Oleg be all of them at once: a reason to see would show through all that are none."""
    for becomes in WHO.values():
        becomes(scene)
    return Person.objects.get(id=scene.cast.oleg.id)


def test_at_no_address_is_it_there_for_them(scene: Scene, walker: Person) -> None:
    client, program, before = Client(), program_of(walker), whole()
    client.force_login(walker)
    walked = [
        (name, method, ask(client, method, address, scene).status_code)
        for name, method, address, may in doors(scene)
        # All acts are one address; a stranger tries each of them elsewhere.
        if may is May.SEER and (name != "web:act" or address.endswith(ACTS))
    ]
    for name, method, address, may, body in calls(scene, scene.ids["case_id"]):
        if may is May.SEER:
            answer = program.get(address) if body is None else program.send(method, address, body)
            walked.append((name, method, answer.status_code))
    assert [one for one in walked if one[-1] != 404] == []
    assert len(walked) > 50
    assert whole() == before


def test_whatever_names_it_is_answered_as_if_it_had_never_been(
    scene: Scene, walker: Person
) -> None:
    client, program, before = Client(), program_of(walker), whole()
    client.force_login(walker)
    case_id, never = scene.ids["case_id"], str(ids.new_id())
    for here, there in zip(naming(case_id), naming(never), strict=True):
        assert plainly(_said(client, here)) == plainly(_said(client, there)), here
    for one, other in zip(naming_by_program(case_id), naming_by_program(never), strict=True):
        assert plainly(program.post(*one)) == plainly(program.post(*other)), one
    assert whole() == before


def _said(client: Client, request: tuple[str, str, dict[str, str]]) -> Any:
    method, path, form = request
    return client.get(path, form) if method == "GET" else client.post(path, form)


def plainly(answer: Any) -> tuple[int, str]:
    """Return an answer without ids, and without the keys that every form gets anew."""
    status, text = told(answer)
    assert status < 500
    return status, ID.sub("…", text)


def test_in_what_is_theirs_there_is_nothing_of_it(scene: Scene, walker: Person) -> None:
    client, program, at = Client(), program_of(walker), clock.now()
    client.force_login(walker)
    while fanout.fan_out(at=at):
        pass
    answers = {path: client.get(path) for path in LISTS}
    answers |= {path: program.get(path) for path in LISTED}
    feed = people.make_feed_token(person_id=walker.id, by=walker.actor, at=AT)
    answers["the calendar's feed"] = Client().get(f"/calendar/feed/{feed}.ics")
    answers["a table"] = client.post("/invoices/export", {"format": "csv"})
    case_id = scene.ids["case_id"]
    for path, answer in answers.items():
        assert answer.status_code in {200, 204}, path
        text = b"".join(answer).decode()
        assert case_id not in text, path
        assert "Хостинг" not in text, path
    assert not Notice.objects.filter(person_id=walker.id, chain_id=case_id).exists()


def test_whoever_was_switched_off_is_told_nothing_at_any_address(scene: Scene) -> None:
    """Boris, who has the task, with all that he had: session, key and feed."""
    boris, case_id = scene.cast.boris, scene.ids["case_id"]
    client, program = Client(), program_of(boris)
    client.force_login(boris)
    feed = people.make_feed_token(person_id=boris.id, by=boris.actor, at=AT)
    Person.objects.filter(id=boris.id).update(is_active=False)
    before = whole()
    wrong: list[object] = [
        (name, method)
        for name, method, address, may in doors(scene)
        if may is not May.ANYBODY and ask(client, method, address, scene).status_code != 302
    ]
    for path in (f"/cases/{case_id}", "/tasks", "/me"):
        assert program.get(path).status_code == 401
    assert wrong == []
    assert whole() == before
    assert Client().get(f"/calendar/feed/{feed}.ics").status_code == 404
