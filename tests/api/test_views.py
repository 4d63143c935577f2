from __future__ import annotations

from akcept.people.codes import TokenScope
from akcept.people.models import Person
from programs import ProgramOf, refusal_of


def test_a_view_is_saved_begun_with_renamed_and_forgotten(
    anna: Person, program_of: ProgramOf
) -> None:
    program = program_of(anna, TokenScope.READ, TokenScope.DRAFT)
    saved = program.post("/views", {"name": "Mine", "query": "mine=on", "is_first": True})
    assert saved.status_code == 201
    (view,) = saved.json()
    assert (view["name"], view["query"], view["is_first"]) == ("Mine", "mine=on", True)
    renamed = program.send("PATCH", f"/views/{view['id']}", {"name": "Ours", "is_first": False})
    assert [(row["name"], row["is_first"]) for row in renamed.json()] == [("Ours", False)]
    assert program.post(f"/views/{view['id']}/remove", {}).json() == []


def test_sharing_a_view_needs_a_right_and_a_name_is_taken_once(
    anna: Person, program_of: ProgramOf
) -> None:
    program = program_of(anna, TokenScope.READ, TokenScope.DRAFT)
    assert refusal_of(program.post("/views", {"name": "All", "is_shared": True}))[0] == 403
    program.post("/views", {"name": "Mine"})
    assert refusal_of(program.post("/views", {"name": "Mine"}))[0] == 422
