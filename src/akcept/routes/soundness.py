"""Lint with the company as it is now."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.engine.routes import ApprovalType, RouteVersion
from akcept.people import org
from akcept.people.codes import Right
from akcept.people.limits import InBase
from akcept.people.models import RoleGrant
from akcept.routes import queries
from akcept.routes.lint import Company, Holder, Problem, lint
from akcept.routes.queries import RouteLine


def check(*, route: RouteLine, version: RouteVersion, at: datetime) -> tuple[Problem, ...]:
    """Return what is wrong with what a route says or is to say, among the routes in use."""
    others = tuple(row for row in queries.current() if row.route != route.code)
    return lint(version, others, surroundings(at=at))


def surroundings(*, at: datetime) -> Company:
    """Return what routes meet with in the company now."""
    entities = company.entities()
    types = doctypes.type_cards()
    owners = (row.owner_id for row in doctypes.dictionary(name="COST_CENTRE"))
    base = company.settings_of().base_currency
    return Company(
        org=InBase(base, at.date()).chart(org.snapshot()),
        holders=_holders(at),
        entities=tuple(str(row.id) for row in entities),
        owners=tuple(str(owner) if owner else None for owner in owners),
        fields=frozenset(field.code for card in types for field in card.fields),
        domains={
            "approval_type": tuple(ApprovalType),
            "doctype": tuple(card.code for card in types),
            "entity": tuple(str(row.id) for row in entities),
        },
    )


def _holders(at: datetime) -> tuple[Holder, ...]:
    running = Q(revoked_at=None) | Q(revoked_at__gt=at)
    rows = RoleGrant.objects.filter(running, granted_at__lte=at, person__is_active=True)
    told = rows.order_by("id").values_list("role__code", "person_id", "role__rights", "entity_id")
    return tuple(
        Holder(role, str(person), Right.PAY in rights, _text(entity))
        for role, person, rights, entity in told
    )


def _text(found: object) -> str | None:
    return None if found is None else str(found)
