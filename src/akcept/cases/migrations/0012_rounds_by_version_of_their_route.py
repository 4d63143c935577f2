from __future__ import annotations

import json
from uuid import UUID

from django.db import migrations, models
from django.db.migrations.state import StateApps


def fill(apps: StateApps, _editor: object) -> None:
    """Note of every running round by which version it runs, as its fold says."""
    cases = apps.get_model("cases", "Case")._default_manager
    for row in cases.filter(state="IN_APPROVAL").iterator():
        cases.filter(id=row.id).update(route_version=UUID(json.loads(row.fold)["route"]))


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_tasks_set_aside")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="route_version",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("route_version", None), _negated=True),
                fields=["route_version"],
                name="cases_running",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
