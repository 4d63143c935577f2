"""What the tests of people share: a moment, the system as an author, and two payer entities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from akcept.company.checks import EntityFields
from akcept.journal.store import Actor, ActorKind
from akcept.people.models import Person

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
SYSTEM = Actor(ActorKind.SYSTEM, None, "Akcept")
ALPHA = EntityFields(
    name="ООО «Альфа»",
    short_name="Альфа",
    country="RU",
    currency="RUB",
    time_zone="Europe/Moscow",
    working_calendar="RU",
)
BETA = EntityFields(
    name="Beta GmbH",
    short_name="Beta",
    country="DE",
    currency="EUR",
    time_zone="Europe/Berlin",
    working_calendar="DE",
)
Hire = Callable[..., Person]
