"""What is refused, told at its place in the language of the reader, with nothing lost and nothing half done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from akcept.cases.models import Case
from akcept.engine.verbs import Verb
from akcept.kit import clock
from akcept.people import services as people
from akcept.people.fields import Absence
from stories.conftest import Sit, today, working_day
from stories.desk import Desk
from troupe import PASSWORD, PDF, Cast, approved, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def card_of(case_id: object) -> str:
    return f"/cases/{case_id}/"


def state() -> str:
    return str(Case.objects.get().state)


def fill_in(desk: Desk) -> None:
    desk.page.goto("/cases/new/")
    desk.pick("Counterparty", "ромаш")
    desk.write("Amount", "120 000,00")
    desk.write("Supplier No.", "77")
    desk.write("Issue date", today().isoformat())
    desk.write("Planned date", working_day(today()).isoformat())


def test_a_return_needs_a_reason(cast: Cast, at_desk: Sit) -> None:
    boris = at_desk("boris", card_of(send(cast).case_id))
    boris.unfold("Return for rework")
    dialog = boris.dialog("Return for rework")
    # The browser asks for one; and where it does not, Akcept does.
    dialog.press("Return for rework")
    dialog.write("Reason (required)", "   ")
    dialog.press("Return for rework")
    boris.sees("Please give a reason, so that the others know what to do.")
    assert state() == "IN_APPROVAL"


def test_nobody_approves_what_they_asked_for(cast: Cast, at_desk: Sit) -> None:
    anna = at_desk("anna", card_of(send(cast).case_id))
    anna.sees("In approval")
    assert not anna.may("Approve")
    assert not anna.may("Reject")
    # Who chooses themselves is replaced by who stands above them.
    fill_in(anna)
    anna.write("Supplier No.", "78")
    anna.choose("My choice")
    anna.pick("First approver", "Anna")
    anna.press("Send for approval")
    anna.sees("Boris Borisov", "Instead of Anna Annina")
    assert not anna.may("Approve")


def test_who_comes_second_reads_who_was_first(cast: Cast, at_desk: Sit) -> None:
    now = clock.now()
    days = (now.date() - timedelta(days=1), now.date() + timedelta(days=2))
    absence = Absence(cast.boris.id, cast.dana.id, *days)
    people.set_deputy(absence=absence, by=cast.boris.actor, at=now - timedelta(days=2))
    case_id = send(cast).case_id
    boris, dana = at_desk("boris", card_of(case_id)), at_desk("dana", card_of(case_id))
    boris.press("Approve")
    boris.sees("You approved Invoice {n}.", n=1)
    dana.press("Approve")
    dana.sees("Already decided", "Boris Borisov")


def test_a_stale_page_shows_what_is_different(cast: Cast, at_desk: Sit) -> None:
    case_id = send(cast).case_id
    boris, anna = at_desk("boris", card_of(case_id)), at_desk("anna", f"{card_of(case_id)}edit/")
    anna.write("Amount", "150 000,00")
    anna.press("Save")
    anna.sees("On rework")
    anna.page.goto(f"{card_of(case_id)}edit/")
    anna.write("Planned date", working_day(today()).isoformat())
    anna.press("Resubmit")
    anna.sees("In approval")
    boris.press("Approve")
    boris.sees("Changed since you opened it", "RUB 120,000.00", "RUB 150,000.00")
    assert state() == "IN_APPROVAL"


def test_no_payment_without_the_order_that_is_required(cast: Cast, at_desk: Sit) -> None:
    clara = at_desk("clara", card_of(approved(cast, payment_order_required=True).case_id))
    clara.unfold("Pay")
    dialog = clara.dialog("Pay")
    dialog.sees("This invoice requires it.")
    dialog.press("Pay")
    dialog.sees("This invoice requires it.")
    # A browser that does not ask for it changes nothing.
    dialog.asks_for_nothing()
    dialog.press("Pay")
    clara.sees("This document requires a payment order. Attach its file together with the payment.")
    assert state() == "TO_PAY"


def test_no_more_is_paid_than_is_left(cast: Cast, at_desk: Sit) -> None:
    clara = at_desk("clara", card_of(approved(cast).case_id))
    clara.unfold("Pay")
    dialog = clara.dialog("Pay")
    dialog.write("Amount, RUB", "120 000,01")
    dialog.press("Pay")
    clara.sees(
        "Only {rest} is left to pay. Enter no more than that.", rest=clara.say("RUB 120,000.00")
    )
    assert state() == "TO_PAY"


def test_a_duplicate_needs_a_reason_that_approvers_read(cast: Cast, at_desk: Sit) -> None:
    send(cast)
    anna = at_desk("anna")
    fill_in(anna)
    anna.press("Send for approval")
    anna.sees("Is it a duplicate?")
    # Nothing that was typed is lost.
    assert anna.is_filled("Supplier No.")
    anna.write("Why it is not a duplicate", "Вторая поставка по тому же счёту")
    anna.press("Send for approval")
    anna.sees("In approval")
    boris = at_desk("boris", "/tasks/")
    boris.follow("Approval of invoice {n}", n=2)
    boris.sees("Вторая поставка по тому же счёту")


def test_to_a_stranger_there_is_nothing_here(cast: Cast, at_desk: Sit) -> None:
    case_id = send(cast).case_id
    oleg = at_desk("oleg")
    answer = oleg.page.goto(card_of(case_id))
    assert answer is not None
    assert answer.status == 404
    oleg.sees("There is nothing here")
    oleg.sees_nothing_of("ООО «Ромашка»")


def test_what_was_typed_outlives_the_log_in(at_desk: Sit) -> None:
    anna = at_desk("anna")
    fill_in(anna)
    anna.write("Comment", "Хостинг за ноябрь")
    anna.attach("Choose files", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(anna.page.locator("[data-kept]")).to_have_count(1)
    # Among what is folded away.
    tick = anna.page.locator("[name=payment_order_required]")
    tick.evaluate("box => box.click()")
    anna.page.context.clear_cookies(name="sessionid")
    anna.press("Send for approval")
    anna.log_in("anna@example.com", PASSWORD)
    anna.page.goto("/cases/new/")
    for field in ("Amount", "Supplier No.", "Comment"):
        assert anna.is_filled(field)
    # What was picked, ticked and uploaded is there as well: nothing but to send it is left to do.
    expect(tick).to_be_checked()
    anna.press("Send for approval")
    anna.sees("In approval")
    assert Case.objects.get().attachments.count() == 1


def test_who_logs_in_next_in_a_tab_reads_nothing_of_what_was_typed(at_desk: Sit) -> None:
    anna = at_desk("anna", "/cases/new/")
    anna.write("Comment", "Премия Борису")
    anna.page.context.clear_cookies(name="sessionid")
    anna.page.goto("/cases/new/")
    anna.log_in("boris@example.com", PASSWORD)
    anna.page.goto("/cases/new/")
    assert not anna.is_filled("Comment")


def test_a_reason_outlives_the_log_in(cast: Cast, at_desk: Sit) -> None:
    boris = at_desk("boris", card_of(send(cast).case_id))
    boris.unfold("Return for rework")
    boris.dialog("Return for rework").write("Reason (required)", "Нет договора")
    boris.page.context.clear_cookies(name="sessionid")
    boris.dialog("Return for rework").press("Return for rework")
    boris.log_in("boris@example.com", PASSWORD)
    # One is back on the card, nothing is decided, and the reason is there.
    boris.unfold("Return for rework")
    assert boris.dialog("Return for rework").is_filled("Reason (required)")
    assert state() == "IN_APPROVAL"


@pytest.mark.usefixtures("cast")
def test_a_double_click_creates_one_invoice(at_desk: Sit) -> None:
    anna = at_desk("anna")
    fill_in(anna)
    anna.press_twice("Send for approval")
    anna.sees("In approval")
    assert Case.objects.count() == 1


def test_to_open_the_address_of_a_decision_decides_nothing(cast: Cast, at_desk: Sit) -> None:
    case_id = send(cast).case_id
    boris = at_desk("boris")
    for verb in Verb:
        answer = boris.page.goto(f"{card_of(case_id)}act/{verb.value.lower().replace('_', '-')}/")
        assert answer is not None
        assert answer.status == 405
        boris.sees("Nothing was done")
    assert state() == "IN_APPROVAL"
