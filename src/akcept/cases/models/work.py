"""What people have to do, and what they are shown of what happened."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from akcept.cases.models.case import Case
from akcept.kit import ids
from akcept.people.models import Person


class Task(models.Model):
    """What one person has to do, or had to; open while `closed_at` is empty."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks", db_index=False)
    key = models.CharField(max_length=80)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    # What the clock has still to do when that moment comes; empty: nothing but remind.
    at_deadline = models.CharField(max_length=8, blank=True, default="")
    # While an answer is awaited: since when, and how many seconds of work were left then (`pauses`).
    paused_at = models.DateTimeField(null=True)
    left_seconds = models.PositiveIntegerField(null=True)
    # How many seconds of work its earlier questions have taken.
    waited_seconds = models.PositiveIntegerField(db_default=0)
    # When its holder was last told of it: opened, then each reminder.
    told_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="cases_task_once")]
        indexes = [
            models.Index(fields=["person", "-id"], condition=Q(closed_at=None), name="cases_inbox"),
            models.Index(
                fields=["due_at"],
                condition=Q(closed_at=None) & ~Q(at_deadline=""),
                name="cases_to_meet",
            ),
            models.Index(fields=["told_at"], condition=Q(closed_at=None), name="cases_to_remind"),
            models.Index(fields=["case"], condition=Q(closed_at=None), name="cases_now_with"),
            models.Index(
                fields=["closed_by", "-closed_at"],
                condition=~Q(closed_at=None),
                name="cases_task_done",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Snooze(models.Model):
    """A task that one person has set aside until a moment."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "person"], name="cases_snoozed_once")
        ]
        indexes = [
            models.Index(fields=["until"], name="cases_to_wake"),
            models.Index(fields=["person", "until"], name="cases_snoozed"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} until {self.until}"


class FeedItem(models.Model):
    """An entry of a case in somebody's feed."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "case", "number"], name="cases_fed_once")
        ]
        indexes = [models.Index(fields=["person", "-id"], name="cases_feed")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
