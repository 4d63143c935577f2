"""Acts on the card: what is offered works, what is not is refused in words, and nobody meets what is not theirs."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from akcept.cases.models import Attachment, Case, Payment
from akcept.doctypes.queries import type_card
from akcept.engine.case import State
from akcept.kit import clock
from akcept.web.forms import uploads
from akcept.wording import documents
from conftest import LogIn
from sheets import pdf, revision, send, sheet
from troupe import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def press(client: Client, case_id: UUID, verb: str, **said: object) -> tuple[int, str]:
    form = {"revision": revision(case_id)} | said
    answer = client.post(f"/cases/{case_id}/act/{verb}/", form)
    return answer.status_code, answer.content.decode()


def to_pay(cast: Cast, log_in: LogIn, **changes: Any) -> UUID:
    case_id = send(log_in("anna"), cast, **changes)
    for name in ("boris", "vera", "gleb"):
        assert press(log_in(name), case_id, "approve")[0] == 302
    return case_id


def test_a_card_is_headed_by_what_it_is_called_or_whom_it_is_with(
    cast: Cast, log_in: LogIn
) -> None:
    anna = log_in("anna")
    heading = re.compile(r"<h1[^>]*>\s*(.*?)\s*</h1>", re.DOTALL)
    for title, about in (("Paper for May", "Paper for May"), ("", "ООО «Ромашка»")):
        case_id = send(anna, cast, title=title, supplier_number=f"A-{len(title)}")
        page = anna.get(f"/cases/{case_id}/").content.decode()
        (headed,) = heading.findall(page)
        assert headed.endswith(f" · {about}")


def test_a_document_with_nobody_and_no_name_is_headed_by_its_number_alone(cast: Cast) -> None:
    type_ = type_card(code="INVOICE")
    assert documents.titled(type_, 49, about="") == "Invoice 49"


def test_acts_are_posts_and_others_do_not_exist(cast: Cast, log_in: LogIn) -> None:
    boris, case_id = log_in("boris"), send(log_in("anna"), cast)
    assert boris.get(f"/cases/{case_id}/act/approve/").status_code == 405
    assert press(boris, case_id, "marry")[0] == 404
    assert Client().get(f"/cases/{case_id}/").status_code == 302


def test_a_return_needs_a_reason_and_becomes_a_checklist(cast: Cast, log_in: LogIn) -> None:
    boris, case_id = log_in("boris"), send(log_in("anna"), cast)
    status, page = press(boris, case_id, "return", reason=" ")
    assert (status, "Please give a reason" in page) == (422, True)
    assert Case.objects.get(id=case_id).state == State.IN_APPROVAL
    reasons = "Нет договора\n\nНеверная сумма"
    assert press(boris, case_id, "return", reason=reasons, hours="24")[0] == 302
    page = log_in("anna").get(f"/cases/{case_id}/edit/").content.decode()
    assert "Нет договора" in page
    assert page.count('name="done"') == 2


def test_resubmitting_waits_for_every_remark(cast: Cast, log_in: LogIn) -> None:
    anna, case_id = log_in("anna"), send(log_in("anna"), cast)
    press(log_in("boris"), case_id, "return", reason="Нет договора\nНеверная сумма")
    edited = sheet(cast, amount="100 000,00", files=[], revision=revision(case_id), done=["1"])
    answer = anna.post(f"/cases/{case_id}/edit/", edited)
    assert answer.status_code == 409
    assert "1 remark is still open" in answer.content.decode()
    assert Case.objects.get(id=case_id).amount_minor == 12_000_000
    edited["answer-2"] = "Сумма верна"
    assert anna.post(f"/cases/{case_id}/edit/", edited).status_code == 302
    case = Case.objects.get(id=case_id)
    assert (case.state, case.amount_minor) == (State.IN_APPROVAL, 10_000_000)


def test_who_decides_again_sees_what_became_of_each_remark(cast: Cast, log_in: LogIn) -> None:
    boris, case_id = log_in("boris"), send(log_in("anna"), cast)
    press(boris, case_id, "return", reason="Нет договора\nНеверная сумма")
    edited = sheet(cast, files=[], revision=revision(case_id), done=["1"])
    edited["answer-2"] = "Сумма верна"
    assert log_in("anna").post(f"/cases/{case_id}/edit/", edited).status_code == 302
    page = boris.get(f"/cases/{case_id}/").content.decode()
    told = page.split("What was asked to be corrected")[1].split("</section>")[0]
    assert [words in told for words in ("Нет договора", "Corrected", "Сумма верна")] == [True] * 3
    assert press(boris, case_id, "approve")[0] == 302


def test_a_stale_page_shows_what_changed(cast: Cast, log_in: LogIn) -> None:
    anna, case_id = log_in("anna"), send(log_in("anna"), cast)
    seen = revision(case_id)
    edited = sheet(cast, comment="Хостинг за декабрь", files=[], revision=seen, do="save")
    assert anna.post(f"/cases/{case_id}/edit/", edited).status_code == 302
    status, page = press(log_in("boris"), case_id, "approve", revision=seen)
    assert status == 409
    assert "<del>Хостинг за ноябрь</del>" in page
    assert "<ins>Хостинг за декабрь</ins>" in page


def test_a_decision_can_be_undone_at_once(cast: Cast, log_in: LogIn) -> None:
    boris, case_id = log_in("boris"), send(log_in("anna"), cast)
    press(boris, case_id, "approve")
    page = boris.get(f"/cases/{case_id}/").content.decode()
    entry = page.split('name="entry" value="')[1].split('"')[0]
    assert press(boris, case_id, "undo", entry=entry)[0] == 302
    assert press(boris, case_id, "approve")[0] == 302


def test_only_what_is_offered_is_shown(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast)
    page = log_in("anna").get(f"/cases/{case_id}/").content.decode()
    assert "/act/approve/" not in page
    assert "/act/withdraw/" in page
    assert press(log_in("anna"), case_id, "approve")[0] == 409


def test_the_order_and_the_payment_are_one_act(cast: Cast, log_in: LogIn) -> None:
    case_id, clara = to_pay(cast, log_in, payment_order_required="on"), log_in("clara")
    said = {"amount": "120 000,00", "on": clock.now().date().isoformat()}
    status, page = press(clara, case_id, "pay", **said)
    assert (status, "Attach its file together with the payment" in page) == (409, True)
    assert Case.objects.get(id=case_id).state == State.TO_PAY
    assert press(clara, case_id, "pay", **said, file=pdf("order"))[0] == 302
    assert Case.objects.get(id=case_id).state == State.PAID
    assert Attachment.objects.filter(case=case_id, purpose="PAYMENT_ORDER").count() == 1


def test_paying_more_than_the_rest_or_tomorrow_is_refused(cast: Cast, log_in: LogIn) -> None:
    case_id, clara = to_pay(cast, log_in), log_in("clara")
    today = clock.now().date()
    for amount, on, status in (
        ("120 000,01", today, 409),
        ("0", today, 422),
        ("many", today, 422),
        ("1", today + timedelta(days=9), 422),
        ("1", "yesterday", 422),
    ):
        assert press(clara, case_id, "pay", amount=amount, on=on)[0] == status
    assert Case.objects.get(id=case_id).state == State.TO_PAY


def test_a_part_is_paid_and_taken_back(cast: Cast, log_in: LogIn) -> None:
    case_id, clara = to_pay(cast, log_in), log_in("clara")
    said = {"amount": "20000", "on": clock.now().date().isoformat(), "order_number": "118"}
    assert press(clara, case_id, "pay", **said)[0] == 302
    page = clara.get(f"/cases/{case_id}/", {"tab": "payments"}).content.decode()
    assert "Partly paid" in page
    paid = Payment.objects.get(case=case_id)
    back = {"payment": paid.number, "kind": "ENTERED_IN_ERROR", "reason": "Не тот счёт"}
    assert press(log_in("anna"), case_id, "record-return", **back)[0] == 403
    assert press(clara, case_id, "record-return", **back | {"reason": ""})[0] == 422
    assert Payment.objects.filter(case=case_id).count() == 1
    assert press(clara, case_id, "record-return", **back)[0] == 302
    page = clara.get(f"/cases/{case_id}/", {"tab": "payments"}).content.decode()
    assert "Returned" in page
    assert "Partly paid" not in page
    assert Case.objects.get(id=case_id).executed_minor == 0


def test_what_is_all_on_its_way_is_executed_and_not_paid_again(cast: Cast, log_in: LogIn) -> None:
    case_id, clara = to_pay(cast, log_in), log_in("clara")
    said = {"amount": "120000", "on": clock.now().date().isoformat(), "order_number": "118"}
    assert press(clara, case_id, "mark-sent", **said)[0] == 302
    page = clara.get(f"/cases/{case_id}/").content.decode()
    bar = page[page.index('class="ak-decide"') :]
    assert "Executed by the bank" in bar
    assert "cash-banknote" in bar
    assert 'value="120,000.00"' in bar
    assert 'value="118"' in bar
    assert 'name="settles"' in bar
    sent = Payment.objects.get(case=case_id)
    assert press(clara, case_id, "pay", **said, settles=sent.number)[0] == 302
    assert Case.objects.get(id=case_id).state == State.PAID


def test_what_is_written_is_not_lost_by_a_refusal(cast: Cast, log_in: LogIn) -> None:
    boris, case_id = log_in("boris"), send(log_in("anna"), cast)
    said = {"revision": 99, "reason": "Нет договора с подрядчиком"}
    status, page = press(boris, case_id, "return", **said)
    assert status == 409
    assert "Нет договора с подрядчиком" in page


def test_files_are_served_safely_and_stay_cached(cast: Cast, log_in: LogIn) -> None:
    boris, case_id = log_in("boris"), send(log_in("anna"), cast)
    shown = boris.get(f"/cases/{case_id}/files/1/")
    assert shown["Content-Type"] == "application/pdf"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert shown["Cache-Control"].startswith("private")
    shown.close()
    again = boris.get(f"/cases/{case_id}/files/1/", headers={"If-None-Match": shown["ETag"]})
    assert again.status_code == 304
    down = boris.get(f"/cases/{case_id}/files/1/download/")
    assert down["Content-Disposition"].startswith("attachment")
    down.close()
    assert boris.get(f"/cases/{case_id}/files/9/").status_code == 404


def test_of_files_of_no_purpose_the_first_is_the_document(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast, files=[pdf("invoice"), pdf("contract")], purposes=[])
    kept = Attachment.objects.filter(case=case_id).order_by("number")
    assert [file.purpose for file in kept] == ["INVOICE", "OTHER"]


def test_a_kept_file_is_its_owners_alone(cast: Cast, log_in: LogIn) -> None:
    answer = log_in("anna").post("/files/", {"file": pdf("x"), "purpose": "INVOICE"})
    note = answer.content.decode().split('name="kept" value="')[1].split('"')[0]
    shown = log_in("anna").get(f"/files/{note}/")
    assert shown.status_code == 200
    shown.close()
    assert log_in("boris").get(f"/files/{note}/").status_code == 404
    assert uploads.read_note(note, by=cast.boris.id) is None


def test_several_are_paid_at_once(cast: Cast, log_in: LogIn) -> None:
    ids = [to_pay(cast, log_in, supplier_number=number) for number in ("81", "82")]
    clara, today = log_in("clara"), clock.now().date().isoformat()
    choose = clara.get("/pay/").content.decode()
    assert "Payment orders from No." in choose
    first = f"first-{cast.entity}"
    assert f'name="{first}" value="1"' in choose
    plan = {"do": "plan", "on": today, "case": [str(key) for key in ids], first: "117"}
    page = clara.post("/pay/", plan).content.decode()
    assert "Record 2 payments" in page
    assert 'value="118"' in page
    refused = clara.post("/pay/", plan | {first: "soon", "on": "2026-01-31"})
    assert refused.status_code == 422
    assert {'value="soon"', 'value="2026-01-31"'} <= set(refused.content.decode().split())
    form: dict[str, object] = {**plan, "do": "pay", "key": "k"}
    for key in ids:
        form |= {f"revision-{key}": revision(key), f"minor-{key}": 12_000_000}
    assert "2 payments recorded" in clara.post("/pay/", form).content.decode()
    assert clara.post("/pay/", {"do": "plan", "on": "", "case": ids}).status_code == 422
    assert Case.objects.filter(state=State.PAID).count() == 2


def test_of_what_is_partly_paid_the_rest_is_chosen_and_what_is_on_hold_is_not_offered(
    cast: Cast, log_in: LogIn
) -> None:
    half, held = (to_pay(cast, log_in, supplier_number=number) for number in ("83", "84"))
    clara, today = log_in("clara"), clock.now().date().isoformat()
    until = (clock.now().date() + timedelta(days=7)).isoformat()
    part = {"amount": "50,000.00", "on": today, "order_number": "1", "revision": revision(half)}
    assert press(clara, half, "pay", **part)[0] == 302
    assert press(clara, held, "hold", reason="Ask", until=until)[0] == 302
    page = clara.get("/pay/").content.decode()
    assert "70,000.00" in page
    assert "120,000.00" not in page
    assert str(held) not in page
    rest = {f"revision-{half}": revision(half), f"minor-{half}": 7_000_000}
    form: dict[str, object] = {"do": "pay", "on": today, "key": "k", "case": str(half), **rest}
    assert "70,000.00" in clara.post("/pay/", form).content.decode()


def test_people_are_named_without_script(cast: Cast, log_in: LogIn) -> None:
    case_id = send(log_in("anna"), cast)
    status, _page = press(log_in("boris"), case_id, "add-observer", person_text="Nobody")
    assert status == 422
    assert press(log_in("boris"), case_id, "add-observer", person_text="Oleg")[0] == 302
    assert log_in("oleg").get(f"/cases/{case_id}/").status_code == 200
