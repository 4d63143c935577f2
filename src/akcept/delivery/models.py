"""Who was told what: notices in the app, letters on their way, and the slots of the worker's clock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from akcept.kit import ids


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
    # Its reader wants to hear of it once a day.
    awaits_digest = models.BooleanField(default=False)
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
            models.Index(
                fields=["person_id"], condition=Q(awaits_digest=True), name="delivery_notice_awaits"
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
    # The letter about the same document that carries what this one would have said.
    bundle = models.ForeignKey("self", models.SET_NULL, null=True, related_name="bundled")

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


class Preference(models.Model):
    """How a person wants to be told; who never chose has no row."""

    person_id = models.UUIDField(primary_key=True)
    # Only what was chosen: "TASKS.MAIL" -> "DIGEST".
    cells = models.JSONField(default=dict)
    digest_at = models.TimeField()
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    push_amounts = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="delivery_quiet_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"wishes of {self.person_id}"


class Subscription(models.Model):
    """A browser that takes pushes for a person; its address is a secret of theirs."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person_id = models.UUIDField()
    endpoint = models.TextField()
    # Of the address: an index takes no text of any length.
    endpoint_hash = models.CharField(max_length=64, unique=True)
    public_key = models.CharField(max_length=120)
    auth_secret = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person_id"], name="delivery_subscriber")]

    def __str__(self) -> str:
        return f"{self.name} of {self.person_id}"


class ReceivedMail(models.Model):
    """A mail that came in, and what became of it: never its words."""

    id = models.BigAutoField(primary_key=True)
    message_hash = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=254)
    outcome = models.CharField(max_length=12)
    case_id = models.UUIDField(null=True)
    item_id = models.UUIDField(null=True)
    # Why files were not taken, by code.
    problems = models.JSONField(default=list)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.outcome} {self.received_at}"
