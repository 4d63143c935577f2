"""Whom the company pays: made on the spot, found in any spelling, on record."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound
from akcept.journal.models import Entry
from akcept.journal.store import Actor, ActorKind
from akcept.kit import sql
from akcept.parties import queries, services, store
from akcept.parties.models import Counterparty
from akcept.parties.services import PartyFields
from akcept.people.models import Person, Role, RoleGrant

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA = Actor(ActorKind.PERSON, UUID(int=1), "Anna")

pytestmark = pytest.mark.django_db


def create(**fields: str) -> UUID:
    return services.create_counterparty(fields=PartyFields(**fields), by=ANNA, at=AT)


def names(text: str) -> list[str]:
    return [line.name for line in queries.suggest(text=text)]


def test_a_name_alone_is_enough() -> None:
    card = queries.counterparty_card(counterparty_id=create(name="  ООО   «Ромашка» "))
    assert (card.line.name, card.line.country, card.line.is_new) == ("ООО «Ромашка»", "RU", True)
    assert (card.created_by, card.accounts) == (ANNA.id, ())


def test_an_inn_alone_is_enough() -> None:
    line = queries.counterparty_line(counterparty_id=create(inn="7707 083 893"))
    assert (line.name, line.inn) == ("7707083893", "7707083893")


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {"name": "REQUIRED"}),
        ({"name": "я" * 301}, {"name": "TOO_LONG"}),
        ({"name": "a\0b"}, {"name": "CONTROL_CHARACTERS"}),
        ({"name": "ACME", "country": "ZZ"}, {"country": "UNKNOWN_COUNTRY"}),
        ({"inn": "0000000000", "kpp": "1"}, {"inn": "INN_WRONG", "kpp": "KPP_WRONG"}),
        ({"name": "ИП", "ogrn": "304500116000158"}, {"ogrn": "OGRN_WRONG"}),
        ({"name": "ACME", "country": "DE", "vat_id": "DE12"}, {"vat_id": "VAT_ID_WRONG"}),
        ({"name": "ACME", "country": "CH", "vat_id": "№ 1"}, {"vat_id": "VAT_ID_WRONG"}),
    ],
)
def test_bad_fields_are_refused_by_name(fields: dict[str, str], errors: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        create(**fields)
    assert refused.value.errors == errors
    assert not Counterparty.objects.exists()


def test_emoji_and_300_characters_are_fine() -> None:
    assert names_of(create(name="🧾" + "я" * 299)) == "🧾" + "я" * 299


def names_of(counterparty: UUID) -> str:
    return queries.counterparty_line(counterparty_id=counterparty).name


def test_the_same_tax_numbers_are_refused_twice() -> None:
    create(inn="7707083893", kpp="770701001")
    create(inn="7707083893", kpp="780201001")  # a branch
    create(name="ACME GmbH", country="DE", vat_id="DE136695976")
    with pytest.raises(InvalidInput) as refused:
        create(inn="7707083893", kpp="770701001")
    assert refused.value.errors == {"inn": "TAKEN"}
    with pytest.raises(InvalidInput) as refused:
        create(name="Acme", country="DE", vat_id="DE 136 695 976")
    assert refused.value.errors == {"vat_id": "TAKEN"}


@pytest.mark.parametrize(
    "text", ["ромашка", "РОМАШКА", "Romashka", "ромаш ооо", "7707", "«ромашка»", "77070838"]
)
def test_a_counterparty_is_found_in_any_spelling(text: str) -> None:
    create(name="ООО «Ромашка»", inn="7707083893")
    create(name="ИП Василёк", inn="500100732259")
    assert names(text) == ["ООО «Ромашка»"]


def test_a_latin_name_is_found_in_cyrillic_and_by_vat_number() -> None:
    create(name="Romashka OÜ", country="EE", vat_id="EE100247019")
    assert names("ромашка") == ["Romashka OÜ"]
    assert names("ee1002") == ["Romashka OÜ"]


@pytest.mark.parametrize("text", ["083893", "100%", "_", "a\0b", "роза"])
def test_what_is_not_there_is_not_found(text: str) -> None:
    create(name="ООО «Ромашка»", inn="7707083893")
    assert names(text) == []


def test_pages_follow_each_other_with_two_queries_each(django_assert_num_queries) -> None:
    for name in ("б", "А", "в", "г", "Д"):
        create(name=name)
    with django_assert_num_queries(1):
        first = queries.page(limit=2)
    with django_assert_num_queries(2):
        second = queries.page(after=first.next, limit=2)
    last = queries.page(after=second.next, limit=2)
    shown = [line.name for part in (first, second, last) for line in part.lines]
    assert (sorted(shown), last.next) == (sorted("бАвгД"), None)


def test_every_change_is_on_record_old_and_new() -> None:
    romashka = create(name="Ромашка")
    fields = PartyFields(name="ООО «Ромашка»", inn="7707083893")
    services.edit_counterparty(counterparty_id=romashka, fields=fields, by=ANNA, at=AT)
    services.edit_counterparty(counterparty_id=romashka, fields=fields, by=ANNA, at=AT)
    created, changed = Entry.objects.filter(chain_id=romashka).order_by("number")
    assert (created.kind, changed.kind) == ("COUNTERPARTY_CREATED", "COUNTERPARTY_CHANGED")
    assert set(json.loads(changed.body)["data"]["changes"]) == {"name", "inn"}
    assert "Ромашка" not in created.body + changed.body
    row = Counterparty.objects.get(id=romashka)
    assert (row.head_number, row.head_hash) == (2, changed.hash)
    assert names("7707") == ["ООО «Ромашка»"]


def test_a_stranger_changes_nothing_and_its_maker_only_while_it_is_new() -> None:
    romashka = create(name="Ромашка")
    fields = PartyFields(name="Лютик")
    for stranger_or_late in (Actor(ActorKind.PERSON, UUID(int=3), "Oleg"), ANNA):
        with pytest.raises(NotAllowed):
            services.edit_counterparty(
                counterparty_id=romashka, fields=fields, by=stranger_or_late, at=AT
            )
        note_paid(romashka)
    assert names_of(romashka) == "Ромашка"


def note_paid(counterparty_id: UUID) -> None:
    batch = sql.Batch()
    store.note_paid(counterparty_id=counterparty_id, batch=batch)
    batch.run()


def test_it_is_new_until_something_was_paid() -> None:
    romashka = create(name="Ромашка")
    note_paid(romashka)
    assert not queries.lines(ids=[romashka])[romashka].is_new


def test_what_never_was_does_not_exist() -> None:
    with pytest.raises(NotFound):
        queries.counterparty_card(counterparty_id=uuid4())
    with pytest.raises(NotFound):
        services.edit_counterparty(
            counterparty_id=uuid4(), fields=PartyFields(name="a"), by=ANNA, at=AT
        )


def test_a_group_is_set_by_keepers_alone_and_its_change_is_on_record() -> None:
    keeper = Person.objects.create(name="Kira")
    role = Role.objects.get(code="PARTY_KEEPER")
    RoleGrant.objects.create(person=keeper, role=role, granted_at=AT)
    party = create(name="Water works")
    grouped = PartyFields(name="Water works", group="Utilities")
    with pytest.raises(NotAllowed):
        services.edit_counterparty(counterparty_id=party, fields=grouped, by=ANNA, at=AT)
    with pytest.raises(NotAllowed):
        create(name="Gas works", group="Utilities")
    services.edit_counterparty(
        counterparty_id=party, fields=grouped, by=Actor(ActorKind.PERSON, keeper.id, "Kira"), at=AT
    )
    assert queries.counterparty_line(counterparty_id=party).group == "Utilities"
    assert queries.groups() == ("Utilities",)
    last = Entry.objects.filter(chain_id=party).latest("number")
    assert json.loads(last.body)["data"]["changes"] == {"group": ["", "Utilities"]}
