"""Document types, their fields, and the dictionaries that the fields choose from."""

from __future__ import annotations

from django.db import models

from akcept.doctypes.codes import WhoStarts
from akcept.engine.doctypes import FieldKind, Gate
from akcept.kit import ids

NEVER = "NEVER"


class DocumentType(models.Model):
    """A kind of document that goes through approval; a row, not a class."""

    code = models.CharField(max_length=32, primary_key=True)
    name_en = models.CharField(max_length=100)
    name_ru = models.CharField(max_length=100)
    plural_en = models.CharField(max_length=100)
    plural_ru = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100, help_text="“Approval of {invoice} 49”")
    title_ru_genitive = models.CharField(max_length=100, help_text="«Согласование {счёта} № 49»")
    title_ru_accusative = models.CharField(max_length=100, help_text="«Оплатить {счёт} № 49»")
    series = models.CharField(max_length=32)
    position = models.PositiveSmallIntegerField(default=0)
    ends_in_payment = models.BooleanField()
    is_confidential = models.BooleanField(default=False)
    never_postpone = models.BooleanField(default=False)
    max_hold_days = models.PositiveSmallIntegerField(default=30)
    is_active = models.BooleanField(default=True)
    # New with every edit: a process that remembers the type by this stamp need not read it again.
    stamp = models.UUIDField(default=ids.new_id)
    who_starts = models.CharField(
        max_length=12, choices=[(who, who) for who in WhoStarts], default=WhoStarts.EVERYBODY
    )
    starters = models.JSONField(default=list, help_text="codes of roles or ids of departments")

    def __str__(self) -> str:
        return self.code


class DocumentField(models.Model):
    """One field of a document type: from which gate it is required and whether it is material. Never deleted."""

    type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="fields")
    code = models.CharField(max_length=32)
    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in FieldKind])
    choices_from = models.CharField(
        max_length=32, blank=True, default="", help_text="the list that a CHOICE chooses from"
    )
    label_en = models.CharField(max_length=100)
    label_ru = models.CharField(max_length=100)
    required_at = models.CharField(
        max_length=8, choices=[(gate, gate) for gate in (*Gate, NEVER)], default=NEVER
    )
    is_material = models.BooleanField(default=False)
    is_core = models.BooleanField(
        default=False, help_text="a typed column of the case; any other field lives in its values"
    )
    position = models.PositiveSmallIntegerField()
    vouches_for = models.CharField(max_length=32, blank=True, default="")
    options = models.JSONField(default=list, help_text="what an own list offers, retired ones too")
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["type", "code"], name="doctypes_field_once"),
        ]

    def __str__(self) -> str:
        return f"{self.type_id}.{self.code}"


class Dictionary(models.Model):
    """A list that a company keeps for itself; a row that was ever used is retired, not deleted."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Category(Dictionary):
    """What the money is spent on («статья расходов»)."""


class CostCentre(Dictionary):
    """Who bears the cost («ЦФО»)."""

    owner_id = models.UUIDField(null=True, blank=True)


class Project(Dictionary):
    """What the money is spent for."""
