"""The append-only record."""

from __future__ import annotations

from django.db import models


class Chained(models.Model):
    """A row whose history is a hash chain of journal entries; it holds the head of its chain."""

    head_number = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        abstract = True
