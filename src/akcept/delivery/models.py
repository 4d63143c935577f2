"""Who was told what: notices in the app, letters on their way, and the slots of the worker's clock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One thing one person is told; `cause` is an entry's number or the slot of a reminder."""

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField()
    chain_id = models.UUIDField()
    number = models.PositiveIntegerField()
    cause = models.CharField(max_length=120)
    topic = models.CharField(max_length=20)
    task_kind = models.CharField(max_length=20, blank=True, default="")
    happened_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    # The letter that gathers this notice with others of its day.
    digest = models.ForeignKey(
        "Delivery", models.SET_NULL, null=True, related_name="notices", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id", "chain_id", "cause"], name="delivery_notice_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person_id", "-id"], name="delivery_notice_newest"),
            models.Index(
                fields=["person_id"], condition=Q(read_at=None), name="delivery_notice_unread"
            ),
            models.Index(
                fields=["digest"], condition=Q(digest__isnull=False), name="delivery_notice_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.chain_id} {self.number} for {self.person_id}"


class Delivery(models.Model):
    """One letter to one person over one channel; of a digest, `chain_id` is the person."""

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField()
    chain_id = models.UUIDField()
    number = models.PositiveIntegerField()
    cause = models.CharField(max_length=120)
    channel = models.CharField(max_length=20)
    topic = models.CharField(max_length=20)
    task_kind = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=10, default="WAITING")
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id", "chain_id", "cause", "channel"], name="delivery_letter_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=Q(state="WAITING"),
                name="delivery_letter_pending",
            ),
            models.Index(
                fields=["-gave_up_at"],
                condition=Q(state="GAVE_UP"),
                name="delivery_letter_gave_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.topic} for {self.person_id}: {self.state}"


class PeriodicSlot(models.Model):
    """A slot of a periodic duty; being unique, it is worked by one worker."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=40)
    slot = models.CharField(max_length=40)
    lease_until = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "slot"], name="delivery_slot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.slot}"


class Heartbeat(models.Model):
    """When a worker was last seen alive."""

    worker = models.CharField(max_length=120, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} {self.at}"
