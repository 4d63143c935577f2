"""Who has to agree: routes as data, in versions that never change once published."""

from __future__ import annotations

from django.db import models

from akcept.journal.models import Chained
from akcept.kit import ids


class Route(Chained):
    """A way through approval; what it says stands in its latest version."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=32, unique=True)
    name_en = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    priority = models.PositiveSmallIntegerField(help_text="the first that matches is taken")
    is_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["priority", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="routes_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RouteDraft(models.Model):
    """What a route is to say next; its owners work on it together until it is published."""

    route = models.OneToOneField(
        Route, on_delete=models.CASCADE, primary_key=True, related_name="draft"
    )
    definition = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.route_id} draft {self.revision}"


class RouteVersion(models.Model):
    """One published state of a route; running rounds keep the one they started with."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.UUIDField(null=True, help_text="empty: came with Akcept")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["route", "number"], name="routes_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.route_id} v{self.number}"
