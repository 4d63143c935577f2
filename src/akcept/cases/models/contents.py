"""Files, planned dates, payments and own fields of a case, projected from its fold."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from akcept.cases.models.case import Case
from akcept.files.models import Blob
from akcept.people.models import Person


class Attachment(models.Model):
    """A version of a file of a case."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments", db_index=False)
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=32)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    version = models.PositiveIntegerField()
    replaces = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Whether a search looks through its text.
    is_read = models.BooleanField(db_default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_attachment_once")
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(is_read=False), name="cases_file_unread")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class PlannedPayment(models.Model):
    """A planned date of a case; `left_minor` is neither paid nor on its way."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="planned_payments", db_index=False)
    number = models.PositiveIntegerField()
    on = models.DateField()
    minor = models.BigIntegerField()
    left_minor = models.BigIntegerField()
    first_on = models.DateField()
    moves = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_planned_once"),
            models.CheckConstraint(
                condition=Q(left_minor__gte=0, left_minor__lte=F("minor")),
                name="cases_planned_left",
            ),
        ]
        indexes = [models.Index(fields=["on", "case"], name="cases_planned_on")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.on}"


class Payment(models.Model):
    """A payment row: sent, executed, returned by a counter-row, cancelled."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="payments", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    minor = models.BigIntegerField()
    on = models.DateField()
    order_number = models.CharField(max_length=35, blank=True, default="")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    returns = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_payment_once"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="cases_payment_positive"),
        ]
        indexes = [models.Index(fields=["on", "case"], name="cases_payment_on")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.minor}"


class Value(models.Model):
    """What a field of a type's own holds, laid down by `own` to be filtered and exported; the card has the value."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="values", db_index=False)
    field = models.CharField(max_length=32)
    text = models.CharField(max_length=200, blank=True, default="")
    number = models.BigIntegerField(null=True)
    day = models.DateField(null=True)
    ref = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "field"], name="cases_value_once")]
        indexes = [
            models.Index(fields=["field", "text"], name="cases_value_text", condition=~Q(text="")),
            models.Index(
                fields=["field", "number"], name="cases_value_number", condition=~Q(number=None)
            ),
            models.Index(fields=["field", "day"], name="cases_value_day", condition=~Q(day=None)),
            models.Index(fields=["field", "ref"], name="cases_value_ref", condition=~Q(ref=None)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.field}"
