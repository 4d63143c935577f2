"""Invented tax numbers and accounts whose check digits hold, so that every check of the product passes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from akcept.engine import iban, requisites
from akcept.parties.checks import AccountFields

DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank that does not exist: a БИК or BIC that no directory has."""

    name: str
    city: str
    bic: str
    correspondent: str = ""


def _digits(dice: Random, count: int) -> str:
    return "".join(dice.choice(DIGITS) for _ in range(count))


def inn(dice: Random, *, region: str, is_person: bool = False) -> str:
    """Return an ИНН of a company or of a sole trader in a region."""
    start = region + _digits(dice, 8 if is_person else 7)
    ends = [f"{n:02d}" for n in range(100)] if is_person else list(DIGITS)
    return next(start + end for end in ends if requisites.inn_problem(start + end) is None)


def kpp(dice: Random, *, region: str) -> str:
    """Return a КПП of a tax office in a region."""
    return f"{region}{dice.randint(1, 50):02d}01001"


def ogrn(dice: Random, *, region: str, is_person: bool = False) -> str:
    """Return an ОГРН or, for a sole trader, an ОГРНИП."""
    start = f"3{dice.randint(15, 24)}{region}" if is_person else f"1{dice.randint(12, 24)}{region}"
    start += _digits(dice, 14 - len(start) if is_person else 12 - len(start))
    return next(start + end for end in DIGITS if requisites.ogrn_problem(start + end) is None)


def russian_bank(name: str, city: str, *, bik: str) -> Bank:
    """Return a bank with a correspondent account that fits its БИК."""
    found = next(
        account
        for key in DIGITS
        if requisites.correspondent_key_holds(bik, account := f"30101810{key}00000000{bik[6:]}")
    )
    return Bank(name, city, bik, found)


def russian_account(dice: Random, bank: Bank, *, is_person: bool = False) -> AccountFields:
    """Return an account in roubles at a bank."""
    start, end = "40802810" if is_person else "40702810", _digits(dice, 11)
    number = next(
        account
        for key in DIGITS
        if requisites.account_key_holds(bank.bic, account := f"{start}{key}{end}")
    )
    return AccountFields(number, "RUB", bank.bic, f"{bank.name}, {bank.city}", bank.correspondent)


def foreign_account(dice: Random, bank: Bank, *, country: str, currency: str) -> AccountFields:
    """Return an IBAN where the country has them, else a number of the national form."""
    if country == "US":
        return AccountFields(_digits(dice, 10), currency, bank.bic, f"{bank.name}, {bank.city}")
    body = _shaped(dice, IBAN_BODIES[country])
    number = next(
        full for check in range(2, 99) if iban.check_holds(full := f"{country}{check:02d}{body}")
    )
    return AccountFields(number, currency, bank.bic, f"{bank.name}, {bank.city}")


# A capital stands for itself, 0 for a digit.
IBAN_BODIES = {
    "DE": "000000000000000000",
    "AT": "0000000000000000",
    "NL": "TULP0000000000",
    "FR": "00000000000000000000000",
    "PL": "000000000000000000000000",
    "CZ": "00000000000000000000",
    "GB": "HYTH00000000000000",
}


def _shaped(dice: Random, shape: str) -> str:
    return "".join(dice.choice(DIGITS) if sign == "0" else sign for sign in shape)
