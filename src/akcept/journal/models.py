"""The append-only record: entries, their private values, the outbox mark and the daily seals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

LONGEST_KEY = 200


class Chained(models.Model):
    """A row whose history is a hash chain of journal entries; it holds the head of its chain."""

    head_number = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        abstract = True


class Entry(models.Model):
    """One line of the journal; `body` is the truth, the other columns are copies to search by."""

    id = models.BigAutoField(primary_key=True)
    chain = models.CharField(max_length=20)
    chain_id = models.UUIDField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    key = models.CharField(max_length=LONGEST_KEY, null=True)  # noqa: DJ001  no key is not an empty key
    request_hash = models.CharField(max_length=64, null=True)  # noqa: DJ001
    body = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain_id", "number"], name="journal_entry_place"),
            models.UniqueConstraint(
                fields=["actor_id", "key"],
                condition=models.Q(key__isnull=False),
                name="journal_entry_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.chain_id} {self.number} {self.kind}"


class PrivateValue(models.Model):
    """A value whose salted digest stands in an entry; no value means removed under a rule."""

    id = models.BigAutoField(primary_key=True)
    chain_id = models.UUIDField()
    number = models.PositiveIntegerField()
    path = models.TextField()
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001
    value = models.TextField(null=True)  # noqa: DJ001
    removed_under = models.CharField(max_length=60, null=True)  # noqa: DJ001

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["chain_id", "number", "path"], name="journal_private_place"
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, salt__isnull=False, removed_under=None)
                | models.Q(value=None, salt=None, removed_under__isnull=False),
                name="journal_private_kept_or_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.number} {self.path}"


class Dispatch(models.Model):
    """The outbox mark of one append: what delivery still has to tell, what a seal still has to cover."""

    id = models.BigAutoField(primary_key=True)
    chain_id = models.UUIDField()
    first_number = models.PositiveIntegerField()
    last_number = models.PositiveIntegerField()
    not_before = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    is_sealed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["chain_id", "first_number"], name="journal_dispatch_place"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["not_before", "id"],
                condition=models.Q(done_at__isnull=True),
                name="journal_dispatch_pending",
            ),
            models.Index(
                fields=["chain_id", "last_number"],
                condition=models.Q(is_sealed=False),
                name="journal_dispatch_unsealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.first_number}-{self.last_number}"


class SealBook(Chained):
    """The one row that holds the head of the chain of seals."""

    id = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.head_number} seals"


class Seal(models.Model):
    """One day's seal; `number` and `hash` are those of its entry in the chain of seals."""

    number = models.PositiveIntegerField(primary_key=True)
    day = models.DateField(unique=True)
    heads = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day} {self.number} {self.hash}"


class SealedHead(models.Model):
    """A head that a seal covers; an entry is the head of its chain in one seal at most."""

    id = models.BigAutoField(primary_key=True)
    seal = models.PositiveIntegerField()
    chain_id = models.UUIDField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain_id", "number"], name="journal_sealedhead_place"),
            models.UniqueConstraint(fields=["seal", "chain_id"], name="journal_sealedhead_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seal} {self.chain_id} {self.number}"
