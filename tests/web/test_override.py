"""Deciding in somebody's place, from the card: with a right of its own, a reason, and a mark that stays."""

from __future__ import annotations

import pytest

from akcept.cases.models import Task
from akcept.people.models import Role, RoleGrant
from conftest import LogIn
from sheets import send
from troupe import AT, Cast
from web.test_card import press

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def overrider(cast: Cast) -> None:
    role = Role.objects.create(
        code="OVERRIDER", name_en="Overrider", name_ru="Override", rights=["OVERRIDE", "SEE_CASES"]
    )
    RoleGrant.objects.create(person=cast.oleg, role=role, granted_at=AT)


@pytest.mark.usefixtures("overrider")
def test_an_override_decides_and_is_marked(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast)
    oleg = log_in("oleg")
    page = oleg.get(f"/cases/{case_id}/").content.decode()
    assert "Decide by override" in page
    assert "Decide by override" not in log_in("boris").get(f"/cases/{case_id}/").content.decode()
    status, _ = press(oleg, case_id, "force-decision", seat=1, outcome="APPROVED", reason="Away")
    assert status == 302
    told = oleg.get(f"/cases/{case_id}/?tab=history").content.decode()
    assert "approved by override, in the place of Boris Borisov" in told
    chain = oleg.get(f"/cases/{case_id}/").content.decode()
    assert "approved by override, in the place of Boris Borisov" in chain
    assert "for Boris Borisov" not in chain


@pytest.mark.usefixtures("overrider")
def test_an_override_puts_somebody_else_in_the_place(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast)
    task = Task.objects.get(case=case_id, closed_at=None)
    said = {"task": task.key, "person": str(cast.dana.id), "reason": "Away"}
    assert press(log_in("oleg"), case_id, "replace-person", **said)[0] == 302
    assert Task.objects.get(case=case_id, closed_at=None).person == cast.dana
    chain = log_in("anna").get(f"/cases/{case_id}/").content.decode()
    assert "Put here by override instead of Boris Borisov" in chain
