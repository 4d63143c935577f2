"""The other documents every installation has: payment request, credit note, invoice to a client, contract, budget."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAMES = (
    "code", "name_en", "name_ru", "plural_en", "plural_ru", "title_en", "title_ru_genitive",
    "title_ru_accusative", "position", "ends_in_payment",
)  # fmt: skip
TYPES = (
    (
        "PAYMENT_REQUEST", "Payment request", "Заявка на оплату", "Payment requests",
        "Заявки на оплату", "payment request", "заявки на оплату", "заявку на оплату", 20, True,
    ),
    (
        "CREDIT_NOTE", "Credit note", "Кредит-нота", "Credit notes", "Кредит-ноты",
        "credit note", "кредит-ноты", "кредит-ноту", 30, False,
    ),
    (
        "CLIENT_INVOICE", "Invoice to a client", "Счёт клиенту", "Invoices to clients",
        "Счета клиентам", "invoice to a client", "счёта клиенту", "счёт клиенту", 40, False,
    ),
    (
        "CONTRACT", "Contract", "Договор", "Contracts", "Договоры",
        "contract", "договора", "договор", 50, False,
    ),
    (
        "BUDGET", "Budget", "Бюджет", "Budgets", "Бюджеты",
        "budget", "бюджета", "бюджет", 60, False,
    ),
)  # fmt: skip

# code: kind, label, подпись, material, choices from, what approvers vouch for; all of them columns of the case
CORE = {
    "title": ("TEXT", "Title", "Название", False, "", ""),
    "comment": ("TEXT", "Comment", "Комментарий", False, "", "NEED"),
    "amount": ("MONEY", "Amount", "Сумма", True, "", "AMOUNT"),
    "currency": ("CHOICE", "Currency", "Валюта", True, "CURRENCY", "AMOUNT"),
    "vat": ("ROWS", "VAT", "НДС (в том числе)", True, "", "AMOUNT"),
    "entity": ("ENTITY", "Company", "Организация", True, "", "PAYER"),
    "counterparty": ("COUNTERPARTY", "Counterparty", "Контрагент", True, "", "PAYEE"),
    "account": ("ACCOUNT", "Bank details", "Банковские реквизиты", True, "", "PAYEE"),
    "supplier_number": ("TEXT", "Its number", "№ документа", True, "", "DOCUMENT"),
    "issued_on": ("DATE", "Its date", "Дата документа", True, "", "DOCUMENT"),
    "due_on": ("DATE", "Due date", "Срок оплаты", False, "", ""),
    "planned_on": ("DATE", "Planned date", "Плановая дата оплаты", False, "", ""),
    "approval_type": ("CHOICE", "Approval type", "Тип согласования", True, "APPROVAL_TYPE", ""),
    "choice": ("PERSON", "Approvers", "Согласующие", False, "", ""),
    "main_file": ("FILE", "Document file", "Файл документа", True, "", "DOCUMENT"),
    "contract": ("TEXT", "Contract", "Договор", True, "", "CONTRACT"),
    "justification": ("FILE", "Justification", "Обоснование", False, "", ""),
    "category": ("CHOICE", "Expense item", "Статья расходов", False, "CATEGORY", ""),
    "cost_centre": ("CHOICE", "Cost centre", "ЦФО", False, "COST_CENTRE", ""),
    "project": ("CHOICE", "Project", "Проект", False, "PROJECT", ""),
    "payment_order_required": (
        "FLAG", "Payment order required", "Требуется платёжное поручение", True, "", "",
    ),
    "payment_purpose": ("TEXT", "Purpose of payment", "Назначение платежа", False, "", ""),
}  # fmt: skip
# Fields of one type alone: they live in the card under their code, without a column.
OWN = {
    "valid_until": ("DATE", "Valid until", "Действует до", True, "", "DOCUMENT"),
    "period_from": ("DATE", "Period from", "Период с", True, "", "DOCUMENT"),
    "period_to": ("DATE", "Period to", "Период по", True, "", "DOCUMENT"),
}
LABELS = {
    ("PAYMENT_REQUEST", "entity"): ("Payer", "Плательщик"),
    ("PAYMENT_REQUEST", "main_file"): ("Supporting file", "Подтверждающий документ"),
    ("CREDIT_NOTE", "supplier_number"): ("Credit note No.", "№ кредит-ноты"),
    ("CREDIT_NOTE", "main_file"): ("Credit note file", "Файл кредит-ноты"),
    ("CLIENT_INVOICE", "counterparty"): ("Client", "Клиент"),
    ("CLIENT_INVOICE", "supplier_number"): ("Invoice No.", "№ счёта"),
    ("CLIENT_INVOICE", "issued_on"): ("Issue date", "Дата выставления"),
    ("CLIENT_INVOICE", "due_on"): ("To be paid by", "Оплатить до"),
    ("CLIENT_INVOICE", "main_file"): ("Invoice file", "Файл счёта"),
    ("CONTRACT", "title"): ("Subject", "Предмет"),
    ("CONTRACT", "supplier_number"): ("Contract No.", "№ договора"),
    ("CONTRACT", "issued_on"): ("Contract date", "Дата договора"),
    ("CONTRACT", "main_file"): ("Contract file", "Файл договора"),
    ("BUDGET", "main_file"): ("Budget file", "Файл бюджета"),
}
# The fields of each type in their order; behind the colon from which gate on they are required.
FIELDS = {
    "PAYMENT_REQUEST": "title comment:SAVE amount:SAVE currency:SAVE vat entity:SUBMIT counterparty:SAVE"
    " account:PAYMENT due_on planned_on:SUBMIT approval_type:SUBMIT choice main_file contract justification"
    " category cost_centre project payment_order_required payment_purpose",
    "CREDIT_NOTE": "title comment main_file amount:SAVE currency:SAVE vat entity:SUBMIT counterparty:SAVE"
    " supplier_number issued_on:SAVE contract approval_type:SUBMIT choice justification"
    " category cost_centre project",
    "CLIENT_INVOICE": "title comment main_file amount:SAVE currency:SAVE vat entity:SUBMIT counterparty:SAVE"
    " supplier_number issued_on:SAVE due_on contract approval_type:SUBMIT choice justification"
    " cost_centre project",
    "CONTRACT": "title:SAVE comment main_file:SUBMIT entity:SUBMIT counterparty:SAVE supplier_number issued_on"
    " valid_until amount currency approval_type:SUBMIT choice justification category cost_centre project",
    "BUDGET": "title:SAVE comment main_file period_from:SAVE period_to:SAVE amount:SAVE currency:SAVE"
    " entity:SUBMIT approval_type:SUBMIT choice justification category cost_centre project",
}


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the types with their fields."""
    model = apps.get_model("doctypes", "DocumentType")
    field = apps.get_model("doctypes", "DocumentField")
    for row in TYPES:
        named = dict(zip(NAMES, row, strict=True))
        type_ = model.objects.create(**named, series=row[0], max_hold_days=30)
        for position, asked in enumerate(FIELDS[type_.code].split(), start=1):
            code, _, gate = asked.partition(":")
            kind, label_en, label_ru, material, choices, vouches = (CORE | OWN)[code]
            label_en, label_ru = LABELS.get((type_.code, code), (label_en, label_ru))
            field.objects.create(
                type=type_,
                code=code,
                kind=kind,
                label_en=label_en,
                label_ru=label_ru,
                required_at=gate or "NEVER",
                is_material=material,
                choices_from=choices,
                vouches_for=vouches,
                is_core=code in CORE,
                position=position,
            )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove them again, as long as nothing points at them."""
    codes = [row[0] for row in TYPES]
    apps.get_model("doctypes", "DocumentField").objects.filter(type_id__in=codes).delete()
    apps.get_model("doctypes", "DocumentType").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("doctypes", "0002_invoice")]
    operations = [migrations.RunPython(add, remove)]
