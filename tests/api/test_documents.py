"""Documents of any type by API: their own fields go in and come out."""

from __future__ import annotations

from programs import ProgramNamed, refusal_of, upload
from troupe import Cast


def test_a_contract_goes_in_with_its_own_fields_and_comes_out(
    program: ProgramNamed, cast: Cast
) -> None:
    anna = program("anna")
    body = {
        "type": "CONTRACT",
        "title": "Поставка бумаги",
        "counterparty": str(cast.counterparty),
        "values": {"valid_until": "2027-12-31"},
        "files": [{"purpose": "INVOICE", "sha256": upload(anna, "д.pdf"), "name": "д.pdf"}],
        "submit": True,
    }
    done = anna.post("/cases", body)
    assert done.status_code == 201, done.content
    card = anna.get(f"/cases/{done.json()['case_id']}").json()
    assert card["card"]["valid_until"] == "2027-12-31"
    assert (card["type"], card["amount"]) == ("CONTRACT", None)
    assert [row["id"] for row in anna.get("/cases", type="CONTRACT").json()["rows"]] == [card["id"]]


def test_an_own_field_that_is_none_is_refused(program: ProgramNamed, cast: Cast) -> None:
    body = {"type": "BUDGET", "title": "2027", "values": {"colour": "red", "amount": "1"}}
    assert refusal_of(program("anna").post("/cases", body))[0] == 422
    body = {"type": "CONTRACT", "title": "x", "values": {"valid_until": "soon"}}
    assert refusal_of(program("anna").post("/cases", body))[0] == 422
