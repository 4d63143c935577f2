"""The discussion for programs: said, asked, answered, mended, read; with the refusals of the pages."""

from __future__ import annotations

from programs import ProgramNamed, refusal_of, sent
from troupe import Cast


def test_programs_talk_as_people_do(program: ProgramNamed, cast: Cast) -> None:
    path = f"/cases/{sent(program, cast)['case_id']}/comments"
    anna, boris = program("anna"), program("boris")
    asked = boris.post(path, {"text": "Which contract?", "asks": str(cast.anna.id)}).json()
    (mention,) = anna.get("/mentions").json()["items"]
    assert (mention["number"], mention["is_question"]) == (asked["entry"], True)
    (row,) = anna.get("/cases").json()["rows"]
    assert (row["unread"], row["has_question"], row["asks_reader"]) == (1, True, True)
    answer = {"text": "@Boris Borisov: that of May", "reply_to": asked["entry"]}
    answered = anna.post(path, answer).json()
    thread = boris.get(path).json()
    first, last = thread["messages"]
    assert (first["asked"]["is_open"], first["asked"]["answer"]) == (False, answered["entry"])
    assert last["quote"]["text"] == "Which contract?"
    assert boris.get("/mentions").json()["items"][0]["is_question"] is False
    mended = anna.post(f"{path}/{answered['entry']}", {"text": "That of June"})
    assert mended.status_code == 200, mended.content
    (row,) = boris.get("/cases").json()["rows"]
    assert (row["unread"], row["has_question"], row["asks_reader"]) == (1, False, False)
    read = boris.post(f"{path}/read", {"upto": thread["upto"]}).json()
    assert read["read"] == read["upto"] == answered["entry"]
    assert read["messages"][1]["earlier"] == ["@Boris Borisov: that of May"]
    assert boris.get("/mentions").json()["items"] == []


def test_programs_meet_the_same_refusals(program: ProgramNamed, cast: Cast) -> None:
    path = f"/cases/{sent(program, cast)['case_id']}/comments"
    anna = program("anna")
    assert refusal_of(anna.post(path, {"text": "@Oleg Olegov?"})) == (409, "NOT_READERS")
    joined = anna.post(path, {"text": "@Oleg Olegov?", "add_observers": True})
    assert joined.status_code == 200
    assert refusal_of(program("oleg").post(f"{path}/{joined.json()['entry']}", {"text": "No"})) == (
        403,
        "NOT_ALLOWED",
    )
    closed = anna.post(f"{path}/99/withdraw", {})
    assert refusal_of(closed) == (409, "QUESTION_CLOSED")
    assert program("dana").get(path).status_code == 404
