"""Numbers that money follows: right ones pass, a slip of one digit does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as stdnum_iban
from stdnum.eu import vat as stdnum_vat
from stdnum.ru import inn as stdnum_inn
from stdnum.us import rtn as stdnum_rtn

from akcept.engine import requisites
from akcept.engine.requisites import Notice, Problem, Requisites

# The first two and the correspondents are examples of the Bank of Russia's No. 515.
ACCOUNTS = [
    ("049805746", "40602810700000000025"),
    ("044525225", "40702810138250123017"),
    ("040305000", "40102810100000010001"),
]
CORRESPONDENTS = [
    ("049805000", "30101810800000000746"),
    ("044525225", "30101810400000000225"),
]
DIGITS = st.text("0123456789", min_size=1, max_size=24)


def russian(**fields: str) -> Requisites:
    """Return sound requisites in roubles, but for the fields given."""
    sound = {"number": "40702810138250123017", "bic": "044525225", "currency": "RUB"}
    return Requisites(**(sound | fields))


@pytest.mark.parametrize(("bik", "account"), ACCOUNTS)
def test_a_right_account_passes(bik: str, account: str) -> None:
    assert requisites.account_problems(russian(bic=bik, number=account)) == {}


@pytest.mark.parametrize(("bik", "account"), CORRESPONDENTS)
def test_a_right_correspondent_account_passes(bik: str, account: str) -> None:
    assert requisites.correspondent_key_holds(bik, account)


@pytest.mark.parametrize(("bik", "account"), ACCOUNTS)
@pytest.mark.parametrize("place", range(20))
@pytest.mark.parametrize("shift", range(1, 10))
def test_changing_any_one_account_digit_fails(
    bik: str, account: str, place: int, shift: int
) -> None:
    slipped = str((int(account[place]) + shift) % 10)
    wrong = account[:place] + slipped + account[place + 1 :]
    assert not requisites.account_key_holds(bik, wrong)


@pytest.mark.parametrize(("bik", "account"), CORRESPONDENTS)
@pytest.mark.parametrize("place", range(20))
def test_changing_any_one_correspondent_digit_fails(bik: str, account: str, place: int) -> None:
    wrong = account[:place] + str((int(account[place]) + 1) % 10) + account[place + 1 :]
    problems = requisites.account_problems(russian(bic=bik, correspondent=wrong))
    assert problems["correspondent"] == Problem.CORRESPONDENT_KEY


@pytest.mark.parametrize(("letter", "digit"), list(zip("АВСЕНКМРТХ", "0123456789", strict=True)))
def test_a_letter_in_the_sixth_place_counts_as_its_digit(letter: str, digit: str) -> None:
    account = requisites.clean("40702" + letter + "10138250123017")
    plain = "40702" + digit + "10138250123017"
    holds = requisites.account_key_holds
    assert holds("044525225", account) == holds("044525225", plain) == (digit == "8")


def test_each_wrong_field_is_named() -> None:
    problems = requisites.account_problems(russian(number="4070281013825012301", correspondent="1"))
    assert problems == {"number": "ACCOUNT_LENGTH", "correspondent": "CORRESPONDENT_LENGTH"}
    assert requisites.account_problems(russian(bic="44525225")) == {"bic": "BIK_WRONG"}


def test_the_account_has_to_be_in_the_currency_of_the_payment() -> None:
    assert requisites.account_problems(russian(currency="USD")) == {"number": "ACCOUNT_CURRENCY"}
    assert requisites.account_problems(russian(currency="XTS")) == {"number": "ACCOUNT_CURRENCY"}


def test_the_treasury_has_keys_of_its_own_and_is_only_pointed_out() -> None:
    treasury = russian(
        bic="017501500", number="03100643000000016900", correspondent="40102810645370000062"
    )
    assert "correspondent" not in requisites.account_problems(treasury)
    assert requisites.account_warnings(treasury) == (Notice.TREASURY_ACCOUNT,)
    assert requisites.account_warnings(russian()) == ()


@pytest.mark.parametrize("inn", ["7707083893", "500100732259"])
def test_a_right_inn_passes(inn: str) -> None:
    assert requisites.inn_problem(inn) is None


def test_an_inn_of_zeros_is_refused() -> None:
    assert requisites.inn_problem("0000000000") is Problem.INN_WRONG
    assert requisites.inn_problem("000000000000") is Problem.INN_WRONG
    assert requisites.inn_problem("770708389") is Problem.INN_LENGTH
    assert requisites.inn_problem("٧٧٠٧٠٨٣٨٩٣") is Problem.INN_LENGTH


@given(st.from_regex(r"[0-9]{10}|[0-9]{12}", fullmatch=True))
def test_on_inn_a_second_opinion_agrees(inn: str) -> None:
    assert (requisites.inn_problem(inn) is None) == (
        stdnum_inn.is_valid(inn) and bool(inn.strip("0"))
    )


def test_ogrn_and_ogrnip() -> None:
    assert requisites.ogrn_problem("1027700132195") is None
    assert requisites.ogrn_problem("304500116000157") is None
    assert requisites.ogrn_problem("324774600000080") is None  # remainder 10
    assert requisites.ogrn_problem("1027700132196") is Problem.OGRN_WRONG
    assert requisites.ogrn_problem("0" * 13) is Problem.OGRN_WRONG
    assert requisites.ogrn_problem("102770013219") is Problem.OGRN_LENGTH


def test_kpp_is_for_legal_entities_only() -> None:
    assert requisites.kpp_problem("770701001", inn="7707083893") is None
    assert requisites.kpp_problem("7707AZ001", inn="") is None
    assert requisites.kpp_problem("77070100", inn="7707083893") is Problem.KPP_WRONG
    assert requisites.kpp_problem("770701001", inn="500100732259") is Problem.KPP_NOT_FOR_PERSON


@pytest.mark.parametrize("number", ["DE89370400440532013000", "FR7630006000011234567890189"])
def test_a_right_iban_passes_and_each_slip_of_a_digit_fails(number: str) -> None:
    assert requisites.iban_problem(number) is None
    for place in range(2, len(number)):
        slipped = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert requisites.iban_problem(slipped) is Problem.IBAN_CHECK


def test_an_iban_of_nowhere_or_of_a_wrong_length_is_refused() -> None:
    assert requisites.iban_problem("ZZ89370400440532013000") is Problem.IBAN_COUNTRY
    assert requisites.iban_problem("DE8937040044053201300") is Problem.IBAN_LENGTH


@given(st.from_regex(r"(DE|NL|GB|LV|CY)[0-9]{2}[0-9A-Z]{10,24}", fullmatch=True))
def test_on_iban_a_second_opinion_agrees(number: str) -> None:
    if requisites.iban_problem(number) is None:
        assert stdnum_iban.is_valid(number, check_country=False)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_on_routing_numbers_a_second_opinion_agrees(number: str) -> None:
    if requisites.routing_problem(number) is None:
        assert stdnum_rtn.is_valid(number)


def test_other_rails() -> None:
    iban = Requisites("DE89370400440532013000", "COBADEFFXXX", "EUR", country="DE")
    american = Requisites("123456789", "021000021", "USD", country="US")
    british = Requisites("12345678", "112233", "GBP", country="GB")
    other = Requisites("001234567890", "BKCHCNBJ", "CNY", country="CN")
    for right in (iban, american, british, other):
        assert requisites.account_problems(right) == {}
    assert requisites.account_problems(Requisites("1", "021000022", "USD", country="US")) == {
        "number": "ACCOUNT_LENGTH",
        "bic": "ROUTING_WRONG",
    }
    assert requisites.routing_problem("000000000") is Problem.ROUTING_WRONG
    assert requisites.account_problems(
        Requisites("DE89370400440532013000", "COBADE", "EUR", country="DE")
    ) == {"bic": "BIC_WRONG"}
    assert requisites.account_problems(Requisites("1234567", "11223", "GBP", country="GB")) == {
        "number": "ACCOUNT_LENGTH",
        "bic": "SORT_CODE_WRONG",
    }
    assert requisites.account_problems(Requisites("№", "", "CNY", country="CN")) == {
        "number": "ACCOUNT_WRONG"
    }


@pytest.mark.parametrize(
    "vat_id", ["DE136695976", "FR40303265045", "NL123456782B12", "IE6433435F", "EL094259216"]
)
def test_vat_numbers_of_the_union(vat_id: str) -> None:
    assert requisites.vat_id_problem(vat_id) is None
    assert stdnum_vat.is_valid(vat_id)
    assert requisites.vat_id_problem(vat_id + "99999") is Problem.VAT_ID_WRONG
    assert requisites.vat_id_problem("ZZ" + vat_id[2:]) is Problem.VAT_ID_WRONG


def test_a_structured_reference() -> None:
    assert requisites.reference_holds("RF18539007547034")
    assert not requisites.reference_holds("RF18539007547035")
    assert not requisites.reference_holds("RF18")
    assert not requisites.reference_holds("DE89370400440532013000")


def test_numbers_are_cleaned_before_they_are_judged() -> None:
    assert requisites.clean(" de89 3704-0044 0532.0130\u00a000 ") == "DE89370400440532013000"
    assert requisites.clean("40702а810") == "40702A810"


def test_the_digest_follows_what_money_follows() -> None:
    one = russian()
    assert one.digest == russian().digest
    for other in (
        russian(number="40602810700000000025"),
        russian(bic="049805746"),
        russian(currency="USD"),
        russian(correspondent="30101810400000000225"),
    ):
        assert other.digest != one.digest
