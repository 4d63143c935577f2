"""The fields that any document type may ask for: columns of a case, known to rules, lists and payments by their code."""

from __future__ import annotations

from collections.abc import Mapping

from akcept.doctypes.cards import FieldCard
from akcept.engine.doctypes import FieldKind as Kind
from akcept.engine.doctypes import Gate


def _core(
    code: str,
    kind: Kind,
    label_en: str,
    label_ru: str,
    *,
    material: bool = False,
    at: Gate | None = None,
    choices: str = "",
    vouches: str = "",
) -> FieldCard:
    return FieldCard(code, kind, label_en, label_ru, at, material, vouches, choices, is_core=True)


_FIELDS = (
    _core("title", Kind.TEXT, "Title", "Название", at=Gate.SAVE),
    _core("counterparty", Kind.COUNTERPARTY, "Counterparty", "Контрагент", material=True, vouches="PAYEE"),
    _core("amount", Kind.MONEY, "Amount", "Сумма", material=True, vouches="AMOUNT"),
    _core("currency", Kind.CHOICE, "Currency", "Валюта", material=True, choices="CURRENCY", vouches="AMOUNT"),
    _core("vat", Kind.ROWS, "VAT", "НДС (в том числе)", material=True, vouches="AMOUNT"),
    _core("supplier_number", Kind.TEXT, "Its number", "№ документа", material=True, vouches="DOCUMENT"),
    _core("issued_on", Kind.DATE, "Its date", "Дата документа", material=True, vouches="DOCUMENT"),
    _core("planned_on", Kind.DATE, "Planned date", "Плановая дата оплаты", at=Gate.SUBMIT),
    _core("entity", Kind.ENTITY, "Company", "Организация", material=True, at=Gate.SUBMIT, vouches="PAYER"),
    _core("comment", Kind.TEXT, "Comment", "Комментарий", vouches="NEED"),
    _core("approval_type", Kind.CHOICE, "Approval type", "Тип согласования", material=True, at=Gate.SUBMIT, choices="APPROVAL_TYPE"),
    _core("choice", Kind.PERSON, "Approvers", "Согласующие"),
    _core("due_on", Kind.DATE, "Due date", "Срок оплаты"),
    _core("account", Kind.ACCOUNT, "Bank details", "Банковские реквизиты", material=True, vouches="PAYEE"),
    _core("contract", Kind.TEXT, "Contract", "Договор", material=True, vouches="CONTRACT"),
    _core("client_request", Kind.TEXT, "Client request No.", "№ заявки клиента"),
    _core("category", Kind.CHOICE, "Expense item", "Статья расходов", choices="CATEGORY"),
    _core("cost_centre", Kind.CHOICE, "Cost centre", "ЦФО", choices="COST_CENTRE"),
    _core("project", Kind.CHOICE, "Project", "Проект", choices="PROJECT"),
    _core("payment_purpose", Kind.TEXT, "Purpose of payment", "Назначение платежа"),
    _core("payment_order_required", Kind.FLAG, "Payment order required", "Требуется платёжное поручение", material=True),
    _core("main_file", Kind.FILE, "Document file", "Файл документа", material=True, vouches="DOCUMENT"),
    _core("justification", Kind.FILE, "Justification", "Обоснование"),
)  # fmt: skip
CORE: Mapping[str, FieldCard] = {field.code: field for field in _FIELDS}
# What a type may have of its own.
OWN_KINDS = (
    Kind.TEXT,
    Kind.NUMBER,
    Kind.MONEY,
    Kind.DATE,
    Kind.CHOICE,
    Kind.PERSON,
    Kind.COUNTERPARTY,
    Kind.FILE,
)
# Without these a document could not be sent, or its money would have no currency.
ALWAYS = ("title", "entity")
PAID = ("amount", "currency", "planned_on")
TOGETHER = {"amount": "currency", "approval_type": "choice"}
# Only what is paid asks for these.
ONLY_PAID = frozenset({"planned_on", "account", "payment_purpose", "payment_order_required"})
VOUCHED = ("NEED", "AMOUNT", "PAYER", "PAYEE", "DOCUMENT", "CONTRACT")
