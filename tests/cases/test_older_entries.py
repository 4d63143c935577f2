"""What was recorded before stages had terms stays provable and tells the same case as then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from akcept.cases.verifying import recorded
from akcept.engine.case import SeatState, State
from akcept.engine.routes import How
from akcept.engine.tasks import TaskKind, tasks
from akcept.journal import canonical
from akcept.journal.models import Entry, PrivateValue
from journal.exported import load_script, parsed

# Anna sent an invoice, Boris approved, Vera returned it, and the second time everybody agreed: entries without
# terms, without what was vouched for or not needed, and a file without its round.
EXPORT = Path(__file__).with_name("before_quorum.jsonl")


def restored(lines: list[dict[str, Any]]) -> UUID:
    """Put the entries of an export into the journal as they stand and return their chain."""
    for line in lines:
        body = json.loads(line["body"])
        place = {"chain_id": UUID(body["chain_id"]), "number": body["number"]}
        Entry.objects.create(
            **place,
            chain=body["chain"],
            kind=body["kind"],
            at=canonical.as_moment(body["at"]),
            actor_id=body["actor"]["id"],
            body=line["body"],
            hash=line["hash"],
        )
        for path, (salt, value) in line["private"].items():
            PrivateValue.objects.create(**place, path=path, salt=salt, value=value)
    return place["chain_id"]


def test_an_export_of_older_entries_is_proven(capsys: pytest.CaptureFixture[str]) -> None:
    assert load_script().main([str(EXPORT)]) == 0
    assert "11 entries: consistent" in capsys.readouterr().out


@pytest.mark.django_db
def test_older_entries_tell_the_same_case_as_then() -> None:
    lines = parsed(EXPORT.read_bytes())
    submitted = json.loads(lines[2]["body"])["data"]
    assert "terms" not in submitted
    case = recorded(restored(lines))
    assert (case.state, case.round, case.terms) == (State.TO_PAY, 2, ())
    assert {seat.state for seat in case.seats} == {SeatState.APPROVED}
    assert [case.terms_of(seat.stage).how for seat in case.seats] == [How.IN_TURN] * 3
    assert [seat.entry for seat in case.seats] == [8, 9, 10]
    assert [row.round for row in case.attachments] == [0]
    assert {task.kind for task in tasks(case)} == {TaskKind.PAY}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("entries", "state", "open_seats", "remarks"),
    [
        (3, State.IN_APPROVAL, [1], []),
        (4, State.IN_APPROVAL, [2], []),
        (5, State.REWORK, [], ["Договор?"]),
    ],
)
def test_a_round_that_began_then_goes_on_one_by_one(
    entries: int, state: State, open_seats: list[int], remarks: list[str]
) -> None:
    case = recorded(restored(parsed(EXPORT.read_bytes())[:entries]))
    assert case.state is state
    assert [seat.id for seat in case.open_seats] == open_seats
    assert [row.text for row in case.remarks] == remarks
