"""The counterparties: read from `suppliers.toml`, given numbers that hold, kept with their accounts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from akcept.parties import services as parties
from akcept.parties.checks import AccountFields, PartyFields
from akcept.parties.codes import How
from akcept.project.demo import numbers
from akcept.project.demo.founding import Company
from akcept.project.demo.numbers import Bank

CATALOGUE = Path(__file__).with_name("suppliers.toml")
# The two digits after "04" name a region that no БИК has, so that none of these is anybody's.
BANKS = {
    "77": numbers.russian_bank("АО «Банк Ладомир»", "г. Москва", bik="049945871"),
    "50": numbers.russian_bank("КБ «Семиречный кредит» (ООО)", "г. Подольск", bik="049946722"),
    "78": numbers.russian_bank("ПАО «Невозеро Банк»", "г. Санкт-Петербург", bik="049940639"),
    "25": numbers.russian_bank("АО «Банк Тихоморье»", "г. Владивосток", bik="049905518"),
    "": numbers.russian_bank("ПАО «Среднегорский Банк»", "г. Екатеринбург", bik="049965904"),
}
FOREIGN_BANKS = {
    "DE": Bank("Sparhaus Elbtal", "Dresden", "SPHADEXXXXX"),
    "AT": Bank("Donauländische Handelsbank", "Wien", "DOLHATXX"),
    "NL": Bank("Tulpenbank", "Rotterdam", "TULPNLXX"),
    "FR": Bank("Crédit des Traboules", "Lyon", "CRTRFRXX"),
    "PL": Bank("Bank Kodowy", "Wrocław", "BKODPLXX"),
    "CZ": Bank("Moravská lidová banka", "Olomouc", "MRLBCZXX"),
    "GB": Bank("Hythe & Moor Bank", "Manchester", "HYTHGBXX"),
    "US": Bank("Prairie Merchants Bank", "Lincoln, NE", "104000003"),
}
# Who signs abroad.
SIGNERS = ("M. Hollenstein", "Judith Averkamp", "T. Osterwold", "R. de Quaadsteniet", "L. Morvan")
UNVERIFIED = frozenset({"pogruz", "snab_pk", "plskan", "drony", "kadry", "fotonika"})
# Entered by whoever asked first, not by the keeper of counterparties.
ENTERED_ON_THE_SPOT = frozenset({"printoteka", "kater", "codewarden", "fotonika", "plskan"})
CHANGED = "pallety"


@dataclass(frozen=True)
class Supplier:
    """A counterparty with what it sells and how its papers look."""

    key: str
    said: Mapping[str, Any]

    @cached_property
    def fields(self) -> PartyFields:
        """Return the counterparty with numbers whose check digits hold."""
        region, is_person = self.said.get("region", ""), self.is_person
        if not region:
            return PartyFields(self.said["name"], self.country, vat_id=self.said.get("vat_id", ""))
        dice = Random(self.key)
        inn = numbers.inn(dice, region=region, is_person=is_person)
        kpp = "" if is_person else numbers.kpp(dice, region=region)
        ogrn = numbers.ogrn(dice, region=region, is_person=is_person)
        return PartyFields(self.said["name"], "RU", inn, kpp, ogrn)

    @cached_property
    def account(self) -> AccountFields:
        """Return the account that stands on its invoices."""
        return self._account("account")

    @cached_property
    def former_account(self) -> AccountFields:
        """Return the account it had before."""
        return self._account("former account")

    @property
    def country(self) -> str:
        """Return the ISO code of its country."""
        return str(self.said.get("country", "RU"))

    @property
    def is_person(self) -> bool:
        """Tell whether it is a sole trader."""
        return bool(self.said.get("is_person"))

    @property
    def currency(self) -> str:
        """Return the currency of its invoices."""
        return str(self.said.get("currency", "RUB"))

    @property
    def signs(self) -> str:
        """Return who signs its papers."""
        return str(self.said.get("signs", SIGNERS[sum(map(ord, self.key)) % len(SIGNERS)]))

    def _account(self, which: str) -> AccountFields:
        dice = Random(f"{which} of {self.key}")
        region = self.said.get("region", "")
        if not region:
            bank = FOREIGN_BANKS[self.country]
            return numbers.foreign_account(dice, bank, country=self.country, currency=self.currency)
        bank = BANKS.get(region, BANKS[""])
        return numbers.russian_account(dice, bank, is_person=self.is_person)


@dataclass(frozen=True, slots=True)
class Known:
    """A counterparty as it is kept."""

    supplier: Supplier
    id: UUID
    account: UUID


def catalogue() -> tuple[Supplier, ...]:
    """Return all suppliers in the order of the file."""
    said = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    return tuple(Supplier(key, of) for key, of in said.items())


def register(company: Company, *, at: datetime) -> Iterator[Known]:
    """Enter every counterparty with its account; the treasurer vouches for most of them."""
    how = Random("how")
    for supplier in catalogue():
        asks = supplier.said["people"][0]
        on_the_spot = supplier.key in ENTERED_ON_THE_SPOT
        by = company.actor(asks if on_the_spot else "galina")
        party = parties.create_counterparty(fields=supplier.fields, by=by, at=at)
        fields = supplier.former_account if supplier.key == CHANGED else supplier.account
        account = parties.enter_account(counterparty_id=party, fields=fields, by=by, at=at)
        if supplier.key not in UNVERIFIED:
            parties.verify_account(
                account_id=account,
                how=how.choice((How.CALL_BACK, How.LETTER, How.PENNY_TEST)),
                by=company.actor("tamara"),
                at=at,
            )
        yield Known(supplier, party, account)


def change_account(company: Company, known: Known, *, at: datetime) -> Known:
    """Block the account of one supplier after a doubtful letter, and enter the right one."""
    parties.block_account(
        account_id=known.account,
        reason="Письмо о смене реквизитов пришло с чужого адреса. Платим только на счёт из договора.",
        by=company.actor("tamara"),
        at=at,
    )
    account = parties.enter_account(
        counterparty_id=known.id,
        fields=known.supplier.account,
        by=company.actor("galina"),
        at=at,
    )
    return Known(known.supplier, known.id, account)
