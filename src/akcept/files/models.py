"""Contents of files, known by what they contain, and what has been made out of them."""

from __future__ import annotations

from django.db import models


class Blob(models.Model):
    """The contents of a file; names belong to whoever attaches it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="files_blob_not_empty"),
        ]

    def __str__(self) -> str:
        return self.sha256


class Upload(models.Model):
    """That a person has had these contents in hands: who did not may not attach them by their hash."""

    id = models.BigAutoField(primary_key=True)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="uploads", db_index=False)
    person_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blob", "person_id"], name="files_upload_once"),
        ]

    def __str__(self) -> str:
        return f"{self.blob_id} by {self.person_id}"


class Rendition(models.Model):
    """Something wanted from a blob: the worker claims it by lease and makes it."""

    class Kind(models.TextChoices):
        THUMB = "THUMB"
        TEXT = "TEXT"

    class State(models.TextChoices):
        WANTED = "WANTED"
        DONE = "DONE"
        FAILED = "FAILED"

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="renditions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WANTED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    text = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blob", "kind"], name="files_rendition_once"),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(state="WANTED"),
                name="files_rendition_wanted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.blob_id}"
