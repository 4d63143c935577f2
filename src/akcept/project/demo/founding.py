"""The company before its first invoice: entities, people, roles, dictionaries, rates, the sequential list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from akcept.company.checks import EntityFields
from akcept.doctypes import services as doctypes
from akcept.engine.refusals import NotFound
from akcept.journal.store import Actor, ActorKind
from akcept.people import services as people
from akcept.people.askers import Asker, asker
from akcept.people.codes import Right
from akcept.people.fields import Absence, Limit, PersonFields
from akcept.project.demo.staff import (
    DEPARTMENTS,
    EUROPE,
    FAR_EAST,
    MOSCOW,
    STAFF,
    VLADIVOSTOK,
    Hire,
)
from akcept.project.demo.timeline import Story
from akcept.routes import services as routes

BY = Actor(ActorKind.SYSTEM, None, "Akcept")
PASSWORD = "akcept-demo"  # noqa: S105  printed on the screen: there is nothing to hide in a demo
DOMAIN = "demo.example"
ABSENTEE, DEPUTY = "vera", "helen"
# The leave is entered a day before it begins.
LEAVE_BEGAN = timedelta(days=4)

ENTITIES = {
    MOSCOW: EntityFields(
        name="ООО «Вельмира»", short_name="Вельмира", country="RU", currency="RUB",
        time_zone="Europe/Moscow", working_calendar="RU", inn="7799012346", kpp="779901001",
    ),
    FAR_EAST: EntityFields(
        name="ООО «Вельмира Восток»", short_name="Вельмира Восток", country="RU", currency="RUB",
        time_zone=VLADIVOSTOK, working_calendar="RU", inn="2599007653", kpp="259901001",
    ),
    EUROPE: EntityFields(
        name="Velmira Europe GmbH", short_name="Velmira Europe", country="DE", currency="EUR",
        time_zone="Europe/Berlin", working_calendar="DE", vat_id="DE812900053",
    ),
}  # fmt: skip
CATEGORIES = {
    "ADVERTISING": "Реклама / Advertising",
    "EVENTS": "Выставки / Trade fairs",
    "IT": "Облака и хостинг / Cloud and hosting",
    "SOFTWARE": "Программы и лицензии / Software",
    "HARDWARE": "Оборудование / Equipment",
    "TELECOM": "Связь / Telecom",
    "OFFICE": "Офисные расходы / Office supplies",
    "FACILITIES": "Уборка и охрана / Facilities",
    "RENT": "Аренда / Rent",
    "HR": "Подбор и медосмотры / Recruiting and health",
    "TRAINING": "Обучение / Training",
    "LOGISTICS": "Перевозки / Transport",
    "MATERIALS": "Материалы / Materials",
    "MAINTENANCE": "Ремонт и ТО / Maintenance",
    "LEGAL": "Юристы и учёт / Legal and accounting",
    "MARKETING_SERVICES": "Переводы / Translation",
}
CENTRES = {
    "MKT": ("Маркетинг / Marketing", "vera"),
    "ITD": ("ИТ / IT", "igor"),
    "ADM": ("Офис / Office", "nina"),
    "WHS": ("Склад / Warehouse", "helen"),
    "FEB": ("Восток / Far East", "timur"),
    "EUR": ("Европа / Europe", "jonas"),
}
PROJECTS = {
    "SPRING": "Осенняя кампания / Autumn campaign",
    "EXPO": "Выставки 2026 / Trade fairs 2026",
    "WMS": "Складская система / Warehouse system",
    "DUBNA": "Склад в Дубне, вторая очередь / Dubna warehouse, phase two",
}
# What a unit cost on the first day, in roubles, and how far it wanders in a week.
RATES = {"EUR": (9480, 90), "USD": (8160, 75), "GBP": (10930, 100)}


@dataclass(frozen=True, slots=True)
class Company:
    """What was founded, by the keys of this package."""

    people: dict[str, UUID]
    askers: dict[str, Asker]
    entities: dict[str, UUID]
    lines: dict[str, UUID]

    def actor(self, key: str) -> Actor:
        """Return somebody as the author of an act."""
        return self.askers[key].actor


def found(*, at: datetime) -> Company:
    """Set the company up as of a moment."""
    settings = {
        "company_name": "Вельмира / Velmira Group",
        "base_currency": "RUB",
        "demo": True,
    }
    people.change_settings(changes=settings, by=BY, at=at)
    entities = {
        key: people.create_entity(entity=fields, by=BY, at=at) for key, fields in ENTITIES.items()
    }
    staff = _hire(at)
    _set_roles(staff, entities, at)
    askers = {key: _asker(person) for key, person in staff.items()}
    company = Company(staff, askers, entities, _dictionaries(staff, at))
    approvers = [staff[key] for key in ("nina", "helen", "gleb")]
    routes.set_list(people=approvers, by=company.actor("admin"), at=at + timedelta(hours=1))
    return company


def rates(company: Company, *, since: datetime) -> Story:
    """Enter the rates of the Central Bank's style once a week."""
    dice, values = Random("rates"), {code: first for code, (first, _) in RATES.items()}
    moment = since + timedelta(hours=2)
    while True:
        yield moment
        lines = ["currency,on,value"]
        for currency, (_first, step) in RATES.items():
            value = values[currency]
            lines.append(f"{currency},{moment.date().isoformat()},{value // 100}.{value % 100:02d}")
            values[currency] += dice.randint(-step, step)
        people.import_rates(
            content="\n".join(lines).encode(), source="DEMO", by=company.actor("admin"), at=moment
        )
        moment += timedelta(days=7)


def acting_for(key: str, *, at: datetime, until: datetime) -> str:
    """Return who decides in somebody's place at a moment of a story that ends at another."""
    return DEPUTY if key == ABSENTEE and at >= until - LEAVE_BEGAN else key


def go_on_leave(company: Company, *, at: datetime) -> None:
    """Let the marketing director be away for two weeks, with the operations director acting."""
    first = at.date() + timedelta(days=1)
    absence = Absence(
        absentee_id=company.people[ABSENTEE],
        deputy_id=company.people[DEPUTY],
        starts_on=first,
        ends_on=first + timedelta(days=15),
        reason="Annual leave",
    )
    people.set_deputy(absence=absence, by=company.actor(ABSENTEE), at=at)


def shorten_list(company: Company, *, at: datetime) -> None:
    """Take the people director out of the sequential list, as administrators do now and then."""
    approvers = [company.people[key] for key in ("helen", "gleb")]
    routes.set_list(people=approvers, by=company.actor("admin"), at=at)


def email_of(key: str) -> str:
    """Return the address somebody of the demo logs in with."""
    return f"{key}@{DOMAIN}"


def _asker(person: UUID) -> Asker:
    found = asker(person_id=person)
    if found is None:
        raise NotFound
    return found


def _hire(at: datetime) -> dict[str, UUID]:
    units: dict[str, UUID] = {}
    for key, (name, above, _head) in DEPARTMENTS.items():
        units[key] = people.save_department(
            department_id=None, name=name, parent_id=units.get(above), head_id=None, by=BY, at=at
        )
    staff: dict[str, UUID] = {}
    for hire in STAFF:
        staff[hire.key] = people.create_person(person=_fields(hire, staff, units), by=BY, at=at)
        if hire.limit:
            limit = Limit(hire.limit * 100, hire.limit_currency)
            people.set_limits(person_id=staff[hire.key], limits=[limit], by=BY, at=at)
    for key, (name, above, head) in DEPARTMENTS.items():
        people.save_department(
            department_id=units[key],
            name=name,
            parent_id=units.get(above),
            head_id=staff[head],
            by=BY,
            at=at,
        )
    peer = {"peer_id": staff["gleb"]}
    people.change_person(person_id=staff["andrey"], changes=peer, by=BY, at=at)
    return staff


def let_in(company: Company, key: str, *, at: datetime) -> None:
    """Give somebody the password of the demo; each takes half a second, so not everybody has one."""
    people.set_password(person_id=company.people[key], password=PASSWORD, by=BY, at=at)


def _fields(hire: Hire, staff: dict[str, UUID], units: dict[str, UUID]) -> PersonFields:
    return PersonFields(
        name=hire.name,
        email=email_of(hire.key),
        position=hire.position,
        department_id=units[hire.department],
        manager_id=staff.get(hire.manager),
        language=hire.language,
        time_zone=hire.zone,
    )


def _set_roles(staff: dict[str, UUID], entities: dict[str, UUID], at: datetime) -> None:
    # Here the accountants and the treasurer pay; the financial director approves and watches.
    people.save_role(
        code="CFO",
        name_en="Financial director",
        name_ru="Финансовый директор",
        may=[Right.SEE_CASES, Right.VERIFY_ACCOUNTS, Right.RECORD_RETURN, Right.EXPORT],
        by=BY,
        at=at,
    )
    for hire in STAFF:
        for role, where in hire.roles:
            people.grant_role(
                person_id=staff[hire.key], role=role, entity_id=entities.get(where), by=BY, at=at
            )


def _dictionaries(staff: dict[str, UUID], at: datetime) -> dict[str, UUID]:
    names = [("CATEGORY", code, name, None) for code, name in CATEGORIES.items()]
    names += [("PROJECT", code, name, None) for code, name in PROJECTS.items()]
    owned = [("COST_CENTRE", code, name, staff[who]) for code, (name, who) in CENTRES.items()]
    return {
        f"{dictionary}:{code}": doctypes.add_line(
            dictionary=dictionary, code=code, name=name, owner_id=owner, by=BY, at=at
        )
        for dictionary, code, name, owner in [*names, *owned]
    }
