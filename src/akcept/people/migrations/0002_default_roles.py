from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLES = [
    ("ACCOUNTANT", "Accountant", "Бухгалтер", ["PAY", "SEE_CASES", "RECORD_RETURN", "EXPORT"]),
    ("TREASURER", "Treasurer", "Казначей", ["PAY", "SEE_CASES", "VERIFY_ACCOUNTS", "EXPORT"]),
    (
        "CFO",
        "Financial director",
        "Финансовый директор",
        ["PAY", "SEE_CASES", "VERIFY_ACCOUNTS", "RECORD_RETURN", "EXPORT"],
    ),
    ("AUDITOR", "Auditor", "Аудитор", ["AUDIT", "SEE_CASES", "EXPORT"]),
    ("ADMINISTRATOR", "Administrator", "Администратор", ["ADMINISTER"]),
    ("ROUTE_OWNER", "Route owner", "Владелец маршрутов", ["OWN_ROUTES"]),
    (
        "PARTY_KEEPER",
        "Keeper of counterparties",
        "Ответственный за контрагентов",
        ["EDIT_PARTIES"],
    ),
]


def add_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    role = apps.get_model("people", "Role")
    for code, name_en, name_ru, rights in ROLES:
        role.objects.create(code=code, name_en=name_en, name_ru=name_ru, rights=rights)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(add_roles, migrations.RunPython.noop)]
