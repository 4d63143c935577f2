"""What people without an account were asked, and their links."""

from __future__ import annotations

from django.db import models

from akcept.cases.models.case import Case
from akcept.kit import ids
from akcept.people.models import Person


class OutsideAsk(models.Model):
    """What somebody from outside is asked on a case, and which of its files are shared; no files: the main one."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    question = models.CharField(max_length=2000, blank=True, default="")
    files = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="cases_outside_ask_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.case_id}"


class OutsideLink(models.Model):
    """A link by which somebody from outside decides one task on one revision; neither it nor its codes are kept.

    Whether it still works is not written here but follows from the case (`cases.outside.links`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    task = models.CharField(max_length=80)
    revision = models.PositiveIntegerField()
    # Sent again, the link gets the next number and the one before no longer works.
    number = models.PositiveIntegerField()
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    question = models.CharField(max_length=2000, blank=True, default="")
    files = models.JSONField(default=list)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    code_number = models.PositiveIntegerField(default=0)
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "number"], name="cases_outside_link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.task} {self.number}"
