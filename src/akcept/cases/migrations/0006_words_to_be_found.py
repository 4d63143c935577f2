from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_outside_approvers"),
        ("files", "0002_who_has_uploaded_what"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name="SearchTrigram"),
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                ("word", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("is_read", models.BooleanField(db_default=False)),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=32)),
                ("in_file", models.BooleanField(db_default=False)),
            ],
        ),
        migrations.CreateModel(
            name="WordTrigram",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("trigram", models.CharField(max_length=3)),
            ],
        ),
        migrations.AddField(
            model_name="attachment",
            name="is_read",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("is_read", False)), fields=["id"], name="cases_file_unread"
            ),
        ),
        migrations.AddIndex(
            model_name="knownword",
            index=models.Index(
                condition=models.Q(("is_read", False)), fields=["word"], name="cases_word_unread"
            ),
        ),
        migrations.AddField(
            model_name="searchword",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="wordtrigram",
            name="word",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cases.knownword",
            ),
        ),
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(fields=["word", "case"], name="cases_word_found"),
        ),
        migrations.AddConstraint(
            model_name="searchword",
            constraint=models.UniqueConstraint(
                fields=("case", "word", "in_file"), name="cases_word_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="wordtrigram",
            constraint=models.UniqueConstraint(
                fields=("trigram", "word"), name="cases_trigram_once"
            ),
        ),
    ]
