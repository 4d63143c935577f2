"""Two payer entities, and somebody hired."""

from __future__ import annotations

from collections.abc import Callable

from akcept.company.checks import EntityFields
from akcept.people.models import Person

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
