from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import akcept.kit.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0002_who_has_uploaded_what"),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                ("head_number", models.PositiveIntegerField(default=0)),
                ("head_hash", models.CharField(blank=True, default="", max_length=64)),
                (
                    "id",
                    models.UUIDField(
                        default=akcept.kit.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("message_hash", models.CharField(max_length=64, unique=True)),
                ("sender", models.CharField(max_length=254)),
                ("sender_name", models.CharField(blank=True, default="", max_length=200)),
                ("holder_id", models.UUIDField(null=True)),
                ("is_verified", models.BooleanField()),
                ("is_automatic", models.BooleanField()),
                ("subject", models.CharField(blank=True, default="", max_length=300)),
                ("text", models.TextField(blank=True, default="")),
                ("received_at", models.DateTimeField()),
                ("state", models.CharField(default="WAITING", max_length=10)),
                ("case_id", models.UUIDField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=1000)),
                ("settled_by", models.UUIDField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "WAITING")),
                        fields=["-id"],
                        name="intake_waiting",
                    ),
                    models.Index(fields=["holder_id", "-id"], name="intake_held"),
                    models.Index(fields=["sender", "received_at"], name="intake_sender"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case_id__isnull", False), ("state", "TAKEN")),
                            models.Q(
                                models.Q(("state", "TAKEN"), _negated=True), ("case_id", None)
                            ),
                            _connector="OR",
                        ),
                        name="intake_taken_has_its_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("problem", models.CharField(blank=True, default="", max_length=40)),
                (
                    "blob",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.blob",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="intake.item",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "position"), name="intake_file_place"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("blob", None), ("problem__gt", "")),
                            models.Q(("blob__isnull", False), ("problem", "")),
                            _connector="OR",
                        ),
                        name="intake_file_kept_or_refused",
                    ),
                ],
            },
        ),
    ]
