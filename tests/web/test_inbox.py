"""My tasks over HTTP: what stands beside the list, what is set aside, what is approved together."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akcept.cases import queries, services
from akcept.cases.cards import Outcome
from akcept.cases.models import Case
from akcept.engine.tasks import TaskKind
from akcept.kit import clock
from conftest import LogIn
from troupe import AT, TODAY, Cast, approved, keep_pdf, send

pytestmark = pytest.mark.django_db(transaction=True)
FRAGMENT = {"HX-Request": "true"}


def beside(client: Client, sent: Outcome) -> str:
    answer = client.get(f"/tasks/{sent.case_id}/?tab=decide", headers=FRAGMENT)
    assert answer.status_code == 200
    return answer.content.decode()


def a_twin(cast: Cast) -> Outcome:
    """Let Anna send the invoice once more, with a reason."""
    content = services.CardInput(cast.card(), planned=((TODAY, 12_000_000),))
    drafted = services.create(
        by=cast.asks("anna"), doctype="INVOICE", content=content, submit=False, at=AT
    )
    return services.submit(
        case_id=drafted.case_id,
        by=cast.asks("anna"),
        revision=1,
        at=AT,
        duplicate_reason="The second half",
    )


def test_what_is_decided_on_stands_beside_the_list(cast: Cast, log_in: LogIn) -> None:
    earlier = send(cast, supplier_number="earlier")
    sent = send(cast, supplier_number="78")
    shown = beside(log_in("boris"), sent)
    assert "<html" not in shown
    for words in ("120,000.00", "Last invoices of this counterparty", "Approval chain", "счёт.pdf"):
        assert words in shown
    assert f"/cases/{earlier.case_id}/" in shown
    assert f'action="/cases/{sent.case_id}/act/approve/"' in shown
    assert 'name="next" value="/tasks/?tab=decide"' in shown


def test_its_address_as_a_plain_link_leads_to_the_card(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    answer = log_in("boris").get(f"/tasks/{sent.case_id}/")
    assert answer.headers["Location"] == f"/cases/{sent.case_id}/"


def test_a_stranger_is_shown_nothing_beside_the_list(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    assert log_in("oleg").get(f"/tasks/{sent.case_id}/", headers=FRAGMENT).status_code == 404


def test_what_stands_beside_asks_no_more_however_many_cases_there_are(
    cast: Cast, log_in: LogIn
) -> None:
    def measured() -> int:
        with CaptureQueriesContext(connection) as captured:
            beside(boris, sent)
        return len(captured)

    boris = log_in("boris")
    for number in range(4):
        send(cast, supplier_number=f"first {number}")
    sent = send(cast, supplier_number="looked at")
    beside(boris, sent)
    few = measured()
    for number in range(8):
        send(cast, supplier_number=f"many {number}")
    assert measured() == few
    assert few <= 15


def test_a_likely_duplicate_is_not_approved_from_the_list(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    a_twin(cast)
    boris = log_in("boris")
    for path in ("/tasks/", "/"):
        page = boris.get(path).content.decode()
        assert page.count("Possible duplicate") == 2
        assert "act/approve/" not in page
        assert "act/return/" in page


def task_of(cast: Cast, name: str = "boris") -> UUID:
    (task,) = queries.inbox(by=cast.asks(name), at=clock.now()).tasks
    return task.id


def test_a_task_set_aside_leaves_the_list_and_the_counts_for_its_tab(
    cast: Cast, log_in: LogIn
) -> None:
    send(cast)
    boris, task = log_in("boris"), task_of(cast)
    answer = boris.post(f"/tasks/{task}/snooze", {"until": "HOUR"})
    assert answer.status_code == 409
    assert "The payment is planned earlier." in answer.content.decode()
    said = {"until": "HOUR", "anyway": "on", "next": "/tasks/?tab=decide"}
    listed = boris.post(f"/tasks/{task}/snooze", said, follow=True).content.decode()
    assert "Invoice 1 is snoozed until " in listed
    assert f'action="/tasks/{task}/wake"' in listed
    assert "Approval of invoice 1" not in boris.get("/tasks/?tab=decide").content.decode()
    aside = boris.get("/tasks/?tab=snoozed").content.decode()
    assert "Approval of invoice 1" in aside
    assert "Back to my list" in aside
    assert queries.inbox_counts(by=cast.asks("boris"), at=clock.now()).tasks == {}
    listed = boris.post(f"/tasks/{task}/wake", {"next": "/tasks/?tab=decide"}, follow=True)
    assert "Approval of invoice 1" in listed.content.decode()
    assert "The task is back in your list." in listed.content.decode()


def test_nobody_sets_aside_what_is_not_theirs_or_nonsense(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    task = task_of(cast)
    assert log_in("oleg").post(f"/tasks/{task}/snooze", {"until": "HOUR"}).status_code == 404
    boris = log_in("boris")
    for said in ({}, {"until": "NEVER"}, {"until": "DAY"}, {"until": "DAY", "on": "2026-11-01"}):
        assert boris.post(f"/tasks/{task}/snooze", said).status_code == 422


def test_several_are_looked_over_and_approved_each_for_itself(cast: Cast, log_in: LogIn) -> None:
    first, second = send(cast), send(cast, supplier_number="78", amount=5_000_000)
    held = send(cast, supplier_number="held")
    services.hold(
        case_id=held.case_id,
        by=cast.asks("boris"),
        reason="Asking the supplier",
        until=clock.now().date() + timedelta(days=3),
        at=clock.now(),
    )
    boris = log_in("boris")
    ticked = {"case": [first.case_id, second.case_id, held.case_id]}
    page = boris.get("/tasks/approve/", ticked).content.decode()
    assert "Approve 2 documents?" in page
    assert "170,000.00" in page
    assert "Left out" in page
    rows = [f"{sent.case_id} 1" for sent in (first, second, held)]
    done = boris.post("/tasks/approve/", {"row": rows, "key": "one-go"}).content.decode()
    assert "2 documents approved" in done
    assert all(f'action="/cases/{sent.case_id}/act/undo/"' in done for sent in (first, second))
    assert queries.inbox_counts(by=cast.asks("vera"), at=clock.now()).tasks == {TaskKind.APPROVE: 2}
    again = boris.post("/tasks/approve/", {"row": rows, "key": "one-go"}).content.decode()
    assert "2 documents approved" in again


def test_what_was_approved_together_is_taken_back_together(cast: Cast, log_in: LogIn) -> None:
    first, second = send(cast), send(cast, supplier_number="78")
    boris = log_in("boris")
    rows = [f"{sent.case_id} 1" for sent in (first, second)]
    done = boris.post("/tasks/approve/", {"row": rows}).content.decode()
    assert "Undo all" in done
    offered = done[done.index('action="/tasks/undo/"') :]
    entries = re.findall(r'name="row" value="([^"]+)"', offered[: offered.index("</form>")])
    # Somebody went on meanwhile: theirs stays, and is said.
    on = Case.objects.get(id=second.case_id).revision
    services.approve(case_id=second.case_id, by=cast.asks("vera"), revision=on, at=clock.now())
    undone = boris.post("/tasks/undo/", {"row": entries}).content.decode()
    assert "1 decision taken back" in undone
    assert undone.count("Taken back") == 1
    assert undone.count('class="ak-error"') == 1
    assert queries.inbox_counts(by=cast.asks("boris"), at=clock.now()).tasks == {
        TaskKind.APPROVE: 1
    }


def test_only_ones_own_decisions_are_taken_back_together(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    done = services.approve(
        case_id=sent.case_id, by=cast.asks("boris"), revision=sent.revision, at=clock.now()
    )
    said = {"row": f"{sent.case_id} {done.entry}"}
    assert "0 decisions taken back" in log_in("vera").post("/tasks/undo/", said).content.decode()
    assert log_in("oleg").post("/tasks/undo/", said).status_code == 404
    assert log_in("boris").post("/tasks/undo/", {"row": str(sent.case_id)}).status_code == 422
    assert log_in("boris").post("/tasks/undo/").status_code == 422


def test_duplicates_are_left_out_of_what_is_approved_together(cast: Cast, log_in: LogIn) -> None:
    first = send(cast)
    twin = a_twin(cast)
    boris = log_in("boris")
    rows = [f"{sent.case_id} 1" for sent in (first, twin)]
    assert "0 documents approved" in boris.post("/tasks/approve/", {"row": rows}).content.decode()
    assert queries.inbox_counts(by=cast.asks("vera"), at=clock.now()).tasks == {}


def test_what_cannot_be_looked_over_together_is_refused(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    boris = log_in("boris")
    assert log_in("oleg").get("/tasks/approve/", {"case": sent.case_id}).status_code == 404
    assert boris.get("/tasks/approve/", {"case": [sent.case_id] * 2}).status_code == 422
    assert boris.get("/tasks/approve/", {"case": [uuid4() for _ in range(51)]}).status_code == 422
    assert boris.get("/tasks/approve/", {"case": "x"}).status_code == 404
    assert boris.post("/tasks/approve/", {"row": str(sent.case_id)}).status_code == 422
    assert "Nothing here" in boris.get("/tasks/approve/").content.decode()


def test_payments_are_grouped_by_payer_with_what_is_still_to_be_paid(
    cast: Cast, log_in: LogIn
) -> None:
    approved(cast)
    approved(cast, supplier_number="second")
    page = log_in("clara").get("/tasks/?tab=pay").content.decode()
    group = re.search(r'<h2 class="ak-day"[^>]*>(.*?)</h2>', page, re.DOTALL)
    assert group
    assert "Альфа" in group[1]
    assert "240,000.00" in group[1]


def test_an_empty_list_tells_of_the_next_planned_payment(cast: Cast, log_in: LogIn) -> None:
    boris = log_in("boris")
    assert "The next planned payment" not in boris.get("/tasks/?tab=decide").content.decode()
    now = clock.now()
    content = services.CardInput(
        cast.card(), planned=((now.date() + timedelta(days=3), 12_000_000),), files=(keep_pdf(),)
    )
    sent = services.create(
        by=cast.asks("anna"), doctype="INVOICE", content=content, submit=True, at=now
    )
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=clock.now())
    assert "The next planned payment is on" in boris.get("/tasks/?tab=decide").content.decode()


def test_what_was_just_decided_is_undone_from_under_the_list(cast: Cast, log_in: LogIn) -> None:
    sent = send(cast)
    boris = log_in("boris")
    assert "Just decided" not in boris.get("/tasks/just-decided").content.decode()
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=clock.now())
    shown = boris.get("/tasks/just-decided?tab=decide").content.decode()
    assert f'action="/cases/{sent.case_id}/act/undo/"' in shown
    assert 'name="next" value="/tasks/?tab=decide"' in shown


def test_who_has_decided_on_a_card_is_led_to_the_next_one(cast: Cast, log_in: LogIn) -> None:
    first, second = send(cast), send(cast, supplier_number="78", amount=5_000_000)
    boris, cards = log_in("boris"), [f"/cases/{sent.case_id}/" for sent in (first, second)]
    assert "Next task" not in boris.get(cards[1]).content.decode()
    decided = boris.post(f"{cards[1]}act/approve/", {"revision": 1}, follow=True).content.decode()
    assert "1 task left." in decided
    assert 'href="/tasks/next?tab=decide"' in decided
    assert "Next task" not in log_in("vera").get(cards[1]).content.decode()
    boris = log_in("boris")
    assert boris.get("/tasks/next?tab=decide").headers["Location"] == cards[0]
    services.approve(case_id=first.case_id, by=cast.asks("boris"), revision=1, at=clock.now())
    assert "Nothing else waits for you." in boris.get(cards[0]).content.decode()
    assert boris.get("/tasks/next?tab=pay").headers["Location"] == "/tasks/?tab=decide"


def test_what_was_taken_back_is_no_decision_any_more(cast: Cast, log_in: LogIn) -> None:
    sent, by = send(cast), cast.asks("boris")
    done = services.approve(case_id=sent.case_id, by=by, revision=1, at=clock.now())
    services.undo(case_id=sent.case_id, by=by, entry=done.entry, at=clock.now())
    boris = log_in("boris")
    assert "Just decided" not in boris.get("/tasks/just-decided").content.decode()
    assert "Nothing decided yet" in boris.get("/tasks/?tab=done").content.decode()
    feed = boris.get("/").content.decode()
    assert "took the decision back" in feed
    assert "Boris Borisov</strong> approved" not in feed


def test_reasons_are_at_hand_wherever_something_is_returned(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    boris = log_in("boris")
    for path in ("/", "/tasks/?tab=decide"):
        shown = boris.get(path).content.decode()
        assert re.findall(r'class="ak-chip">([^<]+)<', shown)[:2] == ["No contract", "Wrong amount"]
        assert "checklist" in shown
