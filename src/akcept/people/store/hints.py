"""The only writer of what a newcomer has been told; nobody's record is made of it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from akcept.people.codes import Hint
from akcept.people.store import chain


@transaction.atomic
def dismiss(*, person_id: UUID, hint: Hint) -> None:
    """Not show a hint to this person again."""
    row = chain.locked(person_id)
    row.hints_seen = sorted({*row.hints_seen, hint.value})
    row.save(update_fields=["hints_seen"])


@transaction.atomic
def dismiss_all(*, person_id: UUID) -> None:
    """Show this person no hint any more."""
    row = chain.locked(person_id)
    row.hints_seen = sorted(Hint)
    row.save(update_fields=["hints_seen"])


@transaction.atomic
def show_again(*, person_id: UUID) -> None:
    """Begin anew with this person."""
    row = chain.locked(person_id)
    row.hints_seen = []
    row.save(update_fields=["hints_seen"])
