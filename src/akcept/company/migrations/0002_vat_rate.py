"""A table of VAT rates, so that a new law is a new row."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("company", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="VatRate",
            fields=[
                ("code", models.CharField(max_length=10, primary_key=True, serialize=False)),
                ("basis_points", models.PositiveIntegerField(blank=True, null=True)),
                ("name_en", models.CharField(max_length=60)),
                ("name_ru", models.CharField(max_length=60)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("position", models.PositiveIntegerField()),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={"ordering": ["position", "code"]},
        ),
    ]
