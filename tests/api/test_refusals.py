"""What programs are refused, and that nothing changes then."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from akcept.cases.models import Case
from akcept.journal.models import Entry
from akcept.people.codes import TokenScope
from programs import ProgramNamed, ProgramOf, approved, invoice, refusal_of, rub, sent, today
from troupe import Cast

VERBS: dict[str, dict[str, Any]] = {
    "submit": {},
    "resubmit": {},
    "approve": {},
    "return": {"reasons": ["No"]},
    "reject": {"reason": "No"},
    "withdraw": {},
    "reassign": {"task": "1", "to": str(uuid4())},
    "add-approver": {"person": str(uuid4())},
    "name-approver": {"person": str(uuid4())},
    "observers": {"person": str(uuid4())},
    "hold": {"reason": "Wait", "until": "2099-01-01"},
    "release": {},
    "mark-sent": {"amount": rub("1.00"), "on": "2026-11-20"},
    "pay": {"amount": rub("1.00"), "on": "2026-11-20"},
    "refuse-payment": {"reasons": ["No"]},
    "returns": {"payment": 1, "kind": "BANK_RETURN", "reason": "No"},
    "close-rest": {"reason": "No"},
    "postpone": {"planned": 1, "old": "2026-11-20", "to": "2026-11-23"},
    "comments": {"text": "Hello"},
    "undo": {"entry": 1},
}
SEEN = {"submit", "resubmit", "approve", "return", "reject", "mark-sent", "pay", "refuse-payment"}


def record() -> tuple[int, list[dict[str, Any]]]:
    """Return everything that an act on a case would change."""
    return Entry.objects.filter(chain="CASE").count(), list(Case.objects.values())


def body_of(verb: str, revision: int = 1) -> dict[str, Any]:
    return VERBS[verb] | ({"revision": revision} if verb in SEEN else {})


@pytest.mark.parametrize("verb", VERBS)
def test_to_a_stranger_a_document_does_not_exist(
    program: ProgramNamed, cast: Cast, verb: str
) -> None:
    outcome = sent(program, cast)
    before = record()
    answer = program("oleg").post(f"/cases/{outcome['case_id']}/{verb}", body_of(verb))
    assert refusal_of(answer) == (404, "NOT_FOUND")
    assert record() == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_reading_token_does_nothing(
    program: ProgramNamed, program_of: ProgramOf, cast: Cast, verb: str
) -> None:
    outcome = sent(program, cast)
    before = record()
    reader = program_of(cast.boris, TokenScope.READ)
    answer = reader.post(f"/cases/{outcome['case_id']}/{verb}", body_of(verb))
    assert refusal_of(answer) == (403, "SCOPE_MISSING")
    assert record() == before


@pytest.mark.parametrize("address", ["", "/history", "/files"])
def test_a_stranger_reads_nothing(program: ProgramNamed, cast: Cast, address: str) -> None:
    outcome = sent(program, cast)
    answer = program("oleg").get(f"/cases/{outcome['case_id']}{address}")
    assert refusal_of(answer) == (404, "NOT_FOUND")
    assert program("oleg").get("/cases").json()["rows"] == []


def test_whoever_comes_second_is_told_by_whom(program: ProgramNamed, cast: Cast) -> None:
    outcome = sent(program, cast)
    path = f"/cases/{outcome['case_id']}/approve"
    assert program("boris").post(path, {"revision": 1}).status_code == 200
    again = program("boris").post(path, {"revision": 1})
    assert refusal_of(again) == (409, "ALREADY_DECIDED")
    assert "Boris Borisov" in again.json()["detail"]


def test_an_old_revision_is_refused_with_the_difference(program: ProgramNamed, cast: Cast) -> None:
    outcome = sent(program, cast)
    path = f"/cases/{outcome['case_id']}"
    changed = program("anna").send("PATCH", path, {"revision": 1, "comment": "Another"})
    assert changed.status_code == 200, changed.content
    before = record()
    stale = program("boris").post(f"{path}/approve", {}, HTTP_IF_MATCH='"1"')
    assert refusal_of(stale) == (409, "STALE_REVISION")
    assert stale.json()["facts"] == {
        "seen": 1,
        "current": 2,
        "changes": {"comment": {"old": "Хостинг за ноябрь", "new": "Another"}},
    }
    assert record() == before


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_was_altered_behind_the_back_is_not_paid_but_told(
    program: ProgramNamed, program_of: ProgramOf, cast: Cast, language: str
) -> None:
    done = approved(program, cast)
    path = f"/cases/{done['case_id']}/pay"
    stored = json.loads(Case.objects.values_list("fold", flat=True).get(id=done["case_id"]))
    stored["card"]["amount"], stored["planned"][0]["minor"] = 15_000_000, 15_000_000
    Case.objects.filter(id=done["case_id"]).update(fold=json.dumps(stored), amount_minor=15_000_000)
    clara = program_of(cast.clara, language=language)
    body = {"revision": done["revision"], "amount": rub("150000.00"), "on": today()}
    refused = clara.post(path, body)
    assert refusal_of(refused) == (409, "FINGERPRINT_MISMATCH")
    assert refused.json()["facts"]["changes"] == {
        "amount": {"old": rub("120000.00"), "new": rub("150000.00")}
    }
    assert ("approved" in refused.json()["detail"]) is (language == "en")
    assert Case.objects.get(id=done["case_id"]).state == "TO_PAY"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"amount": rub("0.00")}, "amount", "AMOUNT_POSITIVE"),
        ({"amount": rub("-1.00")}, "amount", "AMOUNT_POSITIVE"),
        ({"amount": rub("1.005")}, "amount.amount", "TOO_PRECISE"),
        ({"amount": rub("1e5")}, "amount.amount", "NOT_A_NUMBER"),
        ({"amount": rub("100000000000000.00")}, "amount", "AMOUNT_TOO_LARGE"),
        ({"amount": {"amount": "1", "currency": "XXX"}}, "amount.currency", "UNKNOWN_CURRENCY"),
        ({"amount": 5}, "amount", "WRONG_TYPE"),
        ({"issued_on": "2026-02-30"}, "issued_on", "NOT_A_DATE"),
        ({"issued_on": None}, "issued_on", "REQUIRED"),
        ({"counterparty": str(uuid4())}, "counterparty", "NOT_FOUND"),
        ({"counterparty": "x"}, "counterparty", "NOT_AN_ID"),
        ({"title": "a\0b"}, "title", "CONTROL_CHARACTERS"),
        ({"title": "x" * 301}, "title", "TOO_LONG"),
        ({"colour": "red"}, "colour", "UNKNOWN_FIELD"),
        ({"planned": [{"on": "2026-11-20", "amount": {"amount": "1", "currency": "EUR"}}]},
         "planned.0.amount.currency", "CURRENCY_DIFFERS"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_and_nothing_is_saved(
    program: ProgramNamed, cast: Cast, change: dict[str, Any], field: str, code: str
) -> None:
    answer = program("anna").post("/cases", invoice(cast, planned=[]) | change)
    assert refusal_of(answer) == (422, "INVALID_INPUT")
    assert {(row["field"], row["code"]) for row in answer.json()["errors"]} == {(field, code)}
    assert not Case.objects.exists()


def test_a_decision_says_which_revision_it_is_about(program: ProgramNamed, cast: Cast) -> None:
    path = f"/cases/{sent(program, cast)['case_id']}/approve"
    missing = program("boris").post(path, {})
    assert missing.json()["errors"][0]["code"] == "REQUIRED"
    differs = program("boris").post(path, {"revision": 1}, HTTP_IF_MATCH='"2"')
    assert differs.json()["errors"][0]["code"] == "REVISIONS_DIFFER"


def test_a_repeated_request_gets_its_first_outcome(program: ProgramNamed, cast: Cast) -> None:
    anna = program("anna")
    first = anna.post("/cases", invoice(cast), key="one")
    again = anna.post("/cases", invoice(cast), key="one")
    assert (again.status_code, again.json()) == (201, first.json())
    assert Case.objects.count() == 1


def test_a_repeated_decision_is_made_once(program: ProgramNamed, cast: Cast) -> None:
    path = f"/cases/{sent(program, cast)['case_id']}/approve"
    first = program("boris").post(path, {"revision": 1}, key="yes")
    before = record()
    again = program("boris").post(path, {"revision": 1}, key="yes")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert record() == before


def test_a_key_belongs_to_one_request(program: ProgramNamed, cast: Cast) -> None:
    anna = program("anna")
    anna.post("/cases", invoice(cast), key="one")
    other = anna.post("/cases", invoice(cast, title="Other"), key="one")
    assert refusal_of(other) == (422, "KEY_REUSED")
    assert Case.objects.count() == 1


def test_a_payment_in_another_currency_is_refused(program: ProgramNamed, cast: Cast) -> None:
    outcome = approved(program, cast)
    before = record()
    euros = {"amount": "120000.00", "currency": "EUR"}
    body = {"revision": outcome["revision"], "amount": euros, "on": today()}
    answer = program("clara").post(f"/cases/{outcome['case_id']}/pay", body)
    assert answer.json()["errors"][0]["code"] == "CURRENCY_DIFFERS"
    assert record() == before


def test_a_refusal_speaks_russian_and_english(
    program: ProgramNamed, program_of: ProgramOf, cast: Cast
) -> None:
    path = f"/cases/{sent(program, cast)['case_id']}/approve"
    said = {
        language: program_of(cast.anna, language=language).post(path, {"revision": 1}).json()
        for language in ("en", "ru")
    }
    assert said["en"]["code"] == said["ru"]["code"]
    assert said["en"]["title"] == "Not possible now"
    assert said["ru"]["title"] == "Сейчас это невозможно"
    assert said["en"]["detail"] != said["ru"]["detail"]


def test_looking_ahead_says_what_stands_against_sending(program: ProgramNamed, cast: Cast) -> None:
    anna = program("anna")
    body = invoice(cast, approval_type="MY_CHOICE", choice=[])
    shown = anna.post("/cases/preview", body).json()
    assert shown["seats"] == []
    assert shown["refusal"]["code"] in {"INVALID_INPUT", "NO_APPROVER"}
    assert shown["refusal"]["detail"]
    draft = anna.post("/cases", invoice(cast)).json()
    unseen = program("oleg").post("/cases/preview", {"case_id": draft["case_id"]})
    assert refusal_of(unseen) == (404, "NOT_FOUND")
