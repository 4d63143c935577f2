"""The discussion of a case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from akcept.cases.models.case import Case
from akcept.people.models import Person


class Message(models.Model):
    """Something said on a case: which entry says it. The words stand in the journal alone."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # In the thread of this person from outside; empty: to everybody who takes part.
    guest = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # The entry that says it in other words, the last of them.
    edited = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_message_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class Mention(models.Model):
    """A message that names somebody, or asks them; open until it is read, or answered."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_question = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number", "person"], name="cases_mention_once")
        ]
        indexes = [
            models.Index(fields=["person", "-id"], condition=Q(is_open=True), name="cases_mentions")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.case_id} {self.number}"


class ReadMark(models.Model):
    """Up to which message somebody has read the discussion of a case."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="cases_read_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} up to {self.number} of {self.case_id}"
