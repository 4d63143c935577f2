from __future__ import annotations

from akcept.people.codes import TokenScope
from letters import arrived
from programs import ProgramOf, refusal_of, rub
from troupe import Cast


def test_a_program_makes_an_invoice_of_a_letter_once(cast: Cast, program_of: ProgramOf) -> None:
    item, program = arrived(cast.anna.id), program_of(cast.anna, TokenScope.READ, TokenScope.DRAFT)
    (line,) = program.get("/intake").json()["items"]
    assert (line["id"], line["files"], line["is_verified"]) == (str(item), ["счёт.pdf"], True)
    card = program.get(f"/intake/{item}").json()
    (file,) = card["files"]
    answer = program.get(f"/intake/{item}/files/{file['number']}")
    assert answer.getvalue().startswith(b"%PDF")
    body = {
        "counterparty": str(cast.counterparty),
        "issued_on": "2026-11-18",
        "amount": rub("120000.00"),
        "files": [{"purpose": "INVOICE", "sha256": file["sha256"], "name": file["name"]}],
    }
    first = program.post(f"/intake/{item}/document", body, key="one")
    assert first.status_code == 201, first.content
    again = program.post(f"/intake/{item}/document", body, key="one")
    assert again.json()["case_id"] == first.json()["case_id"]
    other = program.post(f"/intake/{item}/document", body, key="two")
    assert refusal_of(other) == (409, "INTAKE_SETTLED")
    settled = program.get("/intake", which="SETTLED").json()["items"]
    assert [row["state"] for row in settled] == ["TAKEN"]


def test_a_program_sets_a_letter_aside_puts_it_back_and_passes_it_on(
    cast: Cast, program_of: ProgramOf
) -> None:
    item, program = arrived(), program_of(cast.clara, TokenScope.READ, TokenScope.DRAFT)
    aside = program.post(f"/intake/{item}/set-aside", {"reason": "Реклама"})
    assert (aside.json()["state"], aside.json()["reason"]) == ("SET_ASIDE", "Реклама")
    assert program.post(f"/intake/{item}/put-back", {}).json()["state"] == "WAITING"
    to_anna = {"person": str(cast.anna.id)}
    given = program.post(f"/intake/{item}/give", to_anna, key="give")
    assert program.post(f"/intake/{item}/give", to_anna, key="give").json() == given.json()
    assert given.json()["holder_id"] == str(cast.anna.id)
    steps = program.get(f"/intake/{item}").json()["steps"]
    assert [step["kind"] for step in steps][-1] == "INTAKE_GIVEN"


def test_only_who_looks_after_akcept_sees_what_became_of_mail(
    cast: Cast, program_of: ProgramOf
) -> None:
    assert refusal_of(program_of(cast.anna, TokenScope.READ).get("/received-mail"))[0] == 403
    page = program_of(cast.root, TokenScope.READ).get("/received-mail").json()
    assert page == {"items": [], "older": None}
