"""The papers that go with an invoice: contract, act, memo, a client's request, payment order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from akcept.company.checks import EntityFields
from akcept.project.demo import bills, numbers, words
from akcept.project.demo.bills import Bill
from akcept.project.demo.printing import Paper

HOUSE_BANK = numbers.russian_bank("АО «Банк Ладомир»", "г. Москва", bik="049945871")


def contract(bill: Bill, *, day: date | None = None) -> Paper:
    """Return the contract an invoice refers to, or one that is to be signed on a day."""
    day = day or _signed_on(bill)
    is_russian = bill.supplier.country == "RU"
    text = _CONTRACT_RU if is_russian else _CONTRACT_EN
    facts = {
        "supplier": bill.supplier.fields.name,
        "signs": bill.supplier.signs,
        "payer": bill.payer.name,
        "days": "10",
    }
    title = f"ДОГОВОР № {bill.contract}" if is_russian else f"FRAME AGREEMENT {bill.contract}"
    data = _letter(bill, day, title, [line.format(**facts) for line in text])
    data["subtitle"] = "поставки товаров и оказания услуг" if is_russian else ""
    name = f"Договор {bill.contract}.pdf" if is_russian else f"Contract {bill.contract}.pdf"
    return Paper("letter", "CONTRACT", name.replace("/", "-"), data)


def _signed_on(bill: Bill) -> date:
    """Return the day of a contract, the same whenever it is attached."""
    luck = sum(map(ord, bill.contract))
    year = 2026 if "26" in bill.contract else 2024 if "24" in bill.contract else 2025
    return date(year, 1 + luck % 3, 10 + luck % 19)


def act(bill: Bill) -> Paper:
    """Return the act of acceptance for what an invoice bills."""
    is_russian = bill.supplier.country == "RU"
    title = f"АКТ № {bill.number}" if is_russian else f"Certificate of acceptance {bill.number}"
    said = (
        f"Исполнитель {bill.supplier.fields.name} передал, а заказчик {bill.payer.name} принял "
        "следующие товары (работы, услуги):"
        if is_russian
        else f"{bill.supplier.fields.name} has delivered and {bill.payer.name} has accepted:"
    )
    data = _letter(bill, bill.issued_on, title, [said])
    data["rows"] = [
        {
            "name": line.name,
            "quantity": f"{line.quantity} {line.unit}",
            "sum": bills.money(line.sum, bill.supplier.said["layout"]),
        }
        for line in bill.lines
    ]
    listed = sum(line.sum for line in bill.lines)
    data["total"] = bills.money(listed, bill.supplier.said["layout"])
    data["total_word"] = "Всего" if is_russian else "Total, net" if bill.is_net else "Total"
    data["closing"] = [
        "Вышеперечисленное выполнено полностью и в срок. Заказчик претензий по объёму, качеству "
        f"и срокам не имеет. Всего на сумму: {words.roubles(bill.total)}."
        if is_russian
        else "Delivered in full and on time; there are no claims."
    ]
    return Paper("letter", "ACT", f"{title.replace('АКТ', 'Акт')}.pdf".replace("/", "-"), data)


def memo(bill: Bill, *, purpose: str, author: str, position: str, language: str) -> Paper:
    """Return why something has to be bought, as its initiator wrote it down."""
    is_russian = language == "ru"
    text = (
        [
            "Прошу согласовать оплату по прилагаемому счёту.",
            f"Основание: {purpose}",
            "Предложения трёх поставщиков сравнены по цене, сроку и условиям оплаты. Выбранный "
            "поставщик даёт лучшую цену при сроке поставки до семи рабочих дней.",
        ]
        if is_russian
        else [
            "Please approve the payment of the attached invoice.",
            f"Reason: {purpose}",
            "Three offers were compared by price, term and conditions; the chosen supplier is the "
            "cheapest at a delivery within seven working days.",
        ]
    )
    title = "Служебная записка" if is_russian else "Memo"
    data = _letter(bill, bill.issued_on, title, text)
    data["lang"] = language
    data["place"] = bill.payer.name
    data["signatures"] = [{"party": position, "name": author}]
    name = "Обоснование.pdf" if is_russian else "Justification.pdf"
    return Paper("letter", "JUSTIFICATION", name, data)


def request(bill: Bill, *, number: str, language: str) -> Paper:
    """Return the order of a client for whom something is bought."""
    is_russian = language == "ru"
    title = f"Заявка № {number}" if is_russian else f"Client request {number}"
    text = (
        [
            f"Просим организовать для нас: {bill.lines[0].name}, {bill.lines[0].quantity} "
            f"{bill.lines[0].unit}, с последующей компенсацией расходов.",
            "Срок — в течение десяти рабочих дней.",
        ]
        if is_russian
        else [
            f"Please arrange for us: {bill.lines[0].name}, {bill.lines[0].quantity} "
            f"{bill.lines[0].unit}. We reimburse the costs with the next invoice.",
            "Term: ten working days.",
        ]
    )
    data = _letter(bill, bill.issued_on - timedelta(days=3), title, text)
    data["lang"] = language
    data["place"] = "ООО «Рыбкомбинат Прибойный»" if is_russian else "Vindobona Retail GmbH"
    data["signatures"] = [{"party": data["place"], "name": ""}]
    name = f"Заявка {number}.pdf" if is_russian else f"Request {number}.pdf"
    return Paper("letter", "CLIENT_REQUEST", name, data)


def order(bill: Bill, *, number: str, minor: int, on: date, purpose: str) -> Paper:
    """Return a payment order that a bank has executed."""
    data = {
        "number": number,
        "date": f"{on:%d.%m.%Y}",
        "received": f"{on:%d.%m.%Y}",
        "words": words.roubles(minor),
        "sum": f"{minor // 100}-{minor % 100:02d}",
        "purpose": purpose,
        "payer": bills.payer_of(bill.payer) | _house_account(bill.payer),
        "supplier": bills.party_of(bill.supplier),
        "bank": bills.bank_of(bill.supplier),
    }
    name = f"Платёжное поручение № {number} от {on:%d.%m.%Y}.pdf"
    return Paper("order", "PAYMENT_ORDER", name, data)


def purpose_of(bill: Bill) -> str:
    """Return the purpose of payment as a Russian bank wants it."""
    contract_ = f" по договору № {bill.contract}" if bill.contract else ""
    tax = f"{bill.tax // 100}.{bill.tax % 100:02d}"
    vat = "Без НДС" if bill.rate == "NONE" else f"В том числе НДС {bill.rate} % - {tax} руб"
    return f"Оплата по счёту № {bill.number} от {bill.issued_on:%d.%m.%Y}{contract_}. {vat}."


def _house_account(payer: EntityFields) -> dict[str, str]:
    account = numbers.russian_account(Random(payer.name), HOUSE_BANK)
    return {
        "account": account.number,
        "bank": account.bank_name,
        "bic": account.bic,
        "correspondent": account.correspondent,
    }


def _letter(bill: Bill, day: date, title: str, paragraphs: Sequence[str]) -> dict[str, Any]:
    is_russian = bill.supplier.country == "RU"
    return {
        "lang": "ru" if is_russian else "en",
        "place": "г. Москва" if is_russian else "Berlin",
        "date": bills.long_date(day) if is_russian else f"{day:%d.%m.%Y}",
        "title": title,
        "subtitle": "",
        "paragraphs": list(paragraphs),
        "rows": [],
        "total": "",
        "total_word": "",
        "closing": [],
        "signatures": [
            {"party": bill.supplier.fields.name, "name": bill.supplier.signs},
            {"party": bill.payer.name, "name": "Лазарев А. В." if is_russian else "J. Reinholt"},
        ],
    }


_CONTRACT_RU = (
    "{supplier}, именуемое в дальнейшем «Исполнитель», в лице руководителя, с одной стороны, и {payer}, "
    "именуемое в дальнейшем «Заказчик», в лице генерального директора Лазарева А. В., с другой "
    "стороны, заключили настоящий договор о нижеследующем.",
    "1. Предмет договора. Исполнитель обязуется по заявкам Заказчика поставлять товары и оказывать "
    "услуги, а Заказчик — принимать и оплачивать их на условиях настоящего договора.",
    "2. Цена и порядок расчётов. Цена указывается в счёте. Оплата производится в течение {days} "
    "рабочих дней со дня получения счёта безналичным переводом на счёт Исполнителя, указанный в "
    "настоящем договоре. Об изменении реквизитов Исполнитель уведомляет письмом на бланке за "
    "подписью руководителя.",
    "3. Сдача и приёмка. Исполнитель передаёт акт не позднее пятого числа следующего месяца. "
    "Заказчик подписывает акт или направляет мотивированный отказ в течение пяти рабочих дней.",
    "4. Ответственность. За просрочку оплаты Заказчик уплачивает пени 0,1 % от суммы долга за "
    "каждый день, но не более 10 %.",
    "5. Срок действия. Договор действует до 31 декабря 2027 года и продлевается на каждый "
    "следующий год, если ни одна из сторон не заявит о его прекращении за тридцать дней.",
)
_CONTRACT_EN = (
    "between {supplier} (the Supplier), represented by {signs}, and {payer} (the Customer).",
    "1. Subject. The Supplier delivers goods and services ordered by the Customer in writing; the "
    "Customer accepts and pays for them as agreed here.",
    "2. Prices and payment. Prices are those of annex 1. Invoices are payable within {days} working "
    "days of receipt to the account named in this agreement. A change of the account is valid only "
    "when notified in a signed letter and confirmed by telephone.",
    "3. Acceptance. Deliveries are accepted in writing; defects are claimed within five working days.",
    "4. Term. This agreement runs until 31 December 2027 and continues from year to year unless "
    "terminated with thirty days' notice.",
)
