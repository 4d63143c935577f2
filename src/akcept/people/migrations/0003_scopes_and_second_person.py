from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import akcept.kit.ids

PERSON = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [
        ("company", "0001_initial"),
        ("people", "0002_default_roles"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="approvallimit", name="people_one_limit_a_type"),
        migrations.AddConstraint(
            model_name="approvallimit",
            constraint=models.UniqueConstraint(
                fields=("person", "doctype", "currency"), name="people_limit_once"
            ),
        ),
        migrations.AddField(
            model_name="deputy",
            name="doctype",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="deputy",
            name="position",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="deputy",
            name="deputy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deputises",
                to=PERSON,
            ),
        ),
        migrations.RenameModel("PayException", "DutyException"),
        migrations.AddField(
            model_name="dutyexception",
            name="rule",
            field=models.CharField(default="OWN_PAYMENT", max_length=30),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="dutyexception",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=PERSON,
            ),
        ),
        migrations.AlterField(
            model_name="dutyexception",
            name="entity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="company.payerentity",
            ),
        ),
        migrations.AlterField(
            model_name="dutyexception",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duty_exceptions",
                to=PERSON,
            ),
        ),
        migrations.CreateModel(
            name="PendingChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=akcept.kit.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("command", models.CharField(max_length=30)),
                ("arguments", models.JSONField()),
                ("proposed_at", models.DateTimeField()),
                ("state", models.CharField(default="WAITING", max_length=10)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("remark", models.CharField(blank=True, default="", max_length=300)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to=PERSON,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=PERSON,
                    ),
                ),
            ],
            options={
                "ordering": ["-proposed_at", "-id"],
                "indexes": [
                    models.Index(
                        fields=["proposed_at"],
                        condition=Q(state="WAITING"),
                        name="people_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(state="CONFIRMED") | ~Q(author=F("settled_by")),
                        name="people_author_confirms_nothing",
                    )
                ],
            },
        ),
    ]
