"""The invoice: a document type like any other, and the one that every installation has."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INVOICE = {
    "code": "INVOICE",
    "name_en": "Invoice",
    "name_ru": "Счёт",
    "plural_en": "Invoices",
    "plural_ru": "Счета",
    "title_en": "invoice",
    "title_ru_genitive": "счёта",
    "title_ru_accusative": "счёт",
    "series": "INVOICE",
    "position": 10,
    "ends_in_payment": True,
    "max_hold_days": 30,
}

MATERIAL, FREE = True, False
# code, kind, label, подпись, required at, material, choices from, what approvers vouch for
FIELDS = (
    ("title", "TEXT", "Title", "Название", "NEVER", FREE, "", ""),
    ("comment", "TEXT", "Comment", "Комментарий", "NEVER", FREE, "", "NEED"),
    ("amount", "MONEY", "Amount", "Сумма", "SAVE", MATERIAL, "", "AMOUNT"),
    ("currency", "CHOICE", "Currency", "Валюта", "SAVE", MATERIAL, "CURRENCY", "AMOUNT"),
    ("vat", "ROWS", "VAT", "НДС (в том числе)", "NEVER", MATERIAL, "", "AMOUNT"),
    ("entity", "ENTITY", "Payer", "Плательщик", "SUBMIT", MATERIAL, "", "PAYER"),
    ("counterparty", "COUNTERPARTY", "Counterparty", "Контрагент", "SAVE", MATERIAL, "", "PAYEE"),
    (
        "account",
        "ACCOUNT",
        "Bank details",
        "Банковские реквизиты",
        "PAYMENT",
        MATERIAL,
        "",
        "PAYEE",
    ),
    ("supplier_number", "TEXT", "Supplier No.", "№ счёта", "NEVER", MATERIAL, "", "DOCUMENT"),
    ("issued_on", "DATE", "Issue date", "Дата выставления", "SAVE", MATERIAL, "", "DOCUMENT"),
    ("due_on", "DATE", "Due date", "Срок оплаты", "NEVER", FREE, "", ""),
    ("planned_on", "DATE", "Planned date", "Плановая дата оплаты", "SUBMIT", FREE, "", ""),
    (
        "approval_type",
        "CHOICE",
        "Approval type",
        "Тип согласования",
        "SUBMIT",
        MATERIAL,
        "APPROVAL_TYPE",
        "",
    ),
    ("choice", "PERSON", "Approvers", "Согласующие", "NEVER", FREE, "", ""),
    ("main_file", "FILE", "Invoice file", "Файл счёта", "NEVER", MATERIAL, "", "DOCUMENT"),
    ("contract", "TEXT", "Contract", "Договор", "NEVER", MATERIAL, "", "CONTRACT"),
    ("justification", "FILE", "Justification", "Обоснование", "NEVER", FREE, "", ""),
    ("client_request", "TEXT", "Client request No.", "№ заявки клиента", "NEVER", FREE, "", ""),
    ("category", "CHOICE", "Expense item", "Статья расходов", "NEVER", FREE, "CATEGORY", ""),
    ("cost_centre", "CHOICE", "Cost centre", "ЦФО", "NEVER", FREE, "COST_CENTRE", ""),
    ("project", "CHOICE", "Project", "Проект", "NEVER", FREE, "PROJECT", ""),
    (
        "payment_order_required",
        "FLAG",
        "Payment order required",
        "Требуется платёжное поручение",
        "NEVER",
        MATERIAL,
        "",
        "",
    ),
    ("payment_purpose", "TEXT", "Purpose of payment", "Назначение платежа", "NEVER", FREE, "", ""),
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the invoice with its fields."""
    invoice = apps.get_model("doctypes", "DocumentType").objects.create(**INVOICE)
    field = apps.get_model("doctypes", "DocumentField")
    names = (
        "code",
        "kind",
        "label_en",
        "label_ru",
        "required_at",
        "is_material",
        "choices_from",
        "vouches_for",
    )
    field.objects.bulk_create(
        field(type=invoice, position=position, is_core=True, **dict(zip(names, row, strict=True)))
        for position, row in enumerate(FIELDS, start=1)
    )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove it again, as long as nothing points at it."""
    apps.get_model("doctypes", "DocumentField").objects.filter(type_id="INVOICE").delete()
    apps.get_model("doctypes", "DocumentType").objects.filter(code="INVOICE").delete()


class Migration(migrations.Migration):
    dependencies = [("doctypes", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
