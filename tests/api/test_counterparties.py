from __future__ import annotations

from uuid import uuid4

from akcept.parties.models import AccountCheck, BankAccount, Counterparty
from akcept.people.models import Person
from programs import ProgramOf, refusal_of

PARTY = {"name": "ООО «Ромашка»", "inn": "7707083893", "kpp": "770701001"}
ACCOUNT = {
    "number": "40702810138250123017",
    "currency": "RUB",
    "bic": "044525225",
    "bank_name": "Банк",
}


def test_a_counterparty_is_added_and_found(anna: Person, program_of: ProgramOf) -> None:
    program = program_of(anna)
    made = program.post("/counterparties", PARTY)
    assert made.status_code == 201
    found = program.get("/counterparties", search="romashka").json()
    assert [line["id"] for line in found["lines"]] == [made.json()["id"]]
    assert program.get(f"/counterparties/{made.json()['id']}").json() == made.json()


def test_one_that_is_there_already_is_refused(anna: Person, program_of: ProgramOf) -> None:
    program = program_of(anna)
    program.post("/counterparties", PARTY)
    again = program.post("/counterparties", PARTY)
    assert refusal_of(again) == (422, "INVALID_INPUT")
    assert again.json()["errors"][0]["field"] == "inn"
    assert Counterparty.objects.count() == 1


def test_an_unknown_counterparty_does_not_exist(anna: Person, program_of: ProgramOf) -> None:
    program = program_of(anna)
    assert refusal_of(program.get(f"/counterparties/{uuid4()}")) == (404, "NOT_FOUND")
    entered = program.post(f"/counterparties/{uuid4()}/accounts", ACCOUNT)
    assert refusal_of(entered) == (404, "NOT_FOUND")


def test_who_entered_an_account_cannot_vouch_for_it(
    anna: Person, vera: Person, program_of: ProgramOf
) -> None:
    party = program_of(anna).post("/counterparties", PARTY).json()["id"]
    entered = program_of(vera).post(f"/counterparties/{party}/accounts", ACCOUNT)
    assert entered.status_code == 201, entered.content
    path = f"/counterparties/{party}/accounts/{entered.json()['id']}"
    refused = program_of(vera).post(f"{path}/verify", {"how": "CALL_BACK"})
    assert refusal_of(refused) == (409, "OWN_ACCOUNT")
    assert not AccountCheck.objects.exists()


def test_somebody_else_with_the_right_vouches_and_blocks(
    anna: Person, vera: Person, program_of: ProgramOf
) -> None:
    party = program_of(anna).post("/counterparties", PARTY).json()["id"]
    account = program_of(anna).post(f"/counterparties/{party}/accounts", ACCOUNT).json()["id"]
    path = f"/counterparties/{party}/accounts/{account}"
    verified = program_of(vera).post(f"{path}/verify", {"how": "CALL_BACK"})
    assert verified.json()["state"] == "VERIFIED"
    blocked = program_of(vera).post(f"{path}/block", {"reason": "Fraud"})
    assert blocked.json()["state"] == "BLOCKED"
    other = f"/counterparties/{uuid4()}/accounts/{account}/verify"
    assert refusal_of(program_of(vera).post(other, {"how": "LETTER"})) == (404, "NOT_FOUND")


def test_a_wrong_account_number_is_named(anna: Person, program_of: ProgramOf) -> None:
    program = program_of(anna)
    party = program.post("/counterparties", PARTY).json()["id"]
    wrong = ACCOUNT | {"number": "40702810138250123018"}
    answer = program.post(f"/counterparties/{party}/accounts", wrong)
    assert answer.json()["errors"][0] | {"detail": ""} == {
        "field": "number",
        "code": "ACCOUNT_KEY",
        "detail": "",
    }
    assert not BankAccount.objects.exists()


def test_every_repeat_gives_what_came_of_the_first(
    anna: Person, vera: Person, program_of: ProgramOf
) -> None:
    writer, checker = program_of(anna), program_of(vera)
    party, twin = (writer.post("/counterparties", PARTY, key="p").json() for _ in range(2))
    accounts = f"/counterparties/{party['id']}/accounts"
    account, same = (writer.post(accounts, ACCOUNT, key="a").json() for _ in range(2))
    path = f"{accounts}/{account['id']}/verify"
    for _ in range(2):
        assert checker.post(path, {"how": "LETTER"}, key="v").json()["state"] == "VERIFIED"
    assert (party["id"], account) == (twin["id"], same)
    assert (Counterparty.objects.count(), AccountCheck.objects.count()) == (1, 1)
    other = writer.post(accounts, ACCOUNT | {"bank_name": "Other"}, key="a")
    assert refusal_of(other) == (422, "KEY_REUSED")


def test_a_name_alone_is_added_once_by_one_key(anna: Person, program_of: ProgramOf) -> None:
    program = program_of(anna)
    first, again = (program.post("/counterparties", {"name": "Maria"}, key="m") for _ in range(2))
    assert (again.status_code, again.json()) == (201, first.json())
    assert Counterparty.objects.count() == 1
