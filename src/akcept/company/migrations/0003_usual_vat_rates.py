"""The VAT rates that every installation begins with, under the codes that invoices have had all along."""

from __future__ import annotations

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# code, per cent (None: no VAT at all), first day, last day.
# Russia raised 20 % to 22 % with 2026; what was shipped before is still invoiced with 20 %. 19 % is Germany's.
RATES = (
    ("NONE", None, None, None),
    ("VAT22", 22, date(2026, 1, 1), None),
    ("VAT20", 20, None, date(2025, 12, 31)),
    ("VAT19", 19, None, None),
    ("VAT10", 10, None, None),
    ("VAT7", 7, None, None),
    ("VAT5", 5, None, None),
    ("VAT0", 0, None, None),
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add them in the order they are offered in."""
    rate = apps.get_model("company", "VatRate")
    rate.objects.bulk_create(
        rate(
            code=code,
            basis_points=None if percent is None else percent * 100,
            name_en="No VAT" if percent is None else f"VAT {percent} %",
            name_ru="Без НДС" if percent is None else f"НДС {percent} %",
            starts_on=starts_on,
            ends_on=ends_on,
            position=position,
        )
        for position, (code, percent, starts_on, ends_on) in enumerate(RATES, start=1)
    )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove them again."""
    codes = [code for code, *_more in RATES]
    apps.get_model("company", "VatRate").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("company", "0002_vat_rate")]
    operations = [migrations.RunPython(add, remove)]
