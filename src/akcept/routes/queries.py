"""Routes as the rules and the screens of their owners see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from akcept.engine.refusals import NotFound
from akcept.engine.routes import RouteVersion
from akcept.journal import queries as journal
from akcept.journal.queries import StoredEntry
from akcept.kit import sql
from akcept.routes.definitions import compile, parse
from akcept.routes.models import Route, RouteDraft
from akcept.routes.models import RouteVersion as VersionRow

# All as text, so that another room can ask it together with what it asks itself.
HEADS = sql.Question(
    """
SELECT CAST(v.id AS TEXT), r.code, CAST(r.priority AS TEXT), CASE WHEN r.is_default THEN '1' ELSE '' END
  FROM routes_route r JOIN routes_routeversion v ON v.route_id = r.id
 WHERE r.is_active
   AND v.number = (SELECT MAX(n.number) FROM routes_routeversion n WHERE n.route_id = r.id)
""",
    width=4,
)
# Published versions by id, as this process has compiled them.
_known: dict[UUID, RouteVersion] = {}


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


@dataclass(frozen=True, slots=True)
class DraftCard:
    """What a route is to say next; `revision` is what a change of it has to name."""

    version: RouteVersion
    revision: int
    saved_at: datetime
    saved_by: UUID | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One published version in the list of them."""

    id: UUID
    number: int
    published_at: datetime
    published_by: UUID | None


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A route as its owners see it: in use or not, published or not yet, with a draft or without."""

    id: UUID
    code: str
    name_en: str
    name_ru: str
    priority: int
    is_default: bool
    is_active: bool
    live: RouteVersion | None
    draft: DraftCard | None

    @property
    def latest(self) -> RouteVersion:
        """Return what its owners work on: the draft, else what is published."""
        found = self.draft.version if self.draft else self.live
        assert found is not None, "a route has a draft or a version"
        return found


def current() -> tuple[RouteVersion, ...]:
    """Return the latest version of every route in use, by priority, with one query.

    What a version says never changes, so each is read and compiled once in the life of a process: only those not yet
    known cost a second query.
    """
    return of_heads(sql.rows(HEADS.text))


def of_heads(heads: Iterable[tuple[str, str, str, str]]) -> tuple[RouteVersion, ...]:
    """Return the versions that rows of `HEADS` name, by priority."""
    return _compiled(tuple(sorted(heads, key=lambda head: (int(head[2]), head[1]))))


@lru_cache(maxsize=4)
def _compiled(heads: tuple[tuple[str, str, str, str], ...]) -> tuple[RouteVersion, ...]:
    """Return the versions in the order of their heads; as long as nothing is published they are the same."""
    ids = [sql.as_uuid(version) for version, *_ in heads]
    if missing := [version for version in ids if version not in _known]:
        rows = VersionRow.objects.select_related("route").filter(id__in=missing)
        _known.update({row.id: compile(row) for row in rows})
    return tuple(
        replace(_known[version], route=code, priority=int(priority), is_default=bool(is_default))
        for version, (_, code, priority, is_default) in zip(ids, heads, strict=True)
    )


def with_version(version: RouteVersion) -> tuple[RouteVersion, ...]:
    """Return the routes in use as they would be with another version of one of them, with one query."""
    others = (row for row in current() if row.route != version.route)
    return tuple(sorted((*others, version), key=lambda row: (row.priority, row.route)))


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


def route_lines() -> tuple[RouteLine, ...]:
    """Return every route by priority, with three queries."""
    return _lines(Route.objects.all())


def route_line(*, route_id: UUID) -> RouteLine:
    """Return one route as its owners see it; refuses an unknown one."""
    found = _lines(Route.objects.filter(id=route_id))
    if not found:
        raise NotFound
    return found[0]


def versions(*, route_id: UUID) -> tuple[VersionLine, ...]:
    """Return what was published of a route, newest first."""
    rows = VersionRow.objects.filter(route_id=route_id).order_by("-number")
    return tuple(
        VersionLine(row.id, row.number, row.published_at, row.published_by) for row in rows
    )


def history(*, limit: int = 100) -> tuple[StoredEntry, ...]:
    """Return the last changes of routes, newest first."""
    heads = Route.objects.values_list("id", "head_number")
    return tuple(journal.newest(heads=heads, limit=limit))


def _lines(rows: QuerySet[Route]) -> tuple[RouteLine, ...]:
    live = {row.route_id: row for row in _latest().filter(route__in=rows)}
    drafts = {row.route_id: row for row in RouteDraft.objects.filter(route__in=rows)}
    return tuple(_line(row, live.get(row.id), drafts.get(row.id)) for row in rows)


def _line(row: Route, live: VersionRow | None, draft: RouteDraft | None) -> RouteLine:
    return RouteLine(
        id=row.id,
        code=row.code,
        name_en=row.name_en,
        name_ru=row.name_ru,
        priority=row.priority,
        is_default=row.is_default,
        is_active=row.is_active,
        live=compile(live) if live else None,
        draft=_draft(row, draft, live.number if live else 0) if draft else None,
    )


def _draft(row: Route, draft: RouteDraft, last: int) -> DraftCard:
    version = parse(
        draft.definition,
        route=row.code,
        number=last + 1,
        priority=row.priority,
        is_default=row.is_default,
        is_draft=True,
    )
    return DraftCard(version, draft.revision, draft.saved_at, draft.saved_by)


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
