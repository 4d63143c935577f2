from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_words_to_be_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="contract",
            field=models.CharField(blank=True, default="", max_length=1000),
        ),
    ]
