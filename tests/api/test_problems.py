from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from akcept.people.models import Person
from programs import ROOT, Program, ProgramOf, refusal_of


def test_problems_speak_the_owners_language(anna: Person, program_of: ProgramOf) -> None:
    problem = program_of(anna).get(f"/counterparties/{uuid4()}").json()
    assert problem["title"] == "Не найдено"


def test_problems_speak_the_language_asked_for(anna: Person, program_of: ProgramOf) -> None:
    answer = program_of(anna, language="en-GB,en;q=0.8").get(f"/counterparties/{uuid4()}")
    assert answer["Content-Language"] == "en"
    assert answer.json()["title"] == "Not found"


def test_a_stranger_is_answered_in_the_language_asked_for(db: None) -> None:
    assert Program(language="ru").get("/me").json()["title"] == "Нужен токен"


def test_an_unknown_address_is_not_found(db: None) -> None:
    assert refusal_of(Program().get("/nothing")) == (404, "NOT_FOUND")


def test_another_method_is_named(anna: Person, program_of: ProgramOf) -> None:
    answer = program_of(anna).send("DELETE", "/counterparties", {})
    assert refusal_of(answer) == (405, "METHOD_NOT_ALLOWED")
    assert {"GET", "POST"} <= {method.strip() for method in answer["Allow"].split(",")}


@pytest.mark.parametrize(
    "body", ["{", "\xff", "NaN", '{"name": NaN}', "[" * 100_000, '{"name": "\\ud800"'], ids=range(6)
)
def test_a_body_that_is_no_json_is_refused(anna: Person, program_of: ProgramOf, body: str) -> None:
    program = program_of(anna)
    answer = Client().generic(
        "POST",
        f"{ROOT}/counterparties",
        body.encode("latin-1"),
        "application/json",
        **program.headers,
    )
    assert refusal_of(answer) == (400, "BODY_NOT_JSON")


def test_a_form_is_the_wrong_media_type(anna: Person, program_of: ProgramOf) -> None:
    program = program_of(anna)
    answer = Client().post(f"{ROOT}/counterparties", {"name": "x"}, **program.headers)
    assert refusal_of(answer) == (415, "MEDIA_TYPE")


def test_a_broken_upload_is_refused(anna: Person, program_of: ProgramOf) -> None:
    answer = Client().generic(
        "POST", f"{ROOT}/files", b"--x\r\n", "multipart/form-data", **program_of(anna).headers
    )
    assert refusal_of(answer) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [(b"", "счёт.pdf", "FILE_EMPTY"), (b"MZ\x90", "run.exe", "FILE_TYPE")],
)
def test_a_file_that_nobody_can_read_is_refused(
    anna: Person, program_of: ProgramOf, content: bytes, name: str, code: str
) -> None:
    answer = program_of(anna).upload("/files", SimpleUploadedFile(name, content))
    assert refusal_of(answer) == (422, "INVALID_INPUT")
    assert [(row["field"], row["code"]) for row in answer.json()["errors"]] == [("file", code)]


def test_no_cache_keeps_an_answer(anna: Person, program_of: ProgramOf) -> None:
    program = program_of(anna)
    for path in ("/me", "/nothing"):
        assert program.get(path)["Cache-Control"] == "no-store"


def test_a_huge_body_is_too_large(anna: Person, program_of: ProgramOf) -> None:
    answer = program_of(anna).post("/counterparties", {"name": "x" * 3_000_000})
    assert refusal_of(answer) == (413, "TOO_LARGE")


def test_every_wrong_field_is_named(anna: Person, program_of: ProgramOf) -> None:
    body = {"name": "a\0b", "country": 7, "colour": "red", "inn": "x" * 301}
    answer = program_of(anna).post("/counterparties", body)
    assert refusal_of(answer) == (422, "INVALID_INPUT")
    assert {row["field"]: row["code"] for row in answer.json()["errors"]} == {
        "name": "CONTROL_CHARACTERS",
        "country": "WRONG_TYPE",
        "colour": "UNKNOWN_FIELD",
        "inn": "TOO_LONG",
    }
    assert all(row["detail"] != row["code"] for row in answer.json()["errors"])


@pytest.mark.parametrize(
    ("amount", "code"),
    [("1,50", "NOT_A_NUMBER"), ("1e3", "NOT_A_NUMBER"), ("٣", "NOT_A_NUMBER"),
     ("9" * 16, "AMOUNT_TOO_LARGE"), ("1.0005", "TOO_PRECISE"), ("1.001", "TOO_PRECISE")],
)  # fmt: skip
def test_an_amount_is_refused_for_what_is_wrong_with_it(
    anna: Person, program_of: ProgramOf, amount: str, code: str
) -> None:
    body = {"amount": {"amount": amount, "currency": "RUB"}}
    answer = program_of(anna).post("/cases", body)
    assert refusal_of(answer) == (422, "INVALID_INPUT")
    assert ("amount.amount", code) in [
        (row["field"], row["code"]) for row in answer.json()["errors"]
    ]


@pytest.mark.parametrize("key", ["", "two words", "ключ", "x" * 201])
def test_a_key_that_cannot_be_kept_is_refused(
    anna: Person, program_of: ProgramOf, key: str
) -> None:
    answer = program_of(anna).post("/counterparties", {}, HTTP_IDEMPOTENCY_KEY=key)
    assert refusal_of(answer) == (422, "INVALID_INPUT")
    assert [row["field"] for row in answer.json()["errors"]] == ["Idempotency-Key"]


def test_a_mistake_of_ours_tells_nothing_of_the_inside(
    anna: Person, program_of: ProgramOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = program_of(anna)
    monkeypatch.setattr("akcept.parties.queries.page", lambda: None)
    answer = program.get("/counterparties")
    assert refusal_of(answer) == (500, "SERVER_ERROR")
    assert answer.json()["request_id"] == answer["X-Request-Id"]
    assert "TypeError" not in json.dumps(answer.json())
