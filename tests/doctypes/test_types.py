"""Document types made and changed by administrators."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from akcept.doctypes import queries, services
from akcept.doctypes.cards import FieldCard, OptionCard
from akcept.doctypes.checks import TypeFields
from akcept.engine.doctypes import FieldKind, Gate
from akcept.engine.refusals import InvalidInput, NotAllowed
from akcept.journal.models import Entry
from akcept.journal.store import Actor, ActorKind

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOT = Actor(ActorKind.SYSTEM)

pytestmark = pytest.mark.django_db

POWERS = FieldCard(
    "", FieldKind.CHOICE, "Powers", "Полномочия", Gate.SAVE, is_material=True,
    options=(OptionCard("", "Sign contracts", "Подписывать договоры"), OptionCard("", "Receive goods", "Получать товар")),
)  # fmt: skip
ATTORNEY = TypeFields(
    name_en="Power of attorney",
    name_ru="Доверенность",
    plural_en="Powers of attorney",
    plural_ru="Доверенности",
    title_en="power of attorney",
    title_ru_genitive="доверенности",
    title_ru_accusative="доверенность",
    ends_in_payment=False,
    fields=(
        FieldCard("title", FieldKind.TEXT, "Title", "Название"),
        FieldCard("", FieldKind.PERSON, "Attorney", "Поверенный", Gate.SAVE, is_material=True),
        POWERS,
        FieldCard("", FieldKind.DATE, "Valid until", "Действует до", Gate.SUBMIT),
    ),
)


def make(fields: TypeFields = ATTORNEY, code: str = "ATTORNEY") -> None:
    """Let an administrator make a type."""
    services.create_type(code=code, fields=fields, by=ROOT, at=AT)


def change(**changes: Any) -> None:
    """Let an administrator change it."""
    old = services.fields_of(queries.type_card(code="ATTORNEY"))
    services.change_type(code="ATTORNEY", fields=replace(old, **changes), by=ROOT, at=AT)


def test_a_type_made_by_an_administrator_is_known_at_once() -> None:
    make()
    card = queries.type_card(code="ATTORNEY")
    assert [field.code for field in card.used] == [
        "title", "attorney", "powers", "valid_until", "entity",
    ]  # fmt: skip
    assert [option.code for option in card.used[2].options] == ["sign_contracts", "receive_goods"]
    assert card.series == "ATTORNEY"
    assert card.rules.fields["attorney"].is_material
    assert queries.type_cards()[-1].code == "ATTORNEY"


def test_what_is_taken_out_is_retired_and_never_deleted() -> None:
    make()
    fields = queries.type_card(code="ATTORNEY").fields
    powers = replace(fields[2], options=fields[2].options[1:])
    change(fields=(fields[0], powers))
    card = queries.type_card(code="ATTORNEY")
    assert [field.code for field in card.used] == ["title", "powers", "entity"]
    assert card.field("attorney") is not None
    assert card.used[1].option("sign_contracts") == OptionCard(
        "sign_contracts", "Sign contracts", "Подписывать договоры", is_retired=True
    )


def test_every_change_is_on_record_old_and_new() -> None:
    make()
    fields = queries.type_card(code="ATTORNEY").fields
    change(
        name_en="Letter of attorney",
        fields=(fields[0], replace(fields[1], is_material=False), *fields[2:]),
    )
    added, changed = Entry.objects.filter(kind__startswith="DOCUMENT_TYPE_").order_by("id")
    assert '"code":"ATTORNEY"' in added.body
    assert '"name_en":["Power of attorney","Letter of attorney"]' in changed.body
    assert '"field attorney":{"is_material":[true,false]}' in changed.body


def test_a_change_that_changes_nothing_leaves_no_trace() -> None:
    make()
    stamp = queries.type_card(code="ATTORNEY").stamp
    change()
    assert queries.type_card(code="ATTORNEY").stamp == stamp


def test_what_documents_depend_on_stays_as_it_was_made() -> None:
    make()
    change(ends_in_payment=True, series="INVOICE")
    card = queries.type_card(code="ATTORNEY")
    assert (card.ends_in_payment, card.series) == (False, "ATTORNEY")
    fields = list(card.fields)
    fields[1] = replace(fields[1], kind=FieldKind.TEXT)
    with pytest.raises(InvalidInput) as refused:
        change(fields=tuple(fields))
    assert refused.value.errors == {"fields.1.kind": "NOT_A_CHOICE"}


def test_what_is_paid_has_an_amount_and_a_planned_date() -> None:
    make(replace(ATTORNEY, ends_in_payment=True), "ADVANCE")
    rules = queries.type_card(code="ADVANCE").rules
    assert {"amount", "currency", "planned_on", "entity"} <= set(rules.fields)
    assert rules.fields["amount"].required_at is Gate.SAVE


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        (FieldCard("", FieldKind.TEXT, "", "Поле"), {"fields.0.label_en": "REQUIRED"}),
        (
            FieldCard("", FieldKind.FILE, "Scan", "Скан", Gate.SAVE),
            {"fields.0.required_at": "FILE_AT_SAVE"},
        ),
        (
            FieldCard("", FieldKind.TEXT, "Note", "Запись", Gate.PAYMENT),
            {"fields.0.required_at": "ONLY_PAID"},
        ),
        (FieldCard("", FieldKind.CHOICE, "List", "Список"), {"fields.0.options": "REQUIRED"}),
        (FieldCard("", FieldKind.ROWS, "Rows", "Строки"), {"fields.0.kind": "NOT_A_CHOICE"}),
        (FieldCard("doctype", FieldKind.TEXT, "A", "Б"), {"fields.0.code": "FIELD_CODE_WRONG"}),
        (FieldCard("planned_on", FieldKind.DATE, "A", "Б"), {"fields.0.code": "ONLY_PAID"}),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(field: FieldCard, problem: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        make(replace(ATTORNEY, fields=(field,)))
    assert refused.value.errors == problem


def test_payment_cannot_demand_what_was_to_be_approved() -> None:
    field = FieldCard("", FieldKind.TEXT, "Note", "Запись", Gate.PAYMENT, is_material=True)
    with pytest.raises(InvalidInput) as refused:
        make(replace(ATTORNEY, ends_in_payment=True, fields=(field,)))
    assert refused.value.errors == {"fields.0.required_at": "MATERIAL_AT_PAYMENT"}


def test_a_name_or_a_code_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        make(replace(ATTORNEY, name_ru="", title_en="a\0"))
    assert refused.value.errors == {"name_ru": "REQUIRED", "title_en": "CONTROL_CHARACTERS"}
    for code, problem in (("attorney", "CODE_WRONG"), ("INVOICE", "TAKEN")):
        with pytest.raises(InvalidInput) as refused:
            make(code=code)
        assert refused.value.errors == {"code": problem}


def test_only_administrators_make_types() -> None:
    somebody = Actor(ActorKind.PERSON, uuid4(), "Oleg")
    with pytest.raises(NotAllowed):
        services.create_type(code="ATTORNEY", fields=ATTORNEY, by=somebody, at=AT)
