"""What stands on an invoice and the papers that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from akcept.company.checks import EntityFields
from akcept.project.demo import words
from akcept.project.demo.printing import Paper
from akcept.project.demo.suppliers import Supplier

MONTHS_RU = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MONTHS_DE = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
    "Oktober", "November", "Dezember",
)  # fmt: skip
TONES = ("#1f4e79", "#7a2e3a", "#2e6b4f", "#5b3a82", "#a35a12", "#0f6674")
ADDRESSES = {
    "RUB": "127006, г. Москва, Литейная аллея, д. 12, стр. 4",
    "EUR": "Velmira-Haus, Uferzeile 18, 10249 Berlin",
}
FAR_EAST_ADDRESS = "690090, г. Владивосток, Океанская линия, д. 3, оф. 21"
ABROAD = ("OOO Velmira", "Liteynaya alleya 12, bldg 4, 127006 Moscow, Russia")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice; whether sums include VAT, the bill knows."""

    name: str
    unit: str
    quantity: int
    price: int

    @property
    def sum(self) -> int:
        """Return what the line comes to, in minor units."""
        return self.price * self.quantity


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice of a supplier to one of the payers."""

    supplier: Supplier
    payer: EntityFields
    number: str
    issued_on: date
    due_on: date
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """Return the sum to pay in minor units."""
        listed = sum(line.sum for line in self.lines)
        return listed + _tax_on(listed, int(self.rate)) if self.is_net else listed

    @property
    def is_net(self) -> bool:
        """Tell whether its lines are stated without VAT, as in German-speaking countries."""
        return self.supplier.said["layout"] == "german" and self.rate != "NONE"

    @property
    def rate(self) -> str:
        """Return the code of the VAT rate."""
        return str(self.supplier.said["vat"])

    @property
    def tax(self) -> int:
        """Return the VAT in the sum."""
        if self.rate == "NONE":
            return 0
        if self.is_net:
            return self.total - sum(line.sum for line in self.lines)
        return _tax_in(self.total, int(self.rate))

    @property
    def vat(self) -> list[dict[str, Any]]:
        """Return the VAT as the card keeps it."""
        code = "NONE" if self.rate == "NONE" else f"VAT{self.rate}"
        return [{"rate": code, "base": self.total - self.tax, "tax": self.tax}]

    @property
    def contract(self) -> str:
        """Return the contract it refers to, if there is one."""
        return str(self.supplier.said.get("contract", ""))

    def paper(self) -> Paper:
        """Return the invoice as it is printed."""
        template = str(self.supplier.said["layout"])
        day = f"{self.issued_on:%d.%m.%Y}"
        name = {"english": f"Invoice {self.number}.pdf", "german": f"Rechnung {self.number}.pdf"}
        file_name = name.get(template, f"Счёт № {self.number} от {day}.pdf")
        return Paper(template, "INVOICE", file_name.replace("/", "-"), _data(self))


def _tax_in(total: int, rate: int) -> int:
    exact = Decimal(total) * rate / (100 + rate)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _tax_on(net: int, rate: int) -> int:
    return int((Decimal(net) * rate / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def address_of(payer: EntityFields) -> str:
    """Return where a payer sits."""
    return FAR_EAST_ADDRESS if "Восток" in payer.name else ADDRESSES[payer.currency]


def money(minor: int, template: str) -> str:
    """Return a sum as that country writes it."""
    plain = f"{minor // 100:,}.{minor % 100:02d}"
    if template == "english":
        return plain
    if template == "german":
        return plain.replace(",", " ").replace(".", ",").replace(" ", ".")
    return plain.replace(",", "\u00a0").replace(".", ",")


def long_date(day: date) -> str:
    """Return a date in Russian words."""
    return f"{day.day} {MONTHS_RU[day.month - 1]} {day.year} г."


def bank_of(supplier: Supplier) -> dict[str, str]:
    """Return the requisites that stand on a supplier's papers."""
    account = supplier.account
    spaced = account.number
    if spaced[:2].isalpha():
        spaced = " ".join(spaced[at : at + 4] for at in range(0, len(spaced), 4))
    return {
        "name": account.bank_name,
        "bic": account.bic,
        "correspondent": account.correspondent,
        "number": spaced,
    }


def party_of(supplier: Supplier) -> dict[str, str]:
    """Return how a supplier names itself."""
    fields = supplier.fields
    return {
        "name": fields.name,
        "inn": fields.inn,
        "kpp": fields.kpp,
        "vat_id": fields.vat_id,
        # A number never begins a line.
        "address": str(supplier.said["address"]).replace(". ", ".\u00a0"),
        "signs": supplier.signs,
    }


def payer_of(payer: EntityFields, *, template: str = "classic") -> dict[str, Any]:
    """Return how a payer is named on somebody's papers; abroad, in Latin letters."""
    name, address = payer.name, address_of(payer)
    if template == "english" and payer.country == "RU":
        name, address = ABROAD
    return {
        "name": name,
        "inn": payer.inn,
        "kpp": payer.kpp,
        "vat_id": payer.vat_id,
        "address": address,
        "address_lines": address.split(", "),
    }


def _data(bill: Bill) -> dict[str, Any]:
    template, supplier = str(bill.supplier.said["layout"]), bill.supplier
    return {
        "supplier": party_of(supplier),
        "payer": payer_of(bill.payer, template=template),
        "bank": bank_of(supplier),
        "brand": _brand(supplier),
        "initial": _brand(supplier)[0],
        "tone": TONES[sum(map(ord, supplier.key)) % len(TONES)],
        "number": bill.number,
        "currency": supplier.currency,
        "contract": bill.contract,
        "basis": _basis(bill),
        "head_title": "Индивидуальный предприниматель" if supplier.is_person else "Руководитель",
        "note_en": "Please pay within the term shown above and quote the invoice number.",
        "account_word": "Account No." if supplier.country == "US" else "IBAN",
        "bic_word": "Routing No." if supplier.country == "US" else "BIC",
        "lines": [_line(line, template) for line in bill.lines],
        "total": money(bill.total, template),
        "net": money(bill.total - bill.tax, template),
        "tax": money(bill.tax, template),
        "words": words.roubles(bill.total),
        **_dates(bill),
        **_vat_words(bill, template),
    }


def _line(line: Line, template: str) -> dict[str, str]:
    return {
        "name": line.name,
        "unit": line.unit,
        "quantity": f"{line.quantity:,}".replace(",", "." if template == "german" else "\u00a0"),
        "price": money(line.price, template),
        "sum": money(line.sum, template),
    }


def _dates(bill: Bill) -> dict[str, str]:
    issued, due = bill.issued_on, bill.due_on
    return {
        "date": f"{issued:%d.%m.%Y}",
        "date_long": long_date(issued),
        "date_en": f"{issued.day} {MONTHS_EN[issued.month - 1]} {issued.year}",
        "due": f"{due:%d.%m.%Y}",
        "due_en": f"{due.day} {MONTHS_EN[due.month - 1]} {due.year}",
        "month": f"{MONTHS_DE[issued.month - 1]} {issued.year}",
    }


def _vat_words(bill: Bill, template: str) -> Mapping[str, str]:
    sum_, rate = money(bill.tax, template), bill.rate
    if rate == "NONE":
        return {
            "vat_label": "Без налога (НДС):",
            "vat_sum": "—",
            "vat_sentence": "НДС не облагается в связи с применением УСН (п. 2 ст. 346.11 НК РФ).",
            "vat_purpose": "Без НДС.",
            "vat_label_en": "VAT (not applicable)",
            "vat_label_de": "Umsatzsteuer",
        }
    return {
        "vat_label": f"В том числе НДС {rate} %:",
        "vat_sum": sum_,
        "vat_sentence": f"В том числе НДС {rate} % — {sum_} руб.",
        "vat_purpose": f"В том числе НДС {rate} % — {sum_} руб.",
        "vat_label_en": "VAT 0 % (reverse charge)" if rate == "0" else f"VAT {rate} %",
        "vat_label_de": f"Umsatzsteuer {rate} %",
    }


def _basis(bill: Bill) -> str:
    return f"Договор № {bill.contract}" if bill.contract else "Основной договор (оферта)"


def _brand(supplier: Supplier) -> str:
    name = supplier.fields.name
    if "«" in name:
        return name.split("«")[1].rstrip("»")
    return " ".join(name.split()[:2])
