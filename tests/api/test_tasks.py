"""One's own tasks for programs: several approved together, each with its own answer, and set aside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from akcept.cases.models import Task
from programs import ProgramNamed, ProgramOf, refusal_of, rub, sent, today
from troupe import Cast


def rows(*outcomes: dict[str, Any]) -> dict[str, Any]:
    """Return the body that approves these documents."""
    return {"rows": [{"case_id": one["case_id"], "revision": one["revision"]} for one in outcomes]}


def test_on_an_old_revision_what_differs_is_told(program: ProgramNamed, cast: Cast) -> None:
    one = sent(program, cast)
    changes = {"amount": rub("130000.00"), "planned": [{"on": today(), "amount": rub("130000.00")}]}
    path = f"/cases/{one['case_id']}"
    program("anna").send("PATCH", path, changes | {"revision": one["revision"]})
    again = program("anna").post(f"{path}/resubmit", {"revision": one["revision"] + 1})
    assert again.status_code == 200, again.content
    (row,) = program("boris").post("/tasks/approve", rows(one)).json()
    problem = row["refusal"]
    assert (row["outcome"], problem["code"], problem["status"]) == (None, "STALE_REVISION", 409)
    assert problem["facts"]["changes"]["amount"] == {
        "old": rub("120000.00"),
        "new": rub("130000.00"),
    }
    (row,) = program("boris").post("/tasks/approve", rows(again.json())).json()
    assert (row["outcome"]["state"], row["refusal"]) == ("IN_APPROVAL", None)


def test_what_is_refused_is_said_in_the_callers_language(
    program: ProgramNamed, program_of: ProgramOf, cast: Cast
) -> None:
    one = sent(program, cast)
    said = {}
    for language in ("en", "ru"):
        vera = program_of(cast.vera, language=language)
        (row,) = vera.post("/tasks/approve", rows(one)).json()
        assert (row["outcome"], row["refusal"]["code"]) == (None, "NOT_YOUR_TURN")
        alone = vera.post(f"/cases/{one['case_id']}/approve", {"revision": one["revision"]}).json()
        told = ("type", "title", "status", "detail", "code", "facts")
        assert {key: row["refusal"][key] for key in told} == {key: alone[key] for key in told}
        said[language] = row["refusal"]["detail"]
        (seen,) = vera.post("/tasks/look-over", {"cases": [one["case_id"]]}).json()["rows"]
        assert seen["refusal"]["detail"] == said[language]
    assert said["en"] != said["ru"]


def test_the_same_request_again_gives_the_same_answer(program: ProgramNamed, cast: Cast) -> None:
    one = sent(program, cast)
    first = program("boris").post("/tasks/approve", rows(one), key="go").json()
    assert program("boris").post("/tasks/approve", rows(one), key="go").json() == first


def test_nobody_approves_together_what_they_do_not_see(program: ProgramNamed, cast: Cast) -> None:
    one = sent(program, cast)
    assert refusal_of(program("oleg").post("/tasks/approve", rows(one))) == (404, "NOT_FOUND")
    assert refusal_of(program("boris").post("/tasks/approve", rows(one, one))) == (
        422,
        "INVALID_INPUT",
    )


def test_a_task_is_set_aside_and_taken_back(program: ProgramNamed, cast: Cast) -> None:
    case_id = sent(program, cast)["case_id"]
    task = Task.objects.get(case_id=case_id, closed_at=None)
    later = {"until": (datetime.now(UTC) + timedelta(hours=2)).isoformat()}
    path = f"/tasks/{task.id}"
    assert refusal_of(program("vera").post(f"{path}/snooze", later)) == (404, "NOT_FOUND")
    assert program("boris").post(f"{path}/snooze", later | {"anyway": True}).status_code == 200
    assert [one["id"] for one in program("boris").get("/tasks/snoozed").json()] == [str(task.id)]
    assert program("boris").post(f"{path}/wake", {}).json() == {"until": None}
    assert program("boris").get("/tasks/snoozed").json() == []
