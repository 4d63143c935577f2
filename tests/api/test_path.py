"""The whole path of one invoice, told by programs."""

from __future__ import annotations

from akcept.cases.models import Case
from akcept.journal.models import Entry
from programs import (
    ProgramNamed,
    ProgramOf,
    approved,
    invoice,
    refusal_of,
    rub,
    sent,
    today,
    upload,
)
from troupe import Cast


def test_an_invoice_goes_from_please_pay_this_to_paid(program: ProgramNamed, cast: Cast) -> None:
    outcome = approved(program, cast, payment_order_required=True)
    clara = program("clara")
    (task,) = clara.get("/tasks").json()["tasks"]
    assert (task["kind"], task["case"]["id"]) == ("PAY", outcome["case_id"])
    path = f"/cases/{outcome['case_id']}"
    pay = {"revision": outcome["revision"], "amount": rub("120000.00"), "on": today()}
    assert refusal_of(clara.post(f"{path}/pay", pay)) == (409, "MISSING_PAYMENT_ORDER")
    order = {"purpose": "PAYMENT_ORDER", "sha256": upload(clara, "пп.pdf"), "name": "пп.pdf"}
    paid = clara.post(f"{path}/pay", pay | {"order_number": "118", "order_file": order})
    assert paid.json()["state"] == "PAID", paid.content
    card = program("anna").get(path).json()
    assert card["rest"] == rub("0.00")
    assert [row["order_number"] for row in card["payments"]] == ["118"]
    kinds = [entry["kind"] for entry in program("anna").get(f"{path}/history").json()]
    assert kinds[0] == "DRAFTED"
    assert kinds[-1] == "PAYMENT_EXECUTED"
    first = program("anna").get("/feed").json()["items"][0]
    assert first["case"]["state"] == "PAID"


def test_a_returned_invoice_is_corrected_and_sent_again(program: ProgramNamed, cast: Cast) -> None:
    outcome = sent(program, cast)
    path = f"/cases/{outcome['case_id']}"
    returned = program("boris").post(
        f"{path}/return", {"revision": outcome["revision"], "reasons": ["Wrong amount"]}
    )
    assert returned.json()["state"] == "REWORK"
    (remark,) = program("anna").get(path).json()["remarks"]
    corrected = {
        "revision": outcome["revision"],
        "card": {
            "amount": rub("100000.00"),
            "planned": [{"on": today(), "amount": rub("100000.00")}],
        },
        "answers": [{"remark": remark["id"], "answer": "Corrected"}],
    }
    again = program("anna").post(f"{path}/resubmit", corrected)
    assert again.json()["state"] == "IN_APPROVAL", again.content
    card = program("boris").get(path).json()
    assert (card["round"], card["amount"]) == (2, rub("100000.00"))
    assert "APPROVE" in card["options"]


def test_a_draft_is_changed_looked_ahead_and_sent(program: ProgramNamed, cast: Cast) -> None:
    anna = program("anna")
    draft = anna.post("/cases", invoice(cast, planned=[])).json()
    path = f"/cases/{draft['case_id']}"
    shown = anna.get(path)
    assert (shown["ETag"], shown.json()["state"]) == ('"1"', "DRAFT")
    body = {"planned": [{"on": today(), "amount": rub("120000.00")}], "title": "Hosting"}
    revised = anna.send("PATCH", path, body, HTTP_IF_MATCH=shown["ETag"])
    assert revised.status_code == 200, revised.content
    preview = anna.post("/cases/preview", {"case_id": draft["case_id"]}).json()
    names = [seat["person"]["name"] for seat in preview["seats"]]
    assert names == ["Boris Borisov", "Vera Verina", "Gleb Glebov"]
    submitted = anna.post(f"{path}/submit", {"revision": revised.json()["revision"]})
    assert submitted.json()["state"] == "IN_APPROVAL", submitted.content
    assert anna.get(path).json()["title"] == "Hosting"


def test_the_registry_is_narrowed_and_paged(program: ProgramNamed, cast: Cast) -> None:
    small = sent(program, cast, supplier_number="1")
    large = sent(
        program,
        cast,
        supplier_number="2",
        amount=rub("500000.00"),
        planned=[{"on": today(), "amount": rub("500000.00")}],
        duplicate_reason="Another month",
    )
    anna = program("anna")
    page = anna.get("/cases", limit=1).json()
    assert [row["id"] for row in page["rows"]] == [large["case_id"]]
    following = anna.get("/cases", limit=1, after=page["older"]).json()
    assert [row["id"] for row in following["rows"]] == [small["case_id"]]
    found = anna.get("/cases", amount_from="200000.00", currency="RUB", states="IN_APPROVAL")
    assert [row["id"] for row in found.json()["rows"]] == [large["case_id"]]
    assert refusal_of(anna.get("/cases", amount_from="1")) == (422, "INVALID_INPUT")
    misspelt = anna.get("/cases", amuont_from="1")
    assert misspelt.json()["errors"][0]["code"] == "UNKNOWN_FIELD"


def test_the_calendar_shows_what_is_to_be_paid(program: ProgramNamed, cast: Cast) -> None:
    outcome = approved(program, cast)
    clara = program("clara")
    shown = clara.get("/calendar", first=today(), last=today()).json()
    (day,) = shown["days"]
    assert [entry["case_id"] for entry in day["entries"]] == [outcome["case_id"]]
    assert shown["totals"] == [rub("120000.00")]
    wrong = clara.get("/calendar", first="2026-01-02", last="2026-01-01")
    assert refusal_of(wrong) == (422, "INVALID_INPUT")


def test_files_come_back_as_they_went_in(program: ProgramNamed, cast: Cast) -> None:
    outcome = sent(program, cast)
    path = f"/cases/{outcome['case_id']}/files"
    (file,) = program("boris").get(path).json()
    answer = program("boris").get(f"{path}/{file['id']}/content")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert refusal_of(program("oleg").get(f"{path}/{file['id']}/content")) == (404, "NOT_FOUND")
    act = {"purpose": "ACT", "sha256": upload(program("anna"), "акт.pdf"), "name": "акт.pdf"}
    assert program("anna").post(path, {"files": [act]}).status_code == 200
    assert [row["purpose"] for row in program("boris").get(path).json()] == ["INVOICE", "ACT"]


def test_tasks_have_telling_names(program: ProgramNamed, program_of: ProgramOf, cast: Cast) -> None:
    number = sent(program, cast)["number"]
    named = {
        language: program_of(cast.boris, language=language)
        .get("/tasks")
        .json()["tasks"][0]["title"]
        for language in ("en", "ru")
    }
    assert named == {
        "en": f"Approval of invoice {number}",
        "ru": f"Согласование счёта № {number}",
    }


def test_looking_changes_nothing(program: ProgramNamed, cast: Cast) -> None:
    outcome = sent(program, cast)
    boris = program("boris")
    before = (Entry.objects.count(), Case.objects.values().get())
    path = f"/cases/{outcome['case_id']}"
    for address in ("/cases", path, f"{path}/history", f"{path}/files", "/tasks", "/feed", "/me"):
        assert boris.get(address).status_code == 200
        assert boris.send("HEAD", address, None).status_code in (200, 405)
    for verb in ("approve", "pay", "submit", "return"):
        assert refusal_of(boris.get(f"{path}/{verb}")) == (405, "METHOD_NOT_ALLOWED")
    assert (Entry.objects.count(), Case.objects.values().get()) == before
