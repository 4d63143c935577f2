"""A route with everything in it: two versions and a draft, to be tried, replayed on past invoices and compared.

It comes when the story is over, so that no invoice of the story takes it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from akcept.cases import confirming
from akcept.people import services as people
from akcept.people.codes import PersonKind
from akcept.people.fields import PersonFields
from akcept.people.proposals import Waiting
from akcept.project.demo.founding import DOMAIN, Company
from akcept.routes import services as routes
from akcept.routes.definitions import Definition

BACK, LATER = timedelta(minutes=20), timedelta(minutes=5)
MILLION = 100_000_000
LAWYER = PersonFields(
    name="Орлова Ксения Марковна",
    email=f"orlova@advokat.{DOMAIN}",
    kind=PersonKind.EXTERNAL,
    position="Адвокат / Outside counsel",
    language="ru",
    time_zone="Europe/Moscow",
)
Rows = list[dict[str, object]]


def begin(company: Company, *, until: datetime) -> None:
    """Let the financial director build a route for large purchases, change it, and think about a third version.

    It asks its author, so an administrator confirms each version.
    """
    at, owner = until - BACK, company.actor("gleb")
    lawyer = people.add_guest(person=LAWYER, by=owner, at=at)
    head, board, top = _head(), _board(company, needed=2), _top(company)
    route_id = routes.create_route(
        name_en="Large purchases",
        name_ru="Крупные закупки",
        definition=_said(2 * MILLION, [head, board]),
        by=owner,
        at=at,
    )
    _publish(company, route_id, 1, at)
    better = _said(MILLION, [head, board, _counsel(lawyer), top])
    seen = routes.save_draft(route_id=route_id, definition=better, seen=0, by=owner, at=at + LATER)
    _publish(company, route_id, seen, at + LATER)
    stricter = _said(MILLION, [head, _board(company, needed=3), _counsel(lawyer), top])
    routes.save_draft(route_id=route_id, definition=stricter, seen=0, by=owner, at=at + 2 * LATER)


def _publish(company: Company, route_id: UUID, seen: int, at: datetime) -> None:
    asked = routes.publish_route(route_id=route_id, seen=seen, by=company.actor("gleb"), at=at)
    if isinstance(asked, Waiting):
        confirming.confirm(change_id=asked.id, by=company.actor("admin"), at=at)


def _said(least: int, stages: Rows) -> Definition:
    return {
        "conditions": [
            {"field": "doctype", "op": "IN", "values": ["INVOICE", "PAYMENT_REQUEST"]},
            {"field": "amount", "op": "AT_LEAST", "values": [least]},
        ],
        "stages": stages,
    }


def _head() -> dict[str, object]:
    return {
        "code": "HEAD",
        "name_en": "Line manager",
        "name_ru": "Руководитель",
        "who": "HIERARCHY",
        "reach": "LEVELS",
        "levels": 1,
        "hours": 8,
        "at_deadline": "ESCALATE",
    }


def _board(company: Company, *, needed: int) -> dict[str, object]:
    members = ("gleb", "helen", "nina", "igor")
    return {
        "code": "BOARD",
        "name_en": "Purchasing board",
        "name_ru": "Закупочная комиссия",
        "who": "NAMED",
        "people": [str(company.people[key]) for key in members],
        "how": "N_OF_M",
        "needed": needed,
        "hours": 16,
        "at_deadline": "DEPUTY",
        "on_return": "COLLECT",
    }


def _counsel(lawyer: UUID) -> dict[str, object]:
    return {
        "code": "COUNSEL",
        "name_en": "Outside counsel",
        "name_ru": "Внешний юрист",
        "who": "NAMED",
        "people": [str(lawyer)],
        "conditions": [
            {"field": "contract", "op": "MISSING"},
            {"field": "new_counterparty", "op": "IS_SET"},
        ],
        "needs_remark": True,
        "vouches_for": ["counterparty", "contract"],
    }


def _top(company: Company) -> dict[str, object]:
    return {
        "code": "TOP",
        "name_en": "General director",
        "name_ru": "Генеральный директор",
        "who": "NAMED",
        "people": [str(company.people["andrey"])],
        "conditions": [{"field": "amount", "op": "AT_LEAST", "values": [5 * MILLION]}],
        "hours": 24,
        "at_deadline": "REMIND",
    }
