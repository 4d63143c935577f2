from __future__ import annotations

from datetime import date, timedelta

import pytest

from akcept.cases import services
from akcept.cases.services import CardInput
from akcept.delivery import fanout
from akcept.delivery.models import Delivery, Notice
from akcept.journal import dispatch
from akcept.journal.models import Dispatch
from akcept.parties import services as parties
from akcept.people import services as people
from akcept.people.fields import Absence
from delivery.telling import LATER, another, forget, mailed, tell, told
from troupe import AT, SYSTEM, TODAY, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_the_first_approver_is_disturbed_by_a_new_document(cast: Cast) -> None:
    send(cast)
    tell()
    assert told(cast.boris) == mailed(cast.boris) == ["TASK"]
    everybody_else = (cast.anna, cast.vera, cast.gleb, cast.clara, cast.oleg, cast.root)
    assert [told(person) for person in everybody_else] == [[]] * 6
    assert not Dispatch.objects.filter(done_at=None).exists()


def test_an_approval_calls_the_next_and_tells_the_initiator_in_the_app_alone(cast: Cast) -> None:
    sent = send(cast)
    forget()
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    tell(at=AT)
    assert told(cast.vera) == []
    tell()
    assert told(cast.vera) == mailed(cast.vera) == ["TASK"]
    assert (told(cast.anna), mailed(cast.anna)) == (["APPROVED"], [])
    assert told(cast.boris) == []


def test_what_was_undone_in_time_is_told_to_nobody(cast: Cast) -> None:
    sent = send(cast)
    forget()
    decided = services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    services.undo(case_id=sent.case_id, by=cast.asks("boris"), entry=decided.entry, at=AT)
    tell()
    assert not Notice.objects.exists()


def test_a_return_gives_the_initiator_the_correction(cast: Cast) -> None:
    sent = send(cast)
    forget()
    services.return_for_rework(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, reasons=("no contract",), at=AT
    )
    tell()
    (notice,) = Notice.objects.filter(person_id=cast.anna.id)
    assert (notice.topic, notice.task_kind) == ("RETURNED", "CORRECT")
    assert mailed(cast.anna) == ["RETURNED"]


def test_a_rejection_is_told_to_everybody_who_took_part(cast: Cast) -> None:
    sent = send(cast)
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    forget()
    services.reject(
        case_id=sent.case_id, by=cast.asks("vera"), revision=1, reason="not needed", at=AT
    )
    tell()
    assert mailed(cast.anna) == mailed(cast.boris) == ["REJECTED"]
    assert [told(person) for person in (cast.vera, cast.gleb, cast.clara)] == [[], [], []]


def test_paid_is_told_to_all_participants_but_the_payer(cast: Cast) -> None:
    cleared = approved(cast)
    tell()
    assert told(cast.clara) == ["TASK"]
    forget()
    services.pay(
        case_id=cleared.case_id, by=cast.asks("clara"), revision=cleared.revision,
        minor=12_000_000, on=TODAY, at=AT,
    )  # fmt: skip
    tell()
    approvers = (cast.anna, cast.boris, cast.vera, cast.gleb)
    assert [mailed(person) for person in approvers] == [["PAID"]] * 4
    assert told(cast.clara) == told(cast.oleg) == []


def test_a_refused_payment_goes_back_to_the_initiator(cast: Cast) -> None:
    cleared = approved(cast)
    forget()
    services.refuse_payment(
        case_id=cleared.case_id, by=cast.asks("clara"), revision=cleared.revision,
        reasons=("wrong account",), at=AT,
    )  # fmt: skip
    tell()
    assert mailed(cast.anna) == ["PAYMENT_REFUSED"]


def test_a_comment_reaches_the_participants_in_the_app(cast: Cast) -> None:
    sent = send(cast)
    forget()
    services.comment(case_id=sent.case_id, by=cast.asks("anna"), text="when?", at=AT)
    tell()
    assert (told(cast.boris), mailed(cast.boris)) == (["COMMENTED"], [])
    assert told(cast.anna) == told(cast.vera) == []


def test_a_material_edit_tells_those_who_had_approved(cast: Cast) -> None:
    sent = send(cast)
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    forget()
    content = CardInput(cast.card(amount=9_000_000), planned=((TODAY, 9_000_000),))
    services.revise(case_id=sent.case_id, by=cast.asks("anna"), revision=1, content=content, at=AT)
    tell()
    assert told(cast.boris) == told(cast.vera) == ["CHANGED"]


def test_a_deputy_is_told_too_but_never_of_their_own_document(cast: Cast) -> None:
    for deputy in (cast.dana, cast.anna):
        absence = Absence(
            absentee_id=cast.boris.id, deputy_id=deputy.id,
            starts_on=date(2026, 11, 19), ends_on=date(2026, 11, 30),
        )  # fmt: skip
        people.set_deputy(absence=absence, by=SYSTEM, at=AT)
    send(cast)
    tell()
    assert mailed(cast.dana) == mailed(cast.boris) == ["TASK"]
    assert told(cast.anna) == []


def test_of_several_deputies_the_first_who_may_decide_is_asked(cast: Cast) -> None:
    # Anna asks for the document herself, Vera decides in it as well, Clara acts for contracts alone.
    asked = (cast.anna, cast.vera, cast.clara, cast.dana, cast.oleg)
    for deputy in asked:
        absence = Absence(
            cast.boris.id, deputy.id, date(2026, 11, 19), date(2026, 11, 30),
            doctype="CONTRACT" if deputy == cast.clara else "",
        )  # fmt: skip
        people.set_deputy(absence=absence, by=SYSTEM, at=AT)
    sent = send(cast)
    tell()
    assert [told(one) for one in asked] == [[], [], [], ["TASK"], []]
    # Whoever comes later in the order was not asked, and may act all the same.
    services.approve(case_id=sent.case_id, by=cast.asks("oleg"), revision=1, at=AT)


def test_whoever_entered_the_account_leaves_it_to_the_next_deputy(cast: Cast) -> None:
    for deputy in (cast.dana, cast.oleg):
        absence = Absence(cast.boris.id, deputy.id, date(2026, 11, 19), date(2026, 11, 30))
        people.set_deputy(absence=absence, by=SYSTEM, at=AT)
    account = parties.enter_account(
        counterparty_id=cast.counterparty,
        fields=parties.AccountFields(
            number="40702810138250123017", currency="RUB", bic="044525225"
        ),
        by=cast.dana.actor,
        at=AT,
    )
    send(cast, account=str(account))
    tell()
    assert (told(cast.dana), told(cast.oleg)) == ([], ["TASK"])


def test_telling_again_after_a_crash_adds_nothing(cast: Cast) -> None:
    send(cast)
    (ref,) = [
        ref
        for ref in dispatch.claim(at=LATER, limit=100, lease=timedelta(minutes=1))
        if fanout._tellings(ref, LATER)
    ]
    fanout._tell(ref, LATER)
    Dispatch.objects.filter(id=ref.id).update(done_at=None)
    tell(at=LATER + timedelta(minutes=2))
    assert told(cast.boris) == mailed(cast.boris) == ["TASK"]


def test_who_has_no_address_is_told_in_the_app(cast: Cast) -> None:
    type(cast.boris).objects.filter(id=cast.boris.id).update(email=None)
    send(cast)
    tell()
    assert told(cast.boris) == ["TASK"]
    assert not Delivery.objects.exists()


def test_who_has_left_is_told_nothing(cast: Cast) -> None:
    send(cast)
    type(cast.boris).objects.filter(id=cast.boris.id).update(is_active=False)
    tell()
    assert told(cast.boris) == []


def test_what_was_brought_along_is_told_without_letters(cast: Cast) -> None:
    another(cast, 1, at=AT)
    another(cast, 2, at=AT + timedelta(days=1))
    fanout.tell_history(at=AT + timedelta(days=2), new_since=AT + timedelta(hours=1))
    notices = Notice.objects.filter(person_id=cast.boris.id).order_by("id")
    assert [bool(notice.read_at) for notice in notices] == [True, False]
    assert not Delivery.objects.exists()
