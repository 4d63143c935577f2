"""A step that asks for a remark and a file: both come with the approval, from the card and by API."""

from __future__ import annotations

import pytest

from akcept.cases.models import Attachment
from akcept.engine.routes import How
from akcept.people import services as people
from akcept.people.codes import TokenScope
from cases.test_stages import board, through
from conftest import LogIn
from programs import Program, upload
from sheets import pdf, send
from troupe import AT, Cast
from web.test_card import press

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def asking(cast: Cast) -> None:
    """Let the step of Boris, Vera and Gleb ask for both."""
    through(board(cast, how=How.ANY, needs_remark=True, needs_file=True))


def test_the_card_takes_both_in_one_act(cast: Cast, log_in: LogIn) -> None:
    case_id, boris = send(log_in("anna"), cast), log_in("boris")
    page = boris.get(f"/cases/{case_id}/").content.decode()
    assert "This step asks for a remark." in page
    assert "This step asks for a file" in page
    status, said = press(boris, case_id, "approve", remark="Read it")
    assert status == 409
    assert "Choose it when you approve" in said
    assert Attachment.objects.filter(case=case_id).count() == 1
    status, said = press(boris, case_id, "approve", remark="Read it", file=pdf("opinion"))
    assert status == 302, said
    assert Attachment.objects.filter(case=case_id, by=cast.boris).count() == 1


def test_lists_lead_to_the_card(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast)
    tasks = log_in("boris").get("/tasks/").content.decode()
    assert f"/cases/{case_id}/act/approve/" not in tasks
    assert f"/cases/{case_id}/act/return/" in tasks


def test_a_program_gives_both(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast)
    _, secret = people.make_token(
        person_id=cast.boris.id, name="x", scopes=list(TokenScope), by=cast.boris.actor, at=AT
    )
    boris = Program(secret)
    seats = boris.get(f"/cases/{case_id}").json()["seats"]
    assert {(seat["needs_remark"], seat["needs_file"]) for seat in seats} == {(True, True)}
    file = {"purpose": "OTHER", "sha256": upload(boris), "name": "opinion.pdf"}
    said = {"revision": 1, "remark": "Read it", "files": [file]}
    assert boris.post(f"/cases/{case_id}/approve", said | {"files": []}).status_code == 409
    assert boris.post(f"/cases/{case_id}/approve", said).status_code == 200
