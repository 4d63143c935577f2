"""Views of the registry that people keep."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from akcept.kit import ids
from akcept.people.models import Person


class SavedView(models.Model):
    """A way somebody looks at the registry, under a name: filters, columns, table or board, as its address has them."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    owner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="cases_view_named_once")
        ]
        indexes = [
            models.Index(fields=["name"], condition=Q(is_shared=True), name="cases_view_shared")
        ]

    def __str__(self) -> str:
        return self.name


class FirstView(models.Model):
    """With which saved view a person begins."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.person_id} {self.view_id}"
