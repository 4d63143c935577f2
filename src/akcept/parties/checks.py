"""What a counterparty and an account must look like before they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from akcept.engine import requisites
from akcept.engine.refusals import InvalidInput
from akcept.engine.requisites import Requisites
from akcept.kit import codes, text


@dataclass(frozen=True, slots=True)
class PartyFields:
    """Everything that can be said about a counterparty; a name or an ИНН is enough to begin."""

    name: str = ""
    country: str = "RU"
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    vat_id: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class AccountFields:
    """Requisites as they are typed in."""

    number: str
    currency: str
    bic: str = ""
    bank_name: str = ""
    correspondent: str = ""


def checked_party(fields: PartyFields) -> PartyFields:
    """Return the fields cleaned; InvalidInput names every field that cannot be accepted."""
    errors: dict[str, str] = {}
    name = _cleaned("name", fields.name, 300, errors)
    group = _cleaned("group", fields.group, 60, errors)
    inn, kpp, ogrn, vat_id = (
        requisites.clean(number) for number in (fields.inn, fields.kpp, fields.ogrn, fields.vat_id)
    )
    if not name and not inn and "name" not in errors:
        errors["name"] = "REQUIRED"
    if fields.country not in codes.countries():
        errors["country"] = "UNKNOWN_COUNTRY"
    problems: Mapping[str, str | None] = {
        "inn": requisites.inn_problem(inn) if inn else None,
        "kpp": requisites.kpp_problem(kpp, inn=inn) if kpp else None,
        "ogrn": requisites.ogrn_problem(ogrn) if ogrn else None,
        "vat_id": _vat_problem(vat_id, fields.country) if vat_id else None,
    }
    errors |= {field: str(problem) for field, problem in problems.items() if problem}
    if errors:
        raise InvalidInput(errors)
    return PartyFields(name or inn, fields.country, inn, kpp, ogrn, vat_id, group)


def checked_account(fields: AccountFields, *, country: str) -> AccountFields:
    """Return the requisites cleaned; InvalidInput names every field that cannot be accepted."""
    errors: dict[str, str] = {}
    bank_name = _cleaned("bank_name", fields.bank_name, 200, errors)
    if fields.currency not in codes.currencies():
        errors["currency"] = "UNKNOWN_CURRENCY"
    number, bic, correspondent = (
        requisites.clean(value) for value in (fields.number, fields.bic, fields.correspondent)
    )
    cleaned = AccountFields(number, fields.currency, bic, bank_name, correspondent)
    problems = requisites.account_problems(as_requisites(cleaned, country=country))
    if not number:
        problems["number"] = "REQUIRED"
    if "currency" in errors and problems.get("number") == "ACCOUNT_CURRENCY":
        del problems["number"]
    if errors | problems:
        raise InvalidInput(errors | problems)
    return cleaned


def as_requisites(fields: AccountFields, *, country: str) -> Requisites:
    """Return what the rules judge."""
    return Requisites(
        number=fields.number,
        bic=fields.bic,
        currency=fields.currency,
        correspondent=fields.correspondent,
        country=country,
    )


def _vat_problem(vat_id: str, country: str) -> str | None:
    """Formats are known for the European Union; elsewhere only what fits and is plain counts."""
    if requisites.is_union_vat_country(country):
        return requisites.vat_id_problem(vat_id)
    plain = vat_id.isascii() and vat_id.isalnum() and len(vat_id) <= 20
    return None if plain else requisites.Problem.VAT_ID_WRONG


def _cleaned(field: str, value: str, longest: int, errors: dict[str, str]) -> str:
    try:
        return text.clean_text(value, max_length=longest)
    except ValueError as error:
        errors[field] = str(error)
        return ""
