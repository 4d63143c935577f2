"""Routes as the rules and the settings screen see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from akcept.engine.refusals import NotFound
from akcept.engine.routes import RouteVersion
from akcept.routes.definitions import compile
from akcept.routes.models import RouteVersion as VersionRow


@dataclass(frozen=True, slots=True)
class RouteCard:
    """A route with what it says now."""

    id: UUID
    code: str
    name_en: str
    name_ru: str
    is_active: bool
    version: RouteVersion
    published_at: datetime
    published_by: UUID | None


def current() -> tuple[RouteVersion, ...]:
    """Return the latest version of every route in use, by priority, with one query."""
    return tuple(compile(row) for row in _latest().filter(route__is_active=True))


def route_card(*, code: str) -> RouteCard:
    """Return one route, with one query; refuses an unknown code."""
    row = _latest().filter(route__code=code).first()
    if row is None:
        raise NotFound
    return _card(row)


def version(*, version_id: UUID) -> RouteVersion:
    """Return a version, however old, with one query; refuses an unknown one."""
    row = VersionRow.objects.select_related("route").filter(id=version_id).first()
    if row is None:
        raise NotFound
    return compile(row)


def _latest() -> QuerySet[VersionRow]:
    last = VersionRow.objects.filter(route=OuterRef("route")).order_by("-number")
    latest = VersionRow.objects.filter(number=Subquery(last.values("number")[:1]))
    return latest.select_related("route").order_by("route__priority", "route__code")


def _card(row: VersionRow) -> RouteCard:
    return RouteCard(
        id=row.route_id,
        code=row.route.code,
        name_en=row.route.name_en,
        name_ru=row.route.name_ru,
        is_active=row.route.is_active,
        version=compile(row),
        published_at=row.published_at,
        published_by=row.published_by,
    )
