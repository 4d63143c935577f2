from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.test import Client

from akcept.parties import queries
from akcept.parties.codes import AccountState
from troupe import Cast, send

LogIn = Callable[..., Client]
ACCOUNT = {
    "number": "40702810138250123017",
    "currency": "RUB",
    "bic": "044525225",
    "bank_name": "ПАО Сбербанк",
    "correspondent": "30101810400000000225",
}


def enter(cast: Cast, client: Client) -> UUID:
    url = f"/counterparties/{cast.counterparty}/accounts/"
    assert client.post(url, ACCOUNT).status_code == 302
    return queries.accounts_of(counterparty_id=cast.counterparty)[0].id


def state(cast: Cast) -> AccountState:
    return queries.accounts_of(counterparty_id=cast.counterparty)[0].state


def test_counterparties_are_found_in_any_case_and_by_number(cast: Cast, log_in: LogIn) -> None:
    client = log_in("anna")
    for wanted in ("РОМАШ", "romashka", "7707"):
        assert "ООО «Ромашка»" in client.get("/counterparties/", {"q": wanted}).content.decode()
    assert "Nothing matches" in client.get("/counterparties/", {"q": "Лютик"}).content.decode()
    assert client.get("/counterparties/", {"q": "a\0b", "after": "x"}).status_code == 200


def test_a_counterparty_is_added_and_corrected_by_its_maker(cast: Cast, log_in: LogIn) -> None:
    client = log_in("anna")
    made = client.post("/counterparties/new/", {"name": "ИП Петров", "country": "RU"})
    url = made.headers["Location"]
    assert "ИП Петров" in client.get(url).content.decode()
    changed = {"name": "ИП Петров П. П.", "country": "RU", "inn": "500100732259"}
    assert client.post(f"{url}edit/", changed).status_code == 302
    assert "500100732259" in client.get(url).content.decode()
    assert log_in("oleg").post(f"{url}edit/", changed | {"name": "Моё"}).status_code == 403
    assert "Моё" not in client.get(url).content.decode()


def test_wrong_numbers_are_told_at_their_fields(cast: Cast, log_in: LogIn) -> None:
    wrong = {"name": "Х", "country": "RU", "inn": "0000000000", "kpp": "1"}
    refused = log_in("anna").post("/counterparties/new/", wrong)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"inn", "kpp"}
    assert queries.page(search="Х").lines == ()


def test_an_account_is_verified_by_somebody_else(cast: Cast, log_in: LogIn) -> None:
    account = enter(cast, log_in("anna"))
    url = f"/bank-accounts/{account}/verify/"
    how = {"how": "CALL_BACK", "note": "С бухгалтером"}
    assert log_in("anna").post(url, how).status_code == 403
    assert log_in("anna").get(url).status_code == 403
    assert state(cast) is AccountState.UNVERIFIED
    gleb = log_in("gleb")
    assert gleb.post(url, {"how": ""}).status_code == 422
    assert gleb.post(url, how).status_code == 302
    shown = gleb.get(f"/counterparties/{cast.counterparty}/").content.decode()
    assert "Verified by call" in shown
    assert "С бухгалтером" in shown


def test_nobody_verifies_an_account_of_their_own(cast: Cast, log_in: LogIn) -> None:
    gleb = log_in("gleb")
    account = enter(cast, gleb)
    refused = gleb.post(f"/bank-accounts/{account}/verify/", {"how": "LETTER", "note": ""})
    assert refused.status_code == 422
    assert "You entered this account yourself" in refused.content.decode()
    assert state(cast) is AccountState.UNVERIFIED


def test_an_account_is_blocked_and_unblocked_with_a_reason(cast: Cast, log_in: LogIn) -> None:
    account = enter(cast, log_in("anna"))
    gleb = log_in("gleb")
    assert gleb.post(f"/bank-accounts/{account}/block/", {"reason": " "}).status_code == 422
    assert state(cast) is AccountState.UNVERIFIED
    gleb.post(f"/bank-accounts/{account}/block/", {"reason": "Письмо с чужого адреса"})
    assert state(cast) is AccountState.BLOCKED
    gleb.post(f"/bank-accounts/{account}/unblock/", {"reason": "Проверили"})
    assert state(cast) is AccountState.UNVERIFIED
    assert gleb.post(f"/bank-accounts/{account}/delete/", {"reason": "x"}).status_code == 404


def test_a_wrong_account_is_told_at_its_field(cast: Cast, log_in: LogIn) -> None:
    url = f"/counterparties/{cast.counterparty}/accounts/"
    refused = log_in("anna").post(url, ACCOUNT | {"number": "40702810138250123018"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["number"]
    assert "40702810138250123018" in refused.content.decode()
    assert queries.accounts_of(counterparty_id=cast.counterparty) == ()


def test_the_card_shows_the_invoices_one_may_see(cast: Cast, log_in: LogIn) -> None:
    send(cast)
    url = f"/counterparties/{cast.counterparty}/"
    assert "Хостинг за ноябрь" in log_in("anna").get(url).content.decode()
    assert "Хостинг за ноябрь" not in log_in("oleg").get(url).content.decode()
    assert log_in("oleg").post(url).status_code == 405
