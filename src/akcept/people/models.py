"""Everybody Akcept knows."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from akcept.journal.models import Chained
from akcept.kit import ids


class Person(AbstractBaseUser, Chained):
    """A human being: with or without a log-in, inside or outside of the company."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=200)

    USERNAME_FIELD = "email"
