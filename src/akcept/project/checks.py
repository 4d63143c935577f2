"""Mistakes of an installation, found by `akcept check` and before every start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

from akcept.journal import triggers
from akcept.journal.models import Entry

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@register(Tags.database)
def database_answers(
    *, app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **_: Any
) -> list[CheckMessage]:
    """Find a database that does not answer, or one that would compare Cyrillic by its bytes."""
    if not databases or "default" not in databases:
        return []
    connection = connections["default"]
    try:
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql":
                return []
            cursor.execute("SELECT current_setting('server_encoding'), lower('Ж') = 'ж'")
            encoding, folds = cursor.fetchone()
    except DatabaseError as error:
        hint = "Is the server running, and is DATABASE_URL right?"
        return [Error(f"The database does not answer: {error}", hint=hint, id="akcept.E001")]
    if encoding == "UTF8" and folds:
        return []
    hint = "Create it with: createdb --encoding UTF8 --locale C.UTF-8 --template template0 akcept"
    return [Error("The database does not know Cyrillic letters.", hint=hint, id="akcept.E002")]


@register(Tags.database)
def journal_refuses_changes(
    *, app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **_: Any
) -> list[CheckMessage]:
    """Find a journal that could be rewritten because its triggers are gone."""
    if not databases or "default" not in databases:
        return []
    try:
        migrated = Entry._meta.db_table in connections["default"].introspection.table_names()
        if not migrated or triggers.triggers_present():
            return []
    except DatabaseError:
        return []  # E001 has said so.
    hint = "Somebody dropped them. Compare an export with the last seals before you go on."
    return [Error("The journal's triggers are missing.", hint=hint, id="akcept.E005")]


@register()
def letters_are_sent(*, app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Warn of an installation with an address of its own whose letters go nowhere."""
    if settings.MAIL_IS_SENT or settings.ALLOWED_HOSTS[0] in LOOPBACK:
        return []
    hint = "Set AKCEPT_MAIL_URL=smtp://user:password@host:587?tls=start"
    return [Warning("Letters are only kept as files.", hint=hint, id="akcept.W003")]


@register(deploy=True)
def address_is_public(*, app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Warn when the links in letters would lead the reader to their own machine."""
    if settings.ALLOWED_HOSTS[0] not in LOOPBACK:
        return []
    hint = "Set AKCEPT_BASE_URL=https://akcept.example.com"
    message = "Links in letters lead to this machine only."
    return [Warning(message, hint=hint, id="akcept.W004")]
