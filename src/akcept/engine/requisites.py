"""Is this really a tax number, a bank, an account? Every check digit that paying relies on.

A check returns the code of what is wrong, or None. Numbers are expected as `clean` leaves them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from akcept.engine import iban


class Problem(StrEnum):
    """What can be wrong with requisites."""

    INN_LENGTH = "INN_LENGTH"
    INN_WRONG = "INN_WRONG"
    KPP_WRONG = "KPP_WRONG"
    KPP_NOT_FOR_PERSON = "KPP_NOT_FOR_PERSON"
    OGRN_LENGTH = "OGRN_LENGTH"
    OGRN_WRONG = "OGRN_WRONG"
    VAT_ID_WRONG = "VAT_ID_WRONG"
    BIK_WRONG = "BIK_WRONG"
    BIC_WRONG = "BIC_WRONG"
    ROUTING_WRONG = "ROUTING_WRONG"
    SORT_CODE_WRONG = "SORT_CODE_WRONG"
    ACCOUNT_LENGTH = "ACCOUNT_LENGTH"
    ACCOUNT_KEY = "ACCOUNT_KEY"
    ACCOUNT_CURRENCY = "ACCOUNT_CURRENCY"
    ACCOUNT_WRONG = "ACCOUNT_WRONG"
    CORRESPONDENT_LENGTH = "CORRESPONDENT_LENGTH"
    CORRESPONDENT_KEY = "CORRESPONDENT_KEY"
    IBAN_COUNTRY = "IBAN_COUNTRY"
    IBAN_LENGTH = "IBAN_LENGTH"
    IBAN_CHECK = "IBAN_CHECK"


class Notice(StrEnum):
    """What approvers should know of an account that is not wrong."""

    TREASURY_ACCOUNT = "TREASURY_ACCOUNT"


class Rail(StrEnum):
    """Which kind of requisites an account has."""

    RU = "RU"
    IBAN = "IBAN"
    US = "US"
    GB = "GB"
    OTHER = "OTHER"


_CYRILLIC_LETTERS = str.maketrans("АВСЕНКМРТХ", "ABCEHKMPTX")
# The letter in the 6th place of a Russian account stands for a digit (Bank of Russia, No. 515).
_LETTER_DIGITS = {letter: str(digit) for digit, letter in enumerate("ABCEHKMPTX")}
_KEY_WEIGHTS = (7, 1, 3)
_RU_ACCOUNT = re.compile(r"[0-9]{5}[0-9ABCEHKMPTX][0-9]{14}")
_RU_CURRENCIES = {
    "RUB": "810", "USD": "840", "EUR": "978", "GBP": "826", "CHF": "756", "JPY": "392",
    "CNY": "156", "HKD": "344", "INR": "356", "AED": "784", "TRY": "949", "KZT": "398",
    "BYN": "933", "AMD": "051", "AZN": "944", "GEL": "981", "KGS": "417", "MDL": "498",
    "TJS": "972", "UZS": "860", "RSD": "941", "THB": "764", "VND": "704", "SGD": "702",
    "CZK": "203", "PLN": "985", "SEK": "752", "NOK": "578", "DKK": "208", "CAD": "124",
    "AUD": "036", "ILS": "376", "KRW": "410", "ZAR": "710", "BRL": "986", "MNT": "496",
}  # fmt: skip
_VAT_IDS = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}",
    "DE": r"\d{9}", "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"\d{8}", "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}", "HR": r"\d{11}", "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"\d{9}|\d{12}", "LU": r"\d{8}",
    "LV": r"\d{11}", "MT": r"\d{8}", "NL": r"\d{9}B\d{2}", "PL": r"\d{10}", "PT": r"\d{9}",
    "RO": r"\d{2,10}", "SE": r"\d{12}", "SI": r"\d{8}", "SK": r"\d{10}",
    "XI": r"\d{9}|\d{12}|GD\d{3}|HA\d{3}",
}  # fmt: skip


def clean(number: str) -> str:
    """Return a number as it is stored: upper case, no spaces, dots or hyphens, letters in Latin."""
    return re.sub(r"[\s.\-\u2010-\u2015/]+", "", number).upper().translate(_CYRILLIC_LETTERS)


@dataclass(frozen=True, slots=True)
class Requisites:
    """What money follows: one account at one bank. `country` is the payee's."""

    number: str
    bic: str
    currency: str
    correspondent: str = ""
    country: str = "RU"

    @property
    def rail(self) -> Rail:
        """Return the kind of requisites: an IBAN names itself, else the payee's country says it."""
        if iban.looks_like_iban(self.number):
            return Rail.IBAN
        return Rail(self.country) if self.country in ("RU", "US", "GB") else Rail.OTHER

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what money follows, for the fingerprint of what was approved."""
        content = [self.number, self.bic, self.correspondent, self.currency]
        return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def account_problems(requisites: Requisites) -> dict[str, str]:
    """Return what is wrong with an account: field → code, empty when nothing is."""
    check = {
        Rail.RU: _russian_problems,
        Rail.IBAN: _iban_problems,
        Rail.US: _american_problems,
        Rail.GB: _british_problems,
        Rail.OTHER: _other_problems,
    }[requisites.rail]
    problems = {field: str(problem) for field, problem in check(requisites).items() if problem}
    if not re.fullmatch(r"[A-Z0-9]{0,20}", requisites.correspondent):
        problems["correspondent"] = Problem.CORRESPONDENT_LENGTH.value
    return problems


def account_warnings(requisites: Requisites) -> tuple[Notice, ...]:
    """Return what approvers should know of an account that is not wrong."""
    if requisites.rail is Rail.RU and _is_treasury(requisites):
        return (Notice.TREASURY_ACCOUNT,)
    return ()


def _russian_problems(of: Requisites) -> Mapping[str, Problem | None]:
    if bik_problem(of.bic):
        return {"bic": Problem.BIK_WRONG}
    return {
        "number": _russian_number_problem(of),
        "correspondent": _correspondent_problem(of) if of.correspondent else None,
    }


def _russian_number_problem(of: Requisites) -> Problem | None:
    if not _RU_ACCOUNT.fullmatch(of.number):
        return Problem.ACCOUNT_LENGTH
    if not _is_treasury(of) and not account_key_holds(of.bic, of.number):
        return Problem.ACCOUNT_KEY
    # A letter in the 6th place is a clearing currency: digits 6 to 8 then name none.
    named, meant = of.number[5:8], _RU_CURRENCIES.get(of.currency)
    if named.isdigit() and (named != meant if meant else named == "810"):
        return Problem.ACCOUNT_CURRENCY
    return None


def _correspondent_problem(of: Requisites) -> Problem | None:
    if not re.fullmatch(r"[0-9]{20}", of.correspondent):
        return Problem.CORRESPONDENT_LENGTH
    if not _is_treasury(of) and not correspondent_key_holds(of.bic, of.correspondent):
        return Problem.CORRESPONDENT_KEY
    return None


def _is_treasury(of: Requisites) -> bool:
    """Say whether an account is kept for the Treasury, whose keys follow rules of their own."""
    return of.bic.startswith("01") or of.number.startswith("03")


def _iban_problems(of: Requisites) -> Mapping[str, Problem | None]:
    return {"number": iban_problem(of.number), "bic": bic_problem(of.bic) if of.bic else None}


def _american_problems(of: Requisites) -> Mapping[str, Problem | None]:
    number = None if re.fullmatch(r"[A-Z0-9]{4,17}", of.number) else Problem.ACCOUNT_LENGTH
    return {"number": number, "bic": routing_problem(of.bic)}


def _british_problems(of: Requisites) -> Mapping[str, Problem | None]:
    return {
        "number": None if re.fullmatch(r"[0-9]{8}", of.number) else Problem.ACCOUNT_LENGTH,
        "bic": None if re.fullmatch(r"[0-9]{6}", of.bic) else Problem.SORT_CODE_WRONG,
    }


def _other_problems(of: Requisites) -> Mapping[str, Problem | None]:
    number = None if re.fullmatch(r"[A-Z0-9]{4,34}", of.number) else Problem.ACCOUNT_WRONG
    return {"number": number, "bic": bic_problem(of.bic) if of.bic else None}


def account_key_holds(bik: str, account: str) -> bool:
    """Say whether the key of a Russian account holds at a bank or at a unit of the Bank of Russia."""
    at_unit = bik[6:] in ("000", "001", "002")
    return _key_holds(_unit_digits(bik) if at_unit else bik[6:], account)


def correspondent_key_holds(bik: str, account: str) -> bool:
    """Say whether the key of a bank's correspondent account at the Bank of Russia holds."""
    return _key_holds(_unit_digits(bik), account)


def _unit_digits(bik: str) -> str:
    return "0" + bik[4:6]


def _key_holds(prefix: str, account: str) -> bool:
    digits = prefix + account[:5] + _LETTER_DIGITS.get(account[5], account[5]) + account[6:]
    return sum(int(digit) * _KEY_WEIGHTS[n % 3] % 10 for n, digit in enumerate(digits)) % 10 == 0


def bik_problem(bik: str) -> Problem | None:
    """Check a БИК: nine digits (whether such a bank exists, a directory says)."""
    return None if re.fullmatch(r"[0-2][0-9]{8}", bik) else Problem.BIK_WRONG


def bic_problem(bic: str) -> Problem | None:
    """Check a BIC (ISO 9362) by its format."""
    right = re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", bic)
    return None if right else Problem.BIC_WRONG


def iban_problem(number: str) -> Problem | None:
    """Check an IBAN: country, structure, check digits."""
    if not iban.country_is_known(number):
        return Problem.IBAN_COUNTRY
    if not iban.structure_holds(number):
        return Problem.IBAN_LENGTH
    return None if iban.check_holds(number) else Problem.IBAN_CHECK


def routing_problem(number: str) -> Problem | None:
    """Check an American routing number (ABA): its range and its check digit."""
    if not re.fullmatch(r"(0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)[0-9]{7}", number):
        return Problem.ROUTING_WRONG
    right = number.strip("0") and _weighted(number, (3, 7, 1) * 3) % 10 == 0
    return None if right else Problem.ROUTING_WRONG


def inn_problem(inn: str) -> Problem | None:
    """Check an ИНН: 10 digits of a company or 12 of a person, not all zero."""
    if not re.fullmatch(r"[0-9]{10}|[0-9]{12}", inn):
        return Problem.INN_LENGTH
    if not inn.strip("0"):
        return Problem.INN_WRONG
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    keys = (9,) if len(inn) == 10 else (10, 11)
    right = all(_weighted(inn, weights[-key:]) % 11 % 10 == int(inn[key]) for key in keys)
    return None if right else Problem.INN_WRONG


def kpp_problem(kpp: str, *, inn: str) -> Problem | None:
    """Check a КПП, which only legal entities have."""
    if len(inn) == 12:
        return Problem.KPP_NOT_FOR_PERSON
    return None if re.fullmatch(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}", kpp) else Problem.KPP_WRONG


def ogrn_problem(ogrn: str) -> Problem | None:
    """Check an ОГРН (13 digits) or ОГРНИП (15 digits, the remainder cut to its last digit)."""
    if not re.fullmatch(r"[0-9]{13}|[0-9]{15}", ogrn):
        return Problem.OGRN_LENGTH
    modulus = 11 if len(ogrn) == 13 else 13
    right = ogrn.strip("0") and int(ogrn[:-1]) % modulus % 10 == int(ogrn[-1])
    return None if right else Problem.OGRN_WRONG


def vat_id_problem(vat_id: str) -> Problem | None:
    """Check a VAT number of the European Union (or Northern Ireland) by its country's format."""
    pattern = _VAT_IDS.get(vat_id[:2])
    right = pattern and re.fullmatch(pattern, vat_id[2:], re.ASCII)
    return None if right else Problem.VAT_ID_WRONG


def is_union_vat_country(country: str) -> bool:
    """Say whether companies of a country have a VAT number of the European Union."""
    return country == "GR" or country in _VAT_IDS


def reference_holds(reference: str) -> bool:
    """Say whether a structured creditor reference (“RF…”) holds."""
    return iban.reference_holds(reference)


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
