from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="counterparty",
            name="group",
            field=models.CharField(
                blank=True, default="", help_text="a label that routes may ask for", max_length=60
            ),
        ),
    ]
