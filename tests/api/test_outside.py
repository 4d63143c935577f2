"""Approvers from outside over the API: asked, told apart, sent again, revoked; and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from akcept.people.models import Person
from outsiders import ADDRESS, work
from programs import Program, ProgramNamed, refusal_of, sent
from troupe import Cast

pytestmark = pytest.mark.django_db
LENA = {"email": ADDRESS, "name": "Lena Lvova", "position": "Counsel", "question": "Clause 4?"}


def asked(program: ProgramNamed, cast: Cast) -> tuple[str, str]:
    """Let Boris ask Lena and approve; return where she is, and her id."""
    path = f"/cases/{sent(program, cast)['case_id']}"
    boris = program("boris")
    answer = boris.post(f"{path}/outside", LENA, key="once")
    assert answer.status_code == 200, answer.content
    again = boris.post(f"{path}/outside", LENA, key="once")
    assert again.json() == answer.json()
    assert boris.post(f"{path}/approve", {"revision": 1}).status_code == 200
    work()
    return f"{path}/outside", str(Person.objects.get(email=ADDRESS).id)


def links(program: Program, path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = program.get(path).json()
    return rows


def test_a_program_asks_sends_again_and_revokes(program: ProgramNamed, cast: Cast) -> None:
    path, lena = asked(program, cast)
    anna = program("anna")
    (row,) = links(anna, path)
    assert (row["question"], row["is_waiting"], row["over"]) == ("Clause 4?", True, None)
    assert ADDRESS not in anna.get(path).content.decode()
    (again,) = anna.post(f"{path}/{lena}/send", {"question": "Clause 5?"}).json()
    assert (again["question"], again["over"]) == ("Clause 5?", None)
    (over,) = anna.post(f"{path}/{lena}/revoke").json()
    assert over["over"] == "REVOKED"
    seats = anna.get(path.removesuffix("/outside")).json()["seats"]
    assert [seat["is_outside"] for seat in seats].count(True) == 1


def test_a_program_is_refused_what_people_are(program: ProgramNamed, cast: Cast) -> None:
    path, lena = asked(program, cast)
    colleague = LENA | {"email": "vera@example.com"}
    assert refusal_of(program("anna").post(path, colleague)) == (422, "INVALID_INPUT")
    unknown = program("anna").post(f"{path}/{lena}/send", {"files": [9]})
    assert refusal_of(unknown) == (422, "INVALID_INPUT")
    assert refusal_of(program("vera").post(f"{path}/{lena}/revoke")) == (403, "NOT_ALLOWED")
    assert refusal_of(program("oleg").get(path)) == (404, "NOT_FOUND")
