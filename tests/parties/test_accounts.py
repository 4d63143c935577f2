"""Accounts never change, and whoever entered one cannot vouch for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from akcept.engine.refusals import InvalidInput, NotAllowed, NotFound, OwnAccount
from akcept.journal.models import Entry
from akcept.journal.store import Actor, ActorKind
from akcept.parties import queries, services
from akcept.parties.models import AccountCheck, BankAccount
from akcept.parties.services import AccountFields, AccountState, How, PartyFields
from akcept.people.models import Person, Role, RoleGrant

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA = Actor(ActorKind.PERSON, UUID(int=1), "Anna")
CLARA = Actor(ActorKind.PERSON, UUID(int=2), "Clara")
OLEG = Actor(ActorKind.PERSON, UUID(int=3), "Oleg")
SOUND = AccountFields(number="40702810138250123017", currency="RUB", bic="044525225")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rights() -> None:
    """Let both of them vouch for accounts; Oleg may not."""
    for person in (ANNA, CLARA):
        row = Person.objects.create(id=person.id, name=person.name)
        role = Role.objects.get(code="TREASURER")
        RoleGrant.objects.create(person=row, role=role, granted_at=AT)


@pytest.fixture
def romashka() -> UUID:
    return services.create_counterparty(fields=PartyFields(name="Ромашка"), by=ANNA, at=AT)


def enter(romashka: UUID, fields: AccountFields = SOUND) -> UUID:
    return services.enter_account(counterparty_id=romashka, fields=fields, by=ANNA, at=AT)


def test_an_account_is_entered_as_typed_and_kept_clean_and_unverified(romashka: UUID) -> None:
    typed = replace(SOUND, number="40702 810 1 3825 0123017", bank_name=" Банк  Москвы ")
    account = queries.account(account_id=enter(romashka, typed))
    assert (account.number, account.masked) == (SOUND.number, "4070…3017")
    assert (account.bank_name, account.state) == ("Банк Москвы", AccountState.UNVERIFIED)


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (replace(SOUND, number=""), {"number": "REQUIRED"}),
        (replace(SOUND, number="40702810138250123018"), {"number": "ACCOUNT_KEY"}),
        (replace(SOUND, bic=""), {"bic": "BIK_WRONG"}),
        (replace(SOUND, currency="EUR"), {"number": "ACCOUNT_CURRENCY"}),
        (replace(SOUND, currency="ЙЦУ"), {"currency": "UNKNOWN_CURRENCY"}),
        (replace(SOUND, correspondent="3" * 20), {"correspondent": "CORRESPONDENT_KEY"}),
        (replace(SOUND, bank_name="a\0b"), {"bank_name": "CONTROL_CHARACTERS"}),
        (AccountFields("DE89370400440532013001", "EUR"), {"number": "IBAN_CHECK"}),
        (
            AccountFields("DE89370400440532013000", "EUR", correspondent="\0" * 30),
            {"correspondent": "CORRESPONDENT_LENGTH"},
        ),
    ],
)
def test_wrong_requisites_are_refused_by_field(
    romashka: UUID, fields: AccountFields, errors: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        enter(romashka, fields)
    assert refused.value.errors == errors
    assert not BankAccount.objects.exists()


def test_a_change_is_a_new_row_and_the_same_account_is_not_entered_twice(romashka: UUID) -> None:
    first = enter(romashka)
    with_bank = replace(SOUND, correspondent="30101810400000000225")
    second = enter(romashka, with_bank)
    with pytest.raises(InvalidInput) as refused:
        enter(romashka)
    assert refused.value.errors == {"number": "TAKEN"}
    cards = queries.accounts_of(counterparty_id=romashka)
    assert [card.id for card in cards] == [second, first]
    assert cards[0].fingerprint != cards[1].fingerprint


def test_whoever_entered_an_account_cannot_vouch_for_it(romashka: UUID) -> None:
    account = enter(romashka)
    with pytest.raises(OwnAccount):
        services.verify_account(account_id=account, how=How.LETTER, by=ANNA, at=AT)
    assert not AccountCheck.objects.exists()
    services.verify_account(account_id=account, how=How.CALL_BACK, note="+7…", by=CLARA, at=AT)
    card = queries.account(account_id=account)
    assert (card.state, card.how, card.note) == (AccountState.VERIFIED, How.CALL_BACK, "+7…")
    assert (card.checked_by, card.checked_by_name, card.checked_at) == (CLARA.id, "Clara", AT)


def test_anybody_may_block_but_not_unblock_their_own(romashka: UUID) -> None:
    account = enter(romashka)
    services.block_account(account_id=account, reason="Письмо от мошенников", by=ANNA, at=AT)
    assert queries.account(account_id=account).state is AccountState.BLOCKED
    with pytest.raises(OwnAccount):
        services.unblock_account(account_id=account, reason="Ошибка", by=ANNA, at=AT)
    services.unblock_account(account_id=account, reason="Ошибка", by=CLARA, at=AT)
    assert queries.account(account_id=account).state is AccountState.UNVERIFIED


def test_a_stranger_neither_verifies_nor_blocks(romashka: UUID) -> None:
    account = enter(romashka)
    for act in (
        lambda: services.verify_account(account_id=account, how=How.VOP, by=OLEG, at=AT),
        lambda: services.block_account(account_id=account, reason="No", by=OLEG, at=AT),
        lambda: services.unblock_account(account_id=account, reason="No", by=OLEG, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not AccountCheck.objects.exists()


def test_blocking_takes_a_reason(romashka: UUID) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.block_account(account_id=enter(romashka), reason=" ", by=CLARA, at=AT)
    assert refused.value.errors == {"reason": "REQUIRED"}


def test_checks_are_on_record_in_the_chain_of_the_counterparty(romashka: UUID) -> None:
    account = enter(romashka)
    services.verify_account(account_id=account, how=How.VOP, by=CLARA, at=AT)
    services.block_account(account_id=account, reason="Спор", by=CLARA, at=AT)
    entries = Entry.objects.filter(chain_id=romashka).order_by("number")
    assert [entry.kind for entry in entries] == [
        "COUNTERPARTY_CREATED",
        "ACCOUNT_ENTERED",
        "ACCOUNT_VERIFIED",
        "ACCOUNT_BLOCKED",
    ]
    assert SOUND.number not in "".join(entry.body for entry in entries)


def test_queries_do_not_grow_with_accounts(romashka: UUID, django_assert_num_queries) -> None:
    enter(romashka)
    enter(romashka, AccountFields("DE89370400440532013000", "EUR", bic="COBADEFF"))
    with django_assert_num_queries(2):
        assert len(queries.counterparty_card(counterparty_id=romashka).accounts) == 2


def test_what_never_was_does_not_exist(romashka: UUID) -> None:
    for act in (
        lambda: queries.account(account_id=uuid4()),
        lambda: services.verify_account(account_id=uuid4(), how=How.VOP, by=CLARA, at=AT),
        lambda: enter(uuid4()),
    ):
        with pytest.raises(NotFound):
            act()
