"""The page of an approver from outside: link, code, decision, receipt; and what it never shows."""

from __future__ import annotations

import pytest
from django.test import Client

from akcept.cases import queries, services
from akcept.cases.discussion import reading, writing
from akcept.cases.discussion.writing import Words
from akcept.cases.outside import inviting
from akcept.cases.outside.inviting import Guest, Shared
from akcept.delivery.models import Notice
from akcept.engine.refusals import UnsuitablePerson
from akcept.journal.models import Entry
from akcept.kit import clock
from akcept.people.models import Person
from outsiders import ADDRESS, LENA, asked, code, lena, letters, link, proof, work
from troupe import Cast, keep_pdf, send

pytestmark = pytest.mark.django_db


def outcome(cast: Cast, case_id: object) -> tuple[str, str]:
    """Return the state of the case and of Lena's seat."""
    card = queries.case_card(by=cast.asks("anna"), case_id=case_id, at=clock.now())
    (seat,) = [seat for seat in card.seats if seat.person and seat.person.id == lena().id]
    return str(card.row.state), str(seat.state)


def test_lena_approves_by_link_and_code_and_gets_a_receipt(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    (first,) = letters()
    assert first.subject.startswith("You are asked to approve: Invoice 1")
    page = client.get(link())
    assert page.status_code == 200
    proven = proof(client, link())
    done = client.post(link(), {"do": "approve", "proof": proven, "text": "Read clause 4"})
    assert "Your decision: approved" in done.content.decode()
    assert outcome(cast, case_id) == ("IN_APPROVAL", "APPROVED")
    work()
    assert letters()[-1].subject == "Your decision on Invoice 1: approved"
    history = queries.history(by=cast.asks("anna"), case_id=case_id, at=clock.now())
    assert history[-1].auth == "E_MAIL_CODE"
    assert history[-1].actor is not None
    assert history[-1].actor.id == lena().id


@pytest.mark.parametrize(("deed", "state"), [("return", "REWORK"), ("reject", "REJECTED")])
def test_lena_returns_or_rejects_with_a_reason_only(
    cast: Cast, client: Client, deed: str, state: str
) -> None:
    case_id = asked(cast)
    proven = proof(client, link())
    silent = client.post(link(), {"do": deed, "proof": proven, "text": " "})
    assert silent.status_code == 422
    assert outcome(cast, case_id)[0] == "IN_APPROVAL"
    client.post(link(), {"do": deed, "proof": proven, "text": "Clause 4 is wrong"})
    assert (
        queries.case_card(by=cast.asks("anna"), case_id=case_id, at=clock.now()).row.state == state
    )


def test_the_page_shows_what_is_shared_and_nothing_else(cast: Cast, client: Client) -> None:
    case_id = asked(cast, question="Is clause 4 fine?")
    services.comment(case_id=case_id, by=cast.asks("boris"), text="Секрет", at=clock.now())
    services.attach(
        case_id=case_id, by=cast.asks("anna"), files=[keep_pdf("memo.pdf", "OTHER")], at=clock.now()
    )
    shown = client.get(link()).content.decode()
    for wanted in (
        "Boris Borisov",
        "Is clause 4 fine?",
        "RUB\xa0120,000.00",
        "ООО «Альфа»",
        "Хостинг за ноябрь",
        "счёт.pdf",
    ):
        assert wanted in shown
    for hidden in ("Секрет", "Vera", "Gleb", "memo.pdf", "Ромашка", ADDRESS):
        assert hidden not in shown
    file = client.get(f"{link()}files/1/")
    assert file.getvalue().startswith(b"%PDF")
    assert client.get(f"{link()}files/2/").status_code == 404


def test_it_stays_out_of_caches_indexes_and_referrers(cast: Cast, client: Client) -> None:
    asked(cast)
    for page in (client.get(link()), client.get("/x/never/")):
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert page.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "script" not in page.content.decode()
        assert page.cookies == {}


def test_scanners_may_open_it_as_often_as_they_like(cast: Cast, client: Client) -> None:
    asked(cast)
    before = Entry.objects.count(), len(letters())
    for _ in range(3):
        client.get(link())
        client.head(link())
    assert (Entry.objects.count(), len(letters())) == before


def test_it_speaks_both_languages(cast: Cast, client: Client) -> None:
    asked(cast)
    assert "Вас просят согласовать" in client.get(f"{link()}?lang=ru").content.decode()
    proven = proof(client, link())
    page = client.post(link(), {"do": "look", "lang": "ru", "proof": proven})
    assert "Вы решаете как" in page.content.decode()


def test_lena_takes_it_back_while_nobody_was_told(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    proven = proof(client, link())
    client.post(link(), {"do": "approve", "proof": proven})
    page = client.post(link(), {"do": "undo", "proof": proven})
    assert "You are asked to approve" in page.content.decode()
    assert outcome(cast, case_id) == ("IN_APPROVAL", "WAITING")
    work()
    assert "Your decision" not in " ".join(letter.subject for letter in letters())


def test_no_link_is_kept_in_clear(cast: Cast, client: Client) -> None:
    asked(cast)
    proof(client, link())
    secret = link().split("/")[2]
    assert not Entry.objects.filter(body__contains=secret).exists()
    assert not Entry.objects.filter(body__contains=code()).exists()
    assert (
        not Entry.objects.filter(body__contains=ADDRESS).filter(kind__startswith="OUTSIDE").exists()
    )
    kinds = list(Entry.objects.filter(chain_id=lena().id).values_list("kind", flat=True))
    assert kinds == ["PERSON_CREATED", "OUTSIDE_LINK_ISSUED", "OUTSIDE_CODE_SENT"]


def test_pickers_offer_them_only_where_they_may_be_chosen(cast: Cast, client: Client) -> None:
    asked(cast)
    client.force_login(cast.anna)
    assert "Lena" not in client.get("/cases/options/people/?q=lena").content.decode()
    assert "Lena" in client.get("/cases/options/people/?q=lena&outside=1").content.decode()
    assert "/cases/options/people/?outside=1" in client.get("/cases/new/").content.decode()


def test_lena_and_the_company_write_to_each_other_in_her_thread(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    proven = proof(client, link())
    said = {"do": "comment", "proof": proven, "message": "Which clause?", "key": "one-form"}
    for _ in range(2):
        page = client.post(link(), said).content.decode()
        assert "Sent." in page
        assert page.count("Which clause?") == 1
    boris = cast.asks("boris")
    (asked_inside,) = reading.discussion(case_id=case_id, by=boris, at=clock.now()).messages
    assert (asked_inside.text, asked_inside.is_new) == ("Which clause?", True)
    work()
    told = Notice.objects.filter(topic="GUEST_WROTE").values_list("person_id", flat=True)
    assert set(told) == {cast.anna.id, cast.boris.id}
    words = Words("The fourth", reply_to=asked_inside.number, guest=lena().id)
    writing.say(case_id=case_id, by=cast.asks("anna"), words=words, at=clock.now())
    writing.say(case_id=case_id, by=boris, words=Words("Между нами"), at=clock.now())
    work()
    letter = letters()[-1]
    assert letter.subject.startswith("Anna Annina wrote to you: Invoice 1")
    assert "The fourth" in letter.body
    page = client.get(link()).content.decode()
    assert "The fourth" in page
    assert "Между нами" not in page


def test_nobody_writes_without_the_code_or_words(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    assert "enter the code first" in client.get(link()).content.decode()
    forged = client.post(link(), {"do": "comment", "proof": "x", "message": "Hello"})
    assert forged.status_code == 422
    proven = proof(client, link())
    empty = client.post(link(), {"do": "comment", "proof": proven, "message": " "})
    assert empty.status_code == 422
    assert reading.discussion(case_id=case_id, by=cast.asks("anna"), at=clock.now()).messages == ()


def test_two_people_from_outside_do_not_read_each_other(cast: Cast, client: Client) -> None:
    case_id = asked(cast)
    other = Guest("max@law.example", "Max Maximov")
    inviting.invite(
        case_id=case_id, by=cast.asks("anna"), guest=other, shared=Shared(), at=clock.now()
    )
    maxim = Person.objects.get(email=other.email)
    words = Words("For Max alone", guest=maxim.id)
    writing.say(case_id=case_id, by=cast.asks("anna"), words=words, at=clock.now())
    work()
    assert "For Max alone" not in client.get(link()).content.decode()
    assert not any("For Max alone" in letter.body for letter in letters())


def test_asking_somebody_twice_takes_nothing_from_what_was_asked_first(cast: Cast) -> None:
    sent = send(cast)
    asking = {"case_id": sent.case_id, "guest": LENA, "at": clock.now()}
    inviting.invite(by=cast.asks("boris"), shared=Shared("Is it in order?"), **asking)
    with pytest.raises(UnsuitablePerson):
        inviting.invite(by=cast.asks("anna"), shared=Shared("Something else"), **asking)
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=clock.now())
    work()
    assert "Is it in order?" in letters()[-1].body
    assert "Something else" not in letters()[-1].body
