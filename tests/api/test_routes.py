"""A program builds, checks, publishes and orders routes by the same rules as the pages."""

from __future__ import annotations

from typing import Any

import pytest

from akcept.people import services as people
from akcept.routes import queries
from programs import Program, ProgramNamed, refusal_of
from troupe import AT, SYSTEM, Cast, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(program: ProgramNamed) -> Program:
    return program("root")


def definition(cast: Cast, **more: Any) -> dict[str, Any]:
    stage = {"code": "A", "who": "NAMED", "people": [str(cast.boris.id)], "hours": 8}
    condition = {"field": "amount", "op": "AT_LEAST", "values": [10_000_000]}
    return {"conditions": [condition], "stages": [stage | more]}


def opened(keeper: Program, **body: Any) -> dict[str, Any]:
    found: dict[str, Any] = keeper.post("/routes", {"name_en": "Big"} | body, key="k").json()
    return found


def test_a_route_goes_from_draft_to_version(cast: Cast, keeper: Program) -> None:
    route = opened(keeper)
    assert route["draft"]["revision"] == 1
    assert opened(keeper)["id"] == route["id"]
    here = f"/routes/{route['id']}"
    assert "NO_STAGES" in {row["code"] for row in keeper.get(f"{here}/problems").json()}
    assert refusal_of(keeper.post(f"{here}/publish", {"seen": 1})) == (409, "ROUTE_UNSOUND")
    said = {"definition": definition(cast), "seen": 1}
    assert keeper.post(f"{here}/draft", said).json()["draft"]["revision"] == 2
    assert refusal_of(keeper.post(f"{here}/draft", said)) == (409, "STALE_REVISION")
    published = keeper.post(f"{here}/publish", {"seen": 2}).json()
    assert (published["live"]["number"], published["draft"]) == (1, None)
    assert published["live"]["definition"]["stages"][0]["hours"] == 8
    assert [row["number"] for row in keeper.get(f"{here}/versions").json()] == [1]
    keeper.post(f"{here}/draft", {"definition": definition(cast, hours=4), "seen": 0})
    assert keeper.post(f"{here}/draft/drop").json()["draft"] is None


def test_what_a_program_reads_it_may_send_back_without_a_change(
    cast: Cast, keeper: Program
) -> None:
    route = opened(keeper, definition=definition(cast))
    here = f"/routes/{route['id']}"
    keeper.post(f"{here}/publish", {"seen": 1})
    read = keeper.get(here).json()["live"]["definition"]
    keeper.post(f"{here}/draft", {"definition": read, "seen": 0})
    assert keeper.post(f"{here}/publish", {"seen": 1}).json()["live"]["number"] == 1


def test_routes_are_renamed_ordered_retired_and_brought_back(keeper: Program) -> None:
    listed = [row["id"] for row in keeper.get("/routes").json()]
    moved = keeper.post("/routes/order", {"routes": listed[::-1]}).json()
    assert [row["id"] for row in moved] == listed[::-1]
    assert refusal_of(keeper.post("/routes/order", {"routes": listed[:1]})) == (
        422,
        "INVALID_INPUT",
    )
    last = f"/routes/{listed[-1]}"
    named = keeper.send("PATCH", last, {"name_en": "Free choice"}).json()
    assert (named["name_en"], named["name_ru"]) == ("Free choice", "Free choice")
    assert keeper.post(f"{last}/make-default").json()["is_default"]
    assert keeper.post(f"/routes/{listed[0]}/retire").json()["is_active"] is False
    assert keeper.post(f"/routes/{listed[0]}/bring-back").json()["is_active"]
    assert refusal_of(keeper.post(f"{last}/retire"))[0] == 422


def test_what_is_to_one_s_own_advantage_waits_and_says_so(
    cast: Cast, keeper: Program, program: ProgramNamed
) -> None:
    people.grant_role(person_id=cast.boris.id, role="ROUTE_OWNER", by=SYSTEM, at=AT)
    boris = program("boris")
    asked = [str(cast.vera.id), str(cast.gleb.id)]
    route = opened(keeper, definition={"stages": [{"code": "A", "who": "NAMED", "people": asked}]})
    here = f"/routes/{route['id']}"
    assert keeper.post(f"{here}/publish", {"seen": 1}).json()["waiting"] == []
    kept = boris.post(f"{here}/retire", key="r").json()
    assert kept["is_active"]
    assert boris.post(f"{here}/retire", key="r").json() == kept
    (change,) = kept["waiting"]
    listed = [row["id"] for row in boris.get("/routes").json()]
    last = boris.post("/routes/order", {"routes": [*listed[1:], listed[0]]}).json()
    assert [row["id"] for row in last] == listed
    assert len(last[0]["waiting"]) == 2
    assert len(last[1]["waiting"]) == 1
    shown = keeper.get("/org/changes").json()
    assert [row["command"] for row in shown] == ["REORDER_ROUTES", "RETIRE_ROUTE"]
    assert shown[1]["differences"] == [{"field": "use", "old": "IN_USE", "new": "OUT_OF_USE"}]
    keeper.post(f"/org/changes/{change}/confirm")
    assert keeper.get(here).json()["is_active"] is False


def test_nonsense_is_refused_by_its_place(keeper: Program) -> None:
    for body in (
        {"name_en": ""},
        {"name_en": "x", "definition": {"stages": [{"code": "A", "who": "GOD"}]}},
        {"name_en": "x", "definition": {"conditions": [{"field": "amount", "op": "IN"}]}},
    ):
        assert keeper.post("/routes", body).status_code == 422
    assert len(queries.route_lines()) == 3


def test_others_neither_see_nor_touch_routes(program: ProgramNamed) -> None:
    anna = program("anna")
    assert anna.get("/routes").status_code == 403
    assert anna.post("/routes", {"name_en": "x"}).status_code == 403


def test_documents_under_way_are_moved_each_with_its_result(cast: Cast, keeper: Program) -> None:
    sent = send(cast)
    route = next(row for row in keeper.get("/routes").json() if row["code"] == "HIERARCHY")
    here = f"/routes/{route['id']}"
    assert keeper.get(f"{here}/running").json()["total"] == 0
    said = {"conditions": route["live"]["definition"]["conditions"], "stages": [stage(cast)]}
    keeper.post(f"{here}/draft", {"definition": said, "seen": 0})
    keeper.post(f"{here}/publish", {"seen": 1})
    page = keeper.get(f"{here}/running").json()
    (row,) = page["cases"]
    assert row["id"] == str(sent.case_id)
    assert [one["name"] for one in row["effect"]["loses"]][:1] == ["Boris Borisov"]
    body = {"version": page["version"], "cases": [{"id": row["id"], "seen": row["seen"] - 1}]}
    (told,) = keeper.post(f"{here}/move", body).json()
    assert (told["result"], told["refusal"]["code"]) == ("REFUSED", "MEANWHILE_CHANGED")
    body["cases"][0]["seen"] = row["seen"]
    (told,) = keeper.post(f"{here}/move", body).json()
    assert (told["result"], told["refusal"]) == ("MOVED", None)


def stage(cast: Cast) -> dict[str, Any]:
    return {"code": "S", "who": "NAMED", "people": [str(cast.vera.id)]}
