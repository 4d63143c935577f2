"""The discussion on the card by plain forms: named, asked, answered, edited, quoted, and never as HTML."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from akcept.cases import queries
from akcept.cases.models import Message
from akcept.kit import clock, ids
from conftest import LogIn
from sheets import send
from troupe import PDF, Cast

pytestmark = pytest.mark.django_db(transaction=True)


def say(client: Client, case_id: UUID, text: str, **more: object) -> tuple[int, str]:
    form = {"key": str(ids.new_id()), "text": text} | more
    answer = client.post(f"/cases/{case_id}/discussion/?tab=discussion", form, follow=True)
    return answer.status_code, answer.content.decode()


def last(case_id: UUID) -> int:
    return (
        Message.objects.filter(case=case_id).order_by("-number").values_list("number", flat=True)[0]
    )


def test_a_message_names_people_and_pages_of_files(cast: Cast, log_in: LogIn) -> None:
    anna = log_in("anna")
    case_id = send(anna, cast)
    name = anna.get(f"/cases/{case_id}/").context["files"][0].name
    _, page = say(anna, case_id, f"@Boris Borisov, see {name}, p. 3")
    assert '<span class="ak-named"><bdi>@Boris Borisov</bdi></span>' in page
    assert "tab=discussion&amp;file=1&amp;page=3#document" in page
    shown = log_in("boris").get(f"/cases/{case_id}/?tab=discussion&file=1&page=3").content.decode()
    assert 'data-at-page="3"' in shown
    assert queries.inbox_counts(by=cast.asks("boris"), at=clock.now()).mentions == 1


def test_html_stays_text_and_a_long_word_is_kept(cast: Cast, log_in: LogIn) -> None:
    anna = log_in("anna")
    case_id = send(anna, cast)
    assert "<script>alert" not in say(anna, case_id, "<script>alert(1)</script> שלום")[1]
    assert say(anna, case_id, "я" * 10_000)[0] == 200
    status, page = say(anna, case_id, "я" * 10_001)
    assert status == 422
    assert "This is too long" in page
    assert "я" * 10_001 in page


def test_who_does_not_see_it_is_added_only_when_that_is_said(cast: Cast, log_in: LogIn) -> None:
    anna = log_in("anna")
    case_id = send(anna, cast)
    note = SimpleUploadedFile("note.pdf", PDF + b"% note\n")
    status, page = say(anna, case_id, "@Oleg Olegov?", files=note, mention=str(cast.oleg.id))
    assert status == 409
    assert "Oleg Olegov does not see this document" in page
    assert "@Oleg Olegov?</textarea>" in page
    kept = page.split('name="kept" value="')[1].split('"')[0]
    status, page = say(anna, case_id, "@Oleg Olegov?", kept=kept, add_observers="1")
    assert status == 200
    assert "note.pdf</bdi>" in page
    assert log_in("oleg").get(f"/cases/{case_id}/").status_code == 200


def test_a_question_is_answered_by_a_reply_and_shown_in_the_chain(
    cast: Cast, log_in: LogIn
) -> None:
    anna, boris = log_in("anna"), log_in("boris")
    case_id = send(anna, cast)
    say(boris, case_id, "Which contract?", asks=str(cast.anna.id))
    question = last(case_id)
    page = anna.get(f"/cases/{case_id}/?tab=discussion&reply={question}").content.decode()
    assert "waiting for an answer of Anna Annina" in page
    assert "Waits for an answer of Anna Annina" in page
    _, page = say(anna, case_id, "The one of May", reply_to=question)
    assert "waiting for an answer" not in page
    assert "Anna Annina was asked and has answered" in page


def test_a_message_is_changed_and_what_it_said_stays(cast: Cast, log_in: LogIn) -> None:
    anna = log_in("anna")
    case_id = send(anna, cast)
    say(anna, case_id, "Hapy")
    message = last(case_id)
    page = anna.get(f"/cases/{case_id}/?tab=discussion&edit={message}").content.decode()
    assert "Hapy</textarea>" in page
    _, page = say(anna, case_id, "Happy", message=message)
    assert "Happy" in page
    assert "Hapy" in page
    assert "edited" in page


def test_what_was_read_is_counted_no_more_and_seen_by_others(cast: Cast, log_in: LogIn) -> None:
    anna, boris = log_in("anna"), log_in("boris")
    case_id = send(anna, cast)
    say(anna, case_id, "Hello")
    assert "ak-count-new" in boris.get(f"/cases/{case_id}/").content.decode()
    read = f"/cases/{case_id}/discussion/read/"
    assert boris.post(read, {"upto": last(case_id)}).status_code == 302
    assert "ak-count-new" not in boris.get(f"/cases/{case_id}/").content.decode()
    assert "Seen by Boris Borisov" in anna.get(f"/cases/{case_id}/discussion/").content.decode()
    assert boris.get(read).status_code == 405
    anna.post(read, {"upto": last(case_id)})
    assert "Seen by" not in boris.get(f"/cases/{case_id}/discussion/").content.decode()


def test_names_are_offered_to_who_sees_the_case(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast)
    anna = log_in("anna")
    # Boris takes part, Oleg does not; either is found in the other script and in the wrong layout, too.
    for name, typed in (
        ("Boris Borisov", ("bo", "бор", "ищ", ",jh")),
        ("Oleg", ("ole", "оле", "щду")),
    ):
        for words in typed:
            offered = anna.get(f"/cases/{case_id}/discussion/people/", {"q": words})
            assert name in offered.content.decode(), words
    for path in ("", "people/"):
        assert log_in("oleg").get(f"/cases/{case_id}/discussion/{path}").status_code == 404
    assert say(log_in("oleg"), case_id, "Hi")[0] == 404
