"""What administrators do on the pages, done by a program."""

from __future__ import annotations

import pytest

from akcept.people import queries, services
from programs import ProgramNamed
from troupe import AT, SYSTEM, Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_person_is_added_changed_and_given_what_they_need(
    program: ProgramNamed, cast: Cast
) -> None:
    root = program("root")
    made = root.post("/org/people", {"name": "Zoya Zaytseva", "manager_id": str(cast.boris.id)})
    assert made.status_code == 201
    zoya = made.json()["id"]
    root.send("PATCH", f"/org/people/{zoya}", {"position": "Clerk"})
    limit = {"amount": {"amount": "500.00", "currency": "EUR"}, "doctype": "CONTRACT"}
    root.post(f"/org/people/{zoya}/limits", [limit])
    role = root.post(f"/org/people/{zoya}/roles", {"role": "AUDITOR"}).json()
    away = {"starts_on": "2026-11-20", "ends_on": "2026-11-21", "deputy_id": str(cast.dana.id)}
    absence = root.post(f"/org/people/{zoya}/absences", away).json()
    shown = root.get(f"/org/people/{zoya}").json()
    assert (shown["position"], shown["manager_id"]) == ("Clerk", str(cast.boris.id))
    assert shown["limits"] == [limit]
    assert [one["id"] for one in shown["roles"]] == [role["id"]]
    assert [one["deputy_name"] for one in shown["deputies"]] == ["Dana Danina"]
    assert root.post(f"/org/roles/{role['id']}/take", {}).status_code == 200
    assert root.post(f"/org/absences/{absence['id']}/end", {}).status_code == 200
    left = root.post(f"/org/people/{zoya}/leave", {"reports": str(cast.boris.id)})
    assert left.json() == {"tasks_moved": 0}
    assert root.get(f"/org/people/{zoya}").json()["is_active"] is False


def test_what_benefits_its_author_waits(program: ProgramNamed, cast: Cast) -> None:
    services.grant_role(person_id=cast.gleb.id, role="ADMINISTRATOR", by=SYSTEM, at=AT)
    root = program("root")
    done = root.post(f"/org/people/{cast.root.id}/roles", {"role": "CFO"}).json()
    assert done["id"] is None
    (change,) = root.get("/org/changes").json()
    assert change["id"] == done["waiting"]
    assert change["differences"] == [{"field": "role", "old": None, "new": "CFO"}]
    own = root.post(f"/org/changes/{done['waiting']}/confirm", {})
    assert (own.status_code, own.json()["code"]) == (409, "NEEDS_SECOND_PERSON")
    gleb = program("gleb")
    assert gleb.post(f"/org/changes/{done['waiting']}/confirm", {}).status_code == 200
    grants = queries.person_card(person_id=cast.root.id).grants
    assert [one.role for one in grants] == ["ADMINISTRATOR", "CFO"]


def test_duties_coverage_and_import(program: ProgramNamed, cast: Cast) -> None:
    root = program("root")
    told = root.get("/org/duties").json()
    assert {"PAYMENT_RECONCILED"} == {one["rule"] for one in told["conflicts"]}
    clash = root.post(f"/org/people/{cast.clara.id}/roles", {"role": "PARTY_KEEPER"})
    assert (clash.status_code, clash.json()["code"]) == (409, "DUTIES_IN_CONFLICT")
    root.post(f"/org/people/{cast.boris.id}/absences", {"starts_on": "2026-11-01", "ends_on": "2027-12-31"})  # fmt: skip
    assert [one["name"] for one in root.get("/org/coverage").json()] == ["Boris Borisov"]
    tables = {"people": "name,manager\nZoya Zaytseva,Boris Borisov\n"}
    preview = root.post("/org/import/preview", tables).json()
    assert [row["becomes"] for row in preview["rows"]] == ["NEW"]
    saved = root.post("/org/import", tables | {"seen": preview["digest"]})
    assert saved.status_code == 200
    again = root.post("/org/import", tables | {"seen": preview["digest"]})
    assert (again.status_code, again.json()["code"]) == (409, "IMPORT_CHANGED")
