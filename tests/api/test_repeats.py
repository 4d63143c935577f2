"""What administrators' programs send again under the same key is done once and answered as before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from akcept.cases.models import OutsideLink
from akcept.doctypes.models import DocumentType
from akcept.journal.models import Entry
from akcept.people.models import Department, Deputy, PendingChange, Person, RoleGrant
from akcept.people.services import grant_role
from outsiders import asked, lena
from programs import Program, ProgramNamed, refusal_of
from together import at_once
from troupe import AT, SYSTEM, Cast

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = {"starts_on": "2026-11-20", "ends_on": "2026-11-21"}


def twice(
    program: Program, path: str, body: object, method: str = "POST"
) -> tuple[dict[str, Any], int]:
    """Send a request twice under one key; return the answer, the same both times, and how much it recorded."""
    before = Entry.objects.count()
    answers = [program.send(method, path, body, key=f"{method}:{path}") for _ in range(2)]
    assert [one.status_code for one in answers] in ([200, 200], [201, 201]), answers[1].content
    first, second = (one.json() for one in answers)
    assert first == second
    return first, Entry.objects.count() - before


def test_people_and_what_they_hold_are_set_up_once(program: ProgramNamed, cast: Cast) -> None:
    root, boris = program("root"), f"/org/people/{cast.boris.id}"
    made, _ = twice(root, "/org/people", {"name": "Zoya Zaytseva"})
    assert Person.objects.filter(name="Zoya Zaytseva").count() == 1
    assert twice(root, f"/org/people/{made['id']}", {"position": "Clerk"}, "PATCH")[1] == 1
    absence, recorded = twice(root, f"{boris}/absences", DAYS | {"deputy_id": str(cast.dana.id)})
    assert (Deputy.objects.get().id, recorded) == (UUID(absence["id"]), 1)
    assert twice(root, f"/org/absences/{absence['id']}/end", {})[1] == 1
    role, recorded = twice(root, f"{boris}/roles", {"role": "AUDITOR"})
    assert (RoleGrant.objects.filter(person=cast.boris).get().id, recorded) == (UUID(role["id"]), 1)
    assert twice(root, f"/org/roles/{role['id']}/take", {})[1] == 1
    limit = [{"amount": {"amount": "500.00", "currency": "EUR"}}]
    assert twice(root, f"{boris}/limits", limit)[1] == 1
    unit, _ = twice(root, "/org/departments", {"name": "Legal"})
    assert Department.objects.get(name="Legal").id == UUID(unit["id"])
    assert twice(root, f"/org/departments/{unit['id']}", {"name": "Law"})[1] == 1


def test_what_waits_for_a_second_person_waits_once(program: ProgramNamed, cast: Cast) -> None:
    grant_role(person_id=cast.gleb.id, role="ADMINISTRATOR", by=SYSTEM, at=AT)
    done, recorded = twice(program("root"), f"/org/people/{cast.root.id}/roles", {"role": "CFO"})
    assert (PendingChange.objects.get().id, recorded) == (UUID(done["waiting"]), 1)
    confirm = f"/org/changes/{done['waiting']}/confirm"
    # The change and its confirmation, each once.
    assert twice(program("gleb"), confirm, {})[1] == 2


def test_document_types_and_routes_are_kept_once(program: ProgramNamed, cast: Cast) -> None:
    root = program("root")
    singular = ("name_en", "name_ru", "title_en", "title_ru_genitive", "title_ru_accusative")
    names = dict.fromkeys((*singular, "plural_en", "plural_ru"), "Memo")
    twice(
        root, "/document-types", {"code": "MEMO", "ends_in_payment": False, "fields": [], **names}
    )
    assert DocumentType.objects.filter(code="MEMO").count() == 1
    twice(root, "/document-types/MEMO", {"name_en": "Note"}, "PATCH")
    grant_role(person_id=cast.root.id, role="ROUTE_OWNER", by=SYSTEM, at=AT)
    route, _ = twice(root, "/routes", {"name_en": "Odd"})
    stage = {"code": "S", "who": "NAMED", "people": [str(cast.vera.id)]}
    draft = {"definition": {"conditions": [], "stages": [stage]}, "seen": 1}
    path = f"/routes/{route['id']}"
    # Without the key the second would be refused, as the draft was saved meanwhile.
    assert twice(root, f"{path}/draft", draft)[1] <= 1
    assert twice(root, f"{path}/publish", {"seen": 2})[1] == 1
    assert twice(root, path, {"name_en": "Even"}, "PATCH")[1] == 1
    order = [row["id"] for row in reversed(root.get("/routes").json())]
    assert twice(root, "/routes/order", {"routes": order})[1] >= 1


def test_a_link_is_sent_again_and_revoked_once(program: ProgramNamed, cast: Cast) -> None:
    case_id = asked(cast)
    path = f"/cases/{case_id}/outside/{lena().id}"
    twice(program("anna"), f"{path}/send", {})
    assert OutsideLink.objects.count() == 2
    assert twice(program("anna"), f"{path}/revoke", {})[1] == 1


def test_a_key_means_one_request_and_one_person(program: ProgramNamed, cast: Cast) -> None:
    root = program("root")
    grant_role(person_id=cast.gleb.id, role="ADMINISTRATOR", by=SYSTEM, at=AT)
    assert root.post("/org/departments", {"name": "Legal"}, key="k").status_code == 200
    other = root.post("/org/departments", {"name": "Law"}, key="k")
    assert refusal_of(other) == (422, "KEY_REUSED")
    assert not Department.objects.filter(name="Law").exists()
    assert program("gleb").post("/org/departments", {"name": "Law"}, key="k").status_code == 200
    assert not Entry.objects.filter(key="k", actor_id=None).exists()


def test_of_the_same_request_at_once_one_is_done(program: ProgramNamed, cast: Cast) -> None:
    root = program("root")
    body = {"name": "Zoya Zaytseva"}
    answers = at_once([lambda: root.post("/org/people", body, key="k").json()["id"]] * 3)
    assert len(set(map(str, answers))) == 1
    assert Person.objects.filter(name="Zoya Zaytseva").count() == 1


def test_a_refusal_uses_no_key_up(program: ProgramNamed, cast: Cast) -> None:
    path = f"/org/people/{cast.boris.id}/absences"
    wrong = {"starts_on": "2026-11-21", "ends_on": "2026-11-20"}
    assert program("root").post(path, wrong, key="k").status_code == 422
    assert program("root").post(path, DAYS, key="k").status_code == 200
