"""Nobody decides on their own document by any door, nothing is paid twice, and secrets stay where they belong."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from akcept.cases.models import Case
from akcept.journal.models import Entry
from akcept.kit import clock, ids
from akcept.people import services as people
from akcept.people.codes import TokenScope
from akcept.people.fields import Absence
from akcept.people.models import ApiToken, Person
from akcept.project.logs import hide_secrets
from conftest import LogIn
from programs import Program, rub
from troupe import AT, PASSWORD, SYSTEM, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)


def program_of(person: Person, *scopes: TokenScope, **more: Any) -> tuple[Program, str]:
    _, secret = people.make_token(
        person_id=person.id,
        name="x",
        scopes=list(scopes or TokenScope),
        by=person.actor,
        at=AT,
        **more,
    )
    return Program(secret), secret


def decided(case_id: Any, by: Person) -> bool:
    kinds = ("APPROVED", "PAYMENT_EXECUTED", "PAYMENT_SENT")
    return Entry.objects.filter(chain_id=case_id, kind__in=kinds, actor_id=by.id).exists()


def test_nobody_approves_their_own_by_any_way(cast: Cast, log_in: LogIn) -> None:
    anna, case = cast.anna, send(cast).case_id
    absence = Absence(
        absentee_id=cast.boris.id,
        deputy_id=anna.id,
        starts_on=AT.date(),
        ends_on=AT.date() + timedelta(days=300),
    )
    people.set_deputy(absence=absence, by=cast.boris.actor, at=AT)
    page, program = log_in("anna"), program_of(anna)[0]
    to_herself = {"person": str(anna.id), "task": "x", "reason": "x", "revision": 1}
    for verb in ("approve", "reassign", "add-approver", "name-approver", "pay", "mark-sent"):
        page.post(f"/cases/{case}/act/{verb}/", to_herself | {"amount": "1", "on": "2026-11-20"})
    program.post(f"/cases/{case}/approve", {"revision": 1})
    program.post(f"/cases/{case}/add-approver", {"person": str(anna.id)})
    boris = program_of(cast.boris)[0]
    boris.post(f"/cases/{case}/add-approver", {"person": str(anna.id)})
    task = boris.get(f"/cases/{case}").json()
    for seat in json.dumps(task).split('"id": "')[1:]:
        boris.post(f"/cases/{case}/reassign", {"task": seat.split('"')[0], "to": str(anna.id)})
    program.post(f"/cases/{case}/approve", {"revision": 1})
    page.post(f"/cases/{case}/act/approve/", {"revision": 1})
    assert not decided(case, anna)
    assert Case.objects.get(id=case).state == "IN_APPROVAL"


def test_who_pays_does_not_pay_their_own_alone_or_in_a_batch(cast: Cast, log_in: LogIn) -> None:
    people.grant_role(person_id=cast.anna.id, role="ACCOUNTANT", by=SYSTEM, at=AT)
    done = approved(cast)
    page, day = log_in("anna"), AT.date().isoformat()
    form = {"revision": done.revision, "amount": "120000", "on": day}
    page.post(f"/cases/{done.case_id}/act/pay/", form)
    page.post(f"/cases/{done.case_id}/act/mark-sent/", form)
    batch = {"do": "pay", "on": day, "case": str(done.case_id), f"revision-{done.case_id}": done.revision, f"minor-{done.case_id}": 12_000_000}  # fmt: skip
    page.post("/pay/", batch)
    program_of(cast.anna)[0].post(
        f"/cases/{done.case_id}/pay",
        {"revision": done.revision, "amount": rub("120000.00"), "on": day},
    )
    assert not decided(done.case_id, cast.anna)
    assert Case.objects.get(id=done.case_id).state == "TO_PAY"


def test_of_payments_at_once_one_is_made(cast: Cast, log_in: LogIn) -> None:
    done = approved(cast)
    day = AT.date().isoformat()
    single = {"revision": done.revision, "amount": "120000", "on": day}
    batch = {"do": "pay", "on": day, "case": str(done.case_id), f"revision-{done.case_id}": done.revision, f"minor-{done.case_id}": 12_000_000}  # fmt: skip
    wanted = [(f"/cases/{done.case_id}/act/pay/", single), ("/pay/", batch)] * 2
    clients = [log_in("clara") for _ in wanted]
    ready = Barrier(len(wanted))

    def press(client: Client, path: str, form: dict[str, Any]) -> int:
        ready.wait()
        try:
            return client.post(path, form | {"key": str(ids.new_id())}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(wanted)) as pool:
        pressed = [pool.submit(press, client, *said) for client, said in zip(clients, wanted, strict=True)]  # fmt: skip
        assert all(one.result() < 500 for one in pressed)
    assert Entry.objects.filter(kind="PAYMENT_EXECUTED").count() == 1


def test_who_was_switched_off_does_nothing_more_by_any_door(cast: Cast, log_in: LogIn) -> None:
    case = send(cast).case_id
    page, (program, _) = log_in("boris"), program_of(cast.boris)
    feed = people.make_feed_token(person_id=cast.boris.id, by=cast.boris.actor, at=AT)
    assert Client().get(f"/calendar/feed/{feed}.ics").status_code == 200
    Person.objects.filter(id=cast.boris.id).update(is_active=False)
    assert page.post(f"/cases/{case}/act/approve/", {"revision": 1}).status_code == 302
    assert program.post(f"/cases/{case}/approve", {"revision": 1}).status_code == 401
    assert Client().get(f"/calendar/feed/{feed}.ics").status_code == 404
    assert not decided(case, cast.boris)


def test_a_new_feed_address_ends_the_one_before(cast: Cast) -> None:
    first, second = (
        people.make_feed_token(person_id=cast.anna.id, by=cast.anna.actor, at=AT) for _ in range(2)
    )
    assert Client().get(f"/calendar/feed/{first}.ics").status_code == 404
    assert Client().get(f"/calendar/feed/{second}.ics").status_code == 200
    assert second not in str(Person.objects.filter(id=cast.anna.id).values())


def test_of_a_key_only_a_digest_is_kept_and_it_reaches_no_further_than_it_says(cast: Cast) -> None:
    case = send(cast).case_id
    reader, secret = program_of(cast.boris, TokenScope.READ)
    assert secret not in str(ApiToken.objects.values())
    assert secret not in "".join(Entry.objects.values_list("body", flat=True))
    assert reader.get(f"/cases/{case}").status_code == 200
    assert reader.post(f"/cases/{case}/approve", {"revision": 1}).status_code == 403
    late, _ = program_of(cast.boris, expires_at=AT + timedelta(seconds=1))
    assert late.get("/me").status_code == 401
    token = ApiToken.objects.filter(expires_at=None).get()
    people.revoke_token(
        token_id=token.id, person_id=cast.boris.id, by=cast.boris.actor, at=clock.now()
    )
    assert reader.get("/me").status_code == 401


def test_no_secret_is_written_to_the_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    feed = people.make_feed_token(person_id=cast.anna.id, by=cast.anna.actor, at=AT)
    program, secret = program_of(cast.anna)
    client = Client()
    client.post("/accounts/login/", {"login": "anna@example.com", "password": "wrong-secret"})
    client.post("/accounts/login/", {"login": "anna@example.com", "password": PASSWORD})
    program.get("/me")
    Program("akc_unknown_secret").get("/me")
    client.get(f"/calendar/feed/{feed}.ics")
    client.get("/invoices/?q=private-words")
    written = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    for hidden in (feed, secret, PASSWORD, "wrong-secret", "akc_unknown_secret", "private-words", client.cookies["sessionid"].value):  # fmt: skip
        assert hidden not in written
    shown = hide_secrets(None, "", {"Authorization": "Bearer x", "password": "x", "path": "/"})
    assert shown == {"Authorization": "***", "password": "***", "path": "/"}
