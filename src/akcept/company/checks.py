"""What a payer entity must look like before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time

from akcept.company import calendars
from akcept.engine import requisites
from akcept.engine.calendars import AdjustRule, PostponeDays
from akcept.engine.refusals import InvalidInput
from akcept.kit import codes, text

TEXTS = {"name": 300, "short_name": 60, "inn": 12, "kpp": 9, "vat_id": 20}
REQUIRED = ("name", "short_name")


@dataclass(frozen=True, slots=True)
class EntityFields:
    """Everything that can be said about a payer entity."""

    name: str
    short_name: str
    country: str
    currency: str
    time_zone: str
    working_calendar: str
    inn: str = ""
    kpp: str = ""
    vat_id: str = ""
    postpone_at: time = time(11)
    postpone_days: PostponeDays = PostponeDays.WORKING
    adjust_rule: AdjustRule = AdjustRule.FOLLOWING
    is_active: bool = True


def checked_entity(fields: EntityFields) -> EntityFields:
    """Return the fields cleaned; InvalidInput names every field that cannot be accepted."""
    cleaned: dict[str, str] = {}
    errors: dict[str, str] = {}
    for name, length in TEXTS.items():
        try:
            cleaned[name] = text.clean_text(getattr(fields, name), max_length=length)
        except ValueError as error:
            errors[name] = str(error)
    errors |= {name: "REQUIRED" for name in REQUIRED if cleaned.get(name) == ""}
    errors |= _unknown_codes(fields)
    errors |= _wrong_numbers(fields.country, cleaned)
    if errors:
        raise InvalidInput(errors)
    return replace(fields, **cleaned)  # type: ignore[arg-type]


def _unknown_codes(fields: EntityFields) -> dict[str, str]:
    known = {
        "country": ("UNKNOWN_COUNTRY", fields.country in codes.countries()),
        "currency": ("UNKNOWN_CURRENCY", fields.currency in codes.currencies()),
        "time_zone": ("UNKNOWN_TIME_ZONE", fields.time_zone in codes.time_zones()),
        "working_calendar": ("UNKNOWN_CALENDAR", calendars.is_known(fields.working_calendar)),
    }
    return {name: code for name, (code, is_known) in known.items() if not is_known}


def _wrong_numbers(country: str, cleaned: Mapping[str, str]) -> dict[str, str]:
    inn, kpp, vat_id = (cleaned.get(name, "") for name in ("inn", "kpp", "vat_id"))
    problems: dict[str, requisites.Problem | None] = {}
    if country == "RU" and inn:
        problems["inn"] = requisites.inn_problem(inn)
    if country == "RU" and kpp:
        problems["kpp"] = requisites.kpp_problem(kpp, inn=inn)
    # The European formats say nothing about the rest of the world.
    if vat_id.startswith(country):
        problems["vat_id"] = requisites.vat_id_problem(vat_id)
    return {name: problem.value for name, problem in problems.items() if problem}
