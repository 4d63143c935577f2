"""When a link to somebody from outside ends, how often its code may be tried, and what two at once can do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from akcept.cases import queries, services, verifying
from akcept.cases.models import OutsideLink
from akcept.cases.outside import deciding, inviting, page, secrets
from akcept.cases.outside.links import Over
from akcept.cases.services import Forced
from akcept.engine.refusals import CodeWrong, LinkOver, Refusal
from akcept.journal.models import Entry
from akcept.kit import clock
from akcept.people.models import Role, RoleGrant
from outsiders import asked, code, lena, letters, link, proof, work
from together import at_once
from troupe import Cast

pytestmark = pytest.mark.django_db


def token() -> str:
    return link().split("/")[2]


def why_over(at: datetime) -> Over | None:
    return page.look(token=token(), at=at).over


def test_after_its_days_a_link_opens_nothing_and_says_so(cast: Cast, client: Client) -> None:
    asked(cast)
    issued = OutsideLink.objects.get()
    assert issued.expires_at - issued.issued_at == timedelta(days=7)
    assert why_over(issued.expires_at - timedelta(seconds=1)) is None
    assert why_over(issued.expires_at) is Over.EXPIRED
    with pytest.raises(LinkOver):
        deciding.send_code(token=token(), at=issued.expires_at)
    OutsideLink.objects.update(expires_at=clock.now())
    shown = client.get(link())
    assert shown.status_code == 410
    assert "The time of this link is over" in shown.content.decode()
    assert "Хостинг за ноябрь" not in shown.content.decode()


def test_a_code_is_good_for_a_quarter_of_an_hour(cast: Cast) -> None:
    asked(cast)
    sent = clock.now()
    deciding.send_code(token=token(), at=sent)
    work()
    with pytest.raises(CodeWrong):
        deciding.prove(token=token(), code=code(), at=sent + timedelta(minutes=15, seconds=1))
    proven = deciding.prove(token=token(), code=code(), at=sent + timedelta(minutes=15))
    late = sent + timedelta(minutes=46)
    with pytest.raises(CodeWrong):
        deciding.approve(token=token(), proof=proven, remark="", at=late)


def test_a_link_is_worth_twelve_codes(cast: Cast) -> None:
    asked(cast)
    at = clock.now()
    for sent in range(deciding.MOST_CODES):
        deciding.send_code(token=token(), at=at + sent * deciding.CODE_EVERY)
    with pytest.raises(LinkOver) as refused:
        deciding.send_code(token=token(), at=at + timedelta(hours=1))
    assert refused.value.why is Over.CODES_SPENT


def test_a_newer_code_ends_the_proof_of_the_one_before(cast: Cast, client: Client) -> None:
    asked(cast)
    proven = proof(client, link())
    OutsideLink.objects.update(code_sent_at=clock.now() - timedelta(minutes=2))
    client.post(link(), {"do": "code"})
    assert client.post(link(), {"do": "approve", "proof": proven}).status_code == 422


def test_a_returned_round_takes_its_links_along(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    proven, old = proof(client, link()), link()
    by, at = cast.asks("anna"), clock.now()
    services.revise(case_id=case_id, by=by, revision=1, content=services.CardInput({"comment": "Хостинг за май"}), at=at)  # fmt: skip
    work()
    assert client.get(old).status_code == 410
    assert client.post(old, {"do": "approve", "proof": proven}).status_code == 410
    assert link() != old
    assert "Хостинг за май" in client.get(link()).content.decode()


def test_a_withdrawn_document_says_that_it_was_withdrawn(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    services.withdraw(case_id=case_id, by=cast.asks("anna"), reason="x", at=clock.now())
    assert "has withdrawn the document" in client.get(link()).content.decode()


def test_who_was_decided_for_reads_that_they_are_not_needed(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    rights = ["OVERRIDE", "SEE_CASES"]
    role = Role.objects.create(code="OVERRIDER", name_en="Overrider", name_ru="x", rights=rights)
    RoleGrant.objects.create(person=cast.oleg, role=role, granted_at=clock.now())
    by, at = cast.asks("oleg"), clock.now()
    card = queries.case_card(by=by, case_id=case_id, at=at)
    (seat,) = [row.id for row in card.seats if row.is_current]
    services.force_decision(case_id=case_id, by=by, revision=1, seat=seat, outcome=Forced.APPROVED, reason="Away", at=at)  # fmt: skip
    assert "no longer needed" in client.get(link()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_an_approval_and_a_rejection_at_once_one_counts(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    proven, at = proof(client, link()), clock.now()
    secret = token()
    answers = at_once(
        [
            lambda: deciding.approve(token=secret, proof=proven, remark="", at=at),
            lambda: deciding.reject(token=secret, proof=proven, reason="No", at=at),
            lambda: deciding.approve(token=secret, proof=proven, remark="", at=at),
        ]
    )
    assert len([answer for answer in answers if isinstance(answer, Refusal)]) == 2
    made = Entry.objects.filter(chain_id=case_id, actor_id=lena().id)
    assert made.filter(kind__in=("APPROVED", "REJECTED")).count() == 1
    assert verifying.differences(case_id) == ()


@pytest.mark.django_db(transaction=True)
def test_of_many_wrong_codes_at_once_each_is_counted(cast: Cast, client: Client) -> None:
    asked(cast)
    at, secret = clock.now(), token()
    deciding.send_code(token=secret, at=at)
    held = OutsideLink.objects.get()
    right = secrets.code(held.id, held.code_number)
    wrong = "000000" if right != "000000" else "111111"
    at_once([lambda: deciding.prove(token=secret, code=wrong, at=at)] * 8)
    with pytest.raises(CodeWrong):
        deciding.prove(token=secret, code=right, at=at)


@pytest.mark.django_db(transaction=True)
def test_a_link_sent_twice_at_once_leaves_one_that_works(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    anna, person = cast.asks("anna"), lena().id
    at_once([lambda: inviting.send_again(case_id=case_id, by=anna, person=person, at=clock.now())] * 2)  # fmt: skip
    work()
    paths = {letter.body.split("/x/")[1].split("/")[0] for letter in letters()}
    answers = [client.get(f"/x/{secret}/").status_code for secret in paths]
    assert sorted(answers) == [200, *[410] * (len(answers) - 1)]


def test_a_letter_that_goes_twice_carries_the_same_link_and_code(
    cast: Cast, client: Client
) -> None:
    asked(cast)
    client.post(link(), {"do": "code"})
    work()
    held = OutsideLink.objects.get()
    first, again = (page.letter(link_id=held.id, at=clock.now()) for _ in range(2))
    assert (first.token, first.code) == (again.token, again.code) == (token(), code())
