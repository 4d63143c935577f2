from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RIGHT = "HANDLE_INTAKE"


def give_right(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for role in apps.get_model("people", "Role").objects.filter(
        code__in=["ACCOUNTANT", "TREASURER"]
    ):
        role.rights = [*role.rights, RIGHT]
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("people", "0004_theme_and_hints")]

    operations = [migrations.RunPython(give_right, migrations.RunPython.noop)]
