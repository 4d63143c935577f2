"""A program makes and changes document types by the same rules as the pages."""

from __future__ import annotations

from typing import Any

import pytest

from akcept.journal.models import Entry
from akcept.people.codes import TokenScope
from programs import ProgramNamed, ProgramOf, refusal_of
from troupe import Cast

pytestmark = pytest.mark.django_db

ATTORNEY: dict[str, Any] = {
    "code": "ATTORNEY",
    "name_en": "Power of attorney",
    "name_ru": "Доверенность",
    "plural_en": "Powers of attorney",
    "plural_ru": "Доверенности",
    "title_en": "power of attorney",
    "title_ru_genitive": "доверенности",
    "title_ru_accusative": "доверенность",
    "ends_in_payment": False,
    "fields": [
        {"code": "title", "kind": "TEXT", "label_en": "Title", "label_ru": "Название", "required_at": "SAVE"},
        {
            "kind": "CHOICE", "label_en": "Powers", "label_ru": "Полномочия", "is_material": True,
            "options": [{"name_en": "Sign", "name_ru": "Подписывать"}],
        },
    ],
}  # fmt: skip


def codes_of(kind: dict[str, Any]) -> list[str]:
    return [field["code"] for field in kind["fields"] if not field["is_retired"]]


def test_a_type_is_made_and_used_at_once(program: ProgramNamed) -> None:
    made = program("root").post("/document-types", ATTORNEY)
    assert made.status_code == 201
    assert codes_of(made.json()) == ["title", "powers", "entity"]
    assert made.json()["fields"][1]["options"][0]["code"] == "sign"
    anna = program("anna")
    assert anna.get("/document-types/ATTORNEY").json() == made.json()
    assert "ATTORNEY" in {row["code"] for row in anna.get("/document-types").json()}


def test_what_is_left_out_of_a_change_stays(program: ProgramNamed) -> None:
    root = program("root")
    root.post("/document-types", ATTORNEY)
    changed = root.send("PATCH", "/document-types/ATTORNEY", {"is_confidential": True}).json()
    assert changed["is_confidential"]
    assert changed["name_ru"] == "Доверенность"
    assert codes_of(changed) == ["title", "powers", "entity"]
    fewer = root.send("PATCH", "/document-types/ATTORNEY", {"fields": ATTORNEY["fields"][:1]})
    assert codes_of(fewer.json()) == ["title", "entity"]
    assert "powers" in {field["code"] for field in fewer.json()["fields"]}
    assert Entry.objects.filter(kind="DOCUMENT_TYPE_CHANGED").count() == 2


def test_what_makes_no_sense_is_told_by_field(program: ProgramNamed) -> None:
    root = program("root")
    wrong = {"kind": "FILE", "label_en": "Scan", "label_ru": "Скан", "required_at": "SAVE"}
    answer = root.post("/document-types", ATTORNEY | {"fields": [wrong]})
    assert refusal_of(answer) == (422, "INVALID_INPUT")
    assert "fields.0.required_at" in answer.content.decode()
    root.post("/document-types", ATTORNEY)
    assert refusal_of(root.post("/document-types", ATTORNEY)) == (422, "INVALID_INPUT")
    settled = root.send("PATCH", "/document-types/ATTORNEY", {"ends_in_payment": True})
    assert refusal_of(settled) == (422, "INVALID_INPUT")


def test_only_administrators_make_and_change_types(
    program: ProgramNamed, program_of: ProgramOf, cast: Cast
) -> None:
    anna = program("anna")
    assert refusal_of(anna.post("/document-types", ATTORNEY)) == (403, "NOT_ALLOWED")
    change = anna.send("PATCH", "/document-types/INVOICE", {"name_en": "Bill"})
    assert refusal_of(change) == (403, "NOT_ALLOWED")
    drafting = program_of(cast.root, TokenScope.DRAFT)
    assert refusal_of(drafting.post("/document-types", ATTORNEY)) == (403, "SCOPE_MISSING")
    assert refusal_of(anna.get("/document-types/POEM")) == (404, "NOT_FOUND")
    missing = program("root").send("PATCH", "/document-types/POEM", {"name_en": "Poem"})
    assert refusal_of(missing) == (404, "NOT_FOUND")


def test_the_registry_of_a_type_is_narrowed_by_fields_of_its_own(
    program: ProgramNamed, cast: Cast
) -> None:
    anna = program("anna")
    for number, until in (("1", "2026-12-31"), ("2", "2027-12-31")):
        card = {"title": number, "entity": str(cast.entity), "counterparty": str(cast.counterparty)}
        body = {"type": "CONTRACT", **card, "approval_type": "HIERARCHY", "values": {"valid_until": until}}  # fmt: skip
        assert anna.post("/cases", body).status_code == 201
    found = anna.get("/cases", type="CONTRACT", own="valid_until>=2027-01-01").json()["rows"]
    assert [(row["title"], row["own"]) for row in found] == [("2", {"valid_until": "2027-12-31"})]
    assert refusal_of(anna.get("/cases", own="valid_until>=2027-01-01")) == (422, "INVALID_INPUT")
    assert refusal_of(anna.get("/cases", type="CONTRACT", own="x=1")) == (422, "INVALID_INPUT")
