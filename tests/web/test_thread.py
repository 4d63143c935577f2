"""The path of one invoice through the pages: written, decided by everybody, paid."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from akcept.cases.models import Case
from akcept.engine.case import State
from akcept.kit import clock, ids
from conftest import LogIn
from sheets import revision, send
from troupe import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def act(client: Client, case_id: UUID, verb: str, **said: object) -> None:
    form = {"key": str(ids.new_id()), "revision": revision(case_id)} | said
    answer = client.post(f"/cases/{case_id}/act/{verb}/", form)
    assert answer.status_code == 302, answer.content.decode()


def test_an_invoice_goes_from_the_sheet_to_paid(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast)
    for name in ("boris", "vera", "gleb"):
        client = log_in(name)
        page = client.get(f"/cases/{case_id}/").content.decode()
        assert "RUB\xa0120,000.00" in page
        assert "incl. VAT 22 % 21,639.34" in page
        act(client, case_id, "approve")
    today = clock.now().date().isoformat()
    act(log_in("clara"), case_id, "pay", amount="120000.00", on=today, order_number="118")
    assert Case.objects.get(id=case_id).state == State.PAID
    for tab in ("details", "discussion", "history", "payments"):
        assert log_in("anna").get(f"/cases/{case_id}/", {"tab": tab}).status_code == 200


def test_to_a_stranger_there_is_no_such_card(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast)
    oleg = log_in("oleg")
    for path in ("", "edit/", "files/1/", "files/1/download/", "files/1/thumbnail/"):
        assert oleg.get(f"/cases/{case_id}/{path}").status_code == 404
    form = {"revision": revision(case_id)}
    assert oleg.post(f"/cases/{case_id}/act/approve/", form).status_code == 404
    assert Case.objects.get(id=case_id).state == State.IN_APPROVAL
