"""The routes every installation starts with: one for each approval type."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from akcept.kit import clock, ids

# The list of LIST is empty until an administrator names people; submitting is refused until then.
ROUTES = (
    ("HIERARCHY", "By hierarchy", "По иерархии", "HIERARCHY", True),
    ("LIST", "Sequential list", "Последовательно", "NAMED", False),
    ("MY_CHOICE", "My choice", "Выберу сам", "MY_CHOICE", False),
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the three routes, each with its first version."""
    route, version = apps.get_model("routes", "Route"), apps.get_model("routes", "RouteVersion")
    for place, (code, name_en, name_ru, who, is_default) in enumerate(ROUTES, start=1):
        row = route.objects.create(
            id=ids.new_id(),
            code=code,
            name_en=name_en,
            name_ru=name_ru,
            priority=place * 100,
            is_default=is_default,
        )
        version.objects.create(
            id=ids.new_id(),
            route=row,
            number=1,
            definition={
                "conditions": [{"field": "approval_type", "op": "IN", "values": [code]}],
                "stages": [{"code": "APPROVAL", "who": who}],
            },
            published_at=clock.now(),
        )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove them again, with every version."""
    codes = [code for code, *_ in ROUTES]
    apps.get_model("routes", "RouteVersion").objects.filter(route__code__in=codes).delete()
    apps.get_model("routes", "Route").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("routes", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
