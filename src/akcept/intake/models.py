"""Files that came by themselves and are no document yet: with what letter, from whom, and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from akcept.files.models import Blob
from akcept.journal.models import Chained
from akcept.kit import ids


class Item(Chained):
    """One letter with files; people are known by id alone, as in the journal."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    message_hash = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=254)
    sender_name = models.CharField(max_length=200, blank=True, default="")
    # Whose it is: the colleague who is known to have sent it, or to whom it was given.
    holder_id = models.UUIDField(null=True)
    # False: anybody could have written that address.
    is_verified = models.BooleanField()
    is_automatic = models.BooleanField()
    subject = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField(blank=True, default="")
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="WAITING")
    case_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=1000, blank=True, default="")
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="TAKEN", case_id__isnull=False)
                | (~Q(state="TAKEN") & Q(case_id=None)),
                name="intake_taken_has_its_case",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-id"], condition=Q(state="WAITING"), name="intake_waiting"),
            models.Index(fields=["holder_id", "-id"], name="intake_held"),
            models.Index(fields=["sender", "received_at"], name="intake_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.received_at}"


class ItemFile(models.Model):
    """A file of a letter, or why it was not taken: never both."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, models.PROTECT, related_name="files", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    problem = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "position"], name="intake_file_place"),
            models.CheckConstraint(
                condition=Q(blob=None, problem__gt="") | Q(blob__isnull=False, problem=""),
                name="intake_file_kept_or_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.position}"
