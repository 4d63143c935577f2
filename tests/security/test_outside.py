"""Attempts on the links of approvers from outside: guessing, forwarding, reusing, repeating."""

from __future__ import annotations

import pytest
from django.test import Client

from akcept.cases import queries, services
from akcept.cases.outside import inviting, secrets
from akcept.cases.outside.inviting import Guest, Shared
from akcept.cases.outside.links import Over
from akcept.engine.refusals import InvalidInput, NotAllowed
from akcept.kit import clock
from akcept.people import services as people
from outsiders import ADDRESS, LENA, asked, code, lena, letters, link, proof, work
from troupe import Cast, send

pytestmark = pytest.mark.django_db


def over(cast: Cast, case_id: object) -> Over | None:
    (card,) = inviting.links_of(case_id=case_id, by=cast.asks("anna"), at=clock.now())
    return card.over


def seat(cast: Cast, case_id: object) -> str:
    card = queries.case_card(by=cast.asks("anna"), case_id=case_id, at=clock.now())
    return str(next(row.state for row in card.seats if row.person and row.person.id == lena().id))


@pytest.mark.parametrize("address", ["anna@example.com", "BORIS@example.com "])
def test_nobody_asks_themselves_or_a_colleague_as_somebody_from_outside(
    cast: Cast, address: str
) -> None:
    sent = send(cast)
    with pytest.raises(InvalidInput) as refused:
        inviting.invite(
            case_id=sent.case_id, by=cast.asks("anna"), guest=Guest(address, "Anna"), shared=Shared(), at=clock.now()
        )  # fmt: skip
    assert refused.value.errors == {"email": "EMAIL_OF_COLLEAGUE"}


def test_without_the_code_a_forwarded_link_decides_nothing(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    for said in ({}, {"proof": ""}, {"proof": "x:y:z"}):
        assert client.post(link(), {"do": "approve", **said}).status_code == 422
    assert seat(cast, case_id) == "WAITING"


def test_five_wrong_codes_end_even_the_right_one(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    client.post(link(), {"do": "code"})
    work()
    wrong = "000000" if code() != "000000" else "111111"
    for _ in range(5):
        assert client.post(link(), {"do": "prove", "code": wrong}).status_code == 422
    assert client.post(link(), {"do": "prove", "code": code()}).status_code == 422
    assert seat(cast, case_id) == "WAITING"


def test_codes_come_no_faster_than_one_a_minute(cast: Cast, client: Client) -> None:
    asked(cast)
    assert client.post(link(), {"do": "code"}).status_code == 200
    assert client.post(link(), {"do": "code"}).status_code == 429


def test_a_proof_opens_no_other_document(cast: Cast, client: Client) -> None:
    asked(cast)
    proven = proof(client, link())
    second = send(cast, supplier_number="78").case_id
    inviting.invite(case_id=second, by=cast.asks("boris"), guest=LENA, shared=Shared(), at=clock.now())  # fmt: skip
    services.approve(case_id=second, by=cast.asks("boris"), revision=1, at=clock.now())
    work()
    assert client.post(link(), {"do": "approve", "proof": proven}).status_code == 422
    assert seat(cast, second) == "WAITING"


def test_two_posts_decide_once(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    proven = proof(client, link())
    client.post(link(), {"do": "approve", "proof": proven})
    page = client.post(link(), {"do": "reject", "proof": proven, "text": "no"})
    assert "Your decision: approved" in page.content.decode()
    assert seat(cast, case_id) == "APPROVED"


def test_a_withdrawn_document_ends_its_link(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    proven = proof(client, link())
    services.withdraw(case_id=case_id, by=cast.asks("anna"), reason="x", at=clock.now())
    assert over(cast, case_id) is Over.WITHDRAWN
    assert client.get(link()).status_code == 410
    assert client.post(link(), {"do": "approve", "proof": proven}).status_code == 410
    assert client.get(f"{link()}files/1/").status_code == 410


def test_a_changed_document_ends_the_link_to_what_it_was(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    proven, old = proof(client, link()), link()
    content = services.CardInput({"contract": "17"})
    services.revise(case_id=case_id, by=cast.asks("anna"), revision=1, content=content, at=clock.now())  # fmt: skip
    assert over(cast, case_id) is Over.NEWER_REVISION
    assert client.post(old, {"do": "approve", "proof": proven}).status_code == 410


def test_a_link_sent_again_or_revoked_ends_the_one_before(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    old, anna = link(), cast.asks("anna")
    inviting.send_again(case_id=case_id, by=anna, person=lena().id, at=clock.now())
    work()
    assert link() != old
    assert client.get(old).status_code == 410
    assert client.get(link()).status_code == 200
    inviting.revoke(case_id=case_id, by=anna, person=lena().id, at=clock.now())
    assert client.get(link()).status_code == 410


def test_who_only_takes_part_may_not_send_links(cast: Cast) -> None:
    case_id = asked(cast, by="anna")
    with pytest.raises(NotAllowed):
        inviting.send_again(case_id=case_id, by=cast.asks("vera"), person=lena().id, at=clock.now())


def test_somebody_from_outside_never_gets_a_password(cast: Cast) -> None:
    asked(cast)
    with pytest.raises(NotAllowed):
        people.set_password(
            person_id=lena().id, password="a very long word", by=cast.root.actor, at=clock.now()
        )


def test_guessing_finds_nothing(client: Client, cast: Cast) -> None:
    asked(cast)
    assert len(link().split("/")[2]) == 43
    assert client.get("/x/akc_x/").status_code == 404
    assert client.get(f"/x/{secrets.digest(link().split('/')[2])}/").status_code == 404


def test_somebody_from_outside_gets_no_log_in_by_forgetting_a_password(
    cast: Cast, client: Client
) -> None:
    asked(cast)
    before = len(letters())
    client.post("/accounts/password/reset/", {"email": ADDRESS})
    assert len(letters()) == before
    form = {"login": ADDRESS, "password": ""}
    assert client.post("/accounts/login/", form).status_code == 200
