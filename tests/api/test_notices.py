from __future__ import annotations

import pytest

from akcept.people.models import Person
from delivery.telling import tell
from programs import ProgramNamed
from troupe import Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_program_reads_what_its_owner_was_told_and_marks_it(
    program: ProgramNamed, cast: Cast
) -> None:
    sent = send(cast)
    tell()
    boris = program("boris")
    (notice,) = boris.get("/me/notices").json()["items"]
    assert (notice["case_id"], notice["topic"], notice["is_read"]) == (str(sent.case_id), "TASK", False)  # fmt: skip
    assert program("anna").post("/me/notices/read", {"ids": [notice["id"]]}).json() == {"read": 0}
    assert boris.post("/me/notices/read", {}).json() == {"read": 1}


def test_a_program_changes_how_its_owner_is_told(program: ProgramNamed, cast: Cast) -> None:
    anna = program("anna")
    body = {"cells": {"WATCHED.MAIL": "OFF"}, "quiet_from": "22:00", "quiet_until": "07:00"}
    changed = anna.send("PATCH", "/me/notifications", body).json()
    assert changed == anna.get("/me/notifications").json()
    assert (changed["cells"]["WATCHED.MAIL"], changed["quiet_from"]) == ("OFF", "22:00")
    assert changed["digest_at"] == "08:30"
    freed = anna.send("PATCH", "/me/notifications", {"quiet_from": None, "quiet_until": None})
    assert freed.json()["quiet_from"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"cells": {"URGENT.MAIL": "OFF"}}, "URGENT.MAIL"),
        ({"quiet_from": "22:00"}, "quiet_from"),
        ({"digest_at": None}, "digest_at"),
        ({"digest_at": "08:30:15"}, "digest_at"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    program: ProgramNamed, body: dict[str, object], field: str
) -> None:
    refused = program("anna").send("PATCH", "/me/notifications", body)
    assert refused.status_code == 422
    assert field in {error["field"] for error in refused.json()["errors"]}


def test_a_letter_needs_an_address_only_for_mail(program: ProgramNamed, cast: Cast) -> None:
    Person.objects.filter(id=cast.boris.id).update(email=None)
    send(cast)
    tell()
    assert len(program("boris").get("/me/notices").json()["items"]) == 1
