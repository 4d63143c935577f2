from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0003_received_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="receivedmail",
            name="item_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="receivedmail",
            name="problems",
            field=models.JSONField(default=list),
        ),
    ]
