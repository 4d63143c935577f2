"""Types are edited while the company works: a stamp for each edit, lists of a field's own, who may begin, retired fields."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import akcept.kit.ids

# The order of the fields is the order of the sheet.
SHEET = (
    "title", "counterparty", "amount", "currency", "supplier_number", "issued_on", "planned_on",
    "entity", "comment", "approval_type", "choice", "due_on", "account", "vat", "contract",
    "client_request", "category", "cost_centre", "project", "payment_purpose",
    "payment_order_required", "main_file", "justification",
)  # fmt: skip


def lay_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Bring the fields of what is paid into the order of its sheet.

    An account is not demanded at payment: what is only asked for then cannot be part of what was approved.
    """
    field = apps.get_model("doctypes", "DocumentField")
    for code in ("INVOICE", "PAYMENT_REQUEST"):
        field.objects.filter(type_id=code, code="account").update(required_at="NEVER")
        for position, name in enumerate(SHEET, start=1):
            field.objects.filter(type_id=code, code=name).update(position=position)


class Migration(migrations.Migration):
    dependencies = [
        ("doctypes", "0003_other_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="documentfield",
            name="is_retired",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="documentfield",
            name="options",
            field=models.JSONField(
                default=list, help_text="what an own list offers, retired ones too"
            ),
        ),
        migrations.AddField(
            model_name="documenttype",
            name="stamp",
            field=models.UUIDField(default=akcept.kit.ids.new_id),
        ),
        migrations.AddField(
            model_name="documenttype",
            name="starters",
            field=models.JSONField(default=list, help_text="codes of roles or ids of departments"),
        ),
        migrations.AddField(
            model_name="documenttype",
            name="who_starts",
            field=models.CharField(
                choices=[
                    ("EVERYBODY", "EVERYBODY"),
                    ("ROLES", "ROLES"),
                    ("DEPARTMENTS", "DEPARTMENTS"),
                ],
                default="EVERYBODY",
                max_length=12,
            ),
        ),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
