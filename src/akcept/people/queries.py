"""People for pickers and pages, as cards; the number of queries never grows with the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from akcept.engine.refusals import NotFound
from akcept.journal import queries as journal
from akcept.journal.queries import StoredEntry
from akcept.kit import text
from akcept.kit.once import once
from akcept.people import deputies
from akcept.people.cards import (
    DepartmentCard,
    ExceptionCard,
    GrantCard,
    PeoplePage,
    PersonCard,
    PersonRow,
    Pick,
    RoleCard,
)
from akcept.people.codes import PersonKind, Theme
from akcept.people.deputies import Deputyship
from akcept.people.duties import RuleCode
from akcept.people.fields import Limit, PersonFields
from akcept.people.models import (
    ApprovalLimit,
    Department,
    Deputy,
    DutyException,
    Person,
    Role,
    RoleGrant,
)

PICKS = 20
PAGE = 50


def directory(
    *, search: str = "", limit: int = PICKS, only_inside: bool = False
) -> tuple[Pick, ...]:
    """Return active people whose name, position or e-mail has all the words, in whatever script or layout."""
    active = Person.objects.filter(is_active=True)
    if only_inside:
        active = active.exclude(kind=PersonKind.EXTERNAL)
    found = _picks(_matching(active, search), limit)
    return found or _picks(_matching(active, text.other_layout(search)), limit)


def picks(*, person_ids: Iterable[UUID]) -> dict[UUID, Pick]:
    """Return those people, active or not, in one query."""
    rows = Person.objects.filter(id__in=list(person_ids))
    return {row.id: _pick(row) for row in rows}


def positions() -> dict[UUID, str]:
    """Return the position of everybody active who has one, in one query."""
    rows = Person.objects.filter(is_active=True).exclude(position="")
    return dict(rows.values_list("id", "position"))


def reports_of(*, person_id: UUID) -> tuple[Pick, ...]:
    """Return the active people who report to somebody, by name, in one query."""
    rows = Person.objects.filter(manager_id=person_id, is_active=True)
    return tuple(_pick(row) for row in rows.order_by("name", "id"))


def people_page(
    *, search: str = "", after: str | None = None, only_active: bool = True
) -> PeoplePage:
    """Return the next people by name, in at most three queries."""
    rows = _matching(Person.objects.select_related("department", "manager"), search)
    if only_active:
        rows = rows.filter(is_active=True)
    if after is not None:
        rows = rows.filter(_beyond(after))
    page = list(rows.order_by("name", "id")[: PAGE + 1])
    roles: defaultdict[UUID, list[str]] = defaultdict(list)
    held = RoleGrant.objects.filter(person__in=page[:PAGE], revoked_at=None)
    for person_id, code in held.order_by("role__code").values_list("person_id", "role__code"):
        roles[person_id].append(code)
    return PeoplePage(
        people=tuple(_row(row, tuple(dict.fromkeys(roles[row.id]))) for row in page[:PAGE]),
        after=f"{page[PAGE - 1].id}" if len(page) > PAGE else None,
    )


def person_card(*, person_id: UUID) -> PersonCard:
    """Return everything about one person, in five queries; NotFound if there is none."""
    row = (
        Person.objects.select_related("department", "manager", "peer").filter(id=person_id).first()
    )
    if row is None:
        raise NotFound
    running = _deputyships(person_id)
    return PersonCard(
        id=row.id,
        fields=_fields(row),
        short_name=row.short_name,
        department=row.department.name if row.department else "",
        manager=row.manager.name if row.manager else "",
        peer=row.peer.name if row.peer else "",
        undo_seconds=row.undo_seconds,
        single_keys=row.single_keys,
        theme=Theme(row.theme),
        has_seen_hints=bool(row.hints_seen),
        has_login=row.has_usable_password(),
        has_feed=row.feed_token_hash is not None,
        is_active=row.is_active,
        last_login=row.last_login,
        grants=_grants(person_id),
        limits=_limits(person_id),
        deputies=tuple(one for one in running if one.absentee_id == person_id),
        acts_for=tuple(one for one in running if one.deputy_id == person_id),
        exceptions=_exceptions(person_id),
    )


@once
def departments() -> tuple[DepartmentCard, ...]:
    """Return all departments by name, in one query."""
    rows = Department.objects.select_related("head").order_by("name", "id")
    return tuple(
        DepartmentCard(
            row.id, row.name, row.parent_id, row.head_id, row.head.name if row.head else ""
        )
        for row in rows
    )


@once
def roles() -> tuple[RoleCard, ...]:
    """Return all roles."""
    return tuple(
        RoleCard(row.id, row.code, row.name_en, row.name_ru, frozenset(row.rights))
        for row in Role.objects.order_by("code")
    )


def holders_by_role() -> dict[str, tuple[Pick, ...]]:
    """Return who holds each role, by its code, in one query."""
    held = RoleGrant.objects.filter(revoked_at=None, person__is_active=True)
    found: defaultdict[str, dict[UUID, Pick]] = defaultdict(dict)
    for grant in held.select_related("role", "person").order_by("person__name", "person"):
        found[grant.role.code][grant.person_id] = _pick(grant.person)
    return {code: tuple(holders.values()) for code, holders in found.items()}


def history(*, person_id: UUID, limit: int = 30) -> tuple[StoredEntry, ...]:
    """Return the last entries of a person's own record, newest first, in two queries."""
    heads = Person.objects.filter(id=person_id).values_list("id", "head_number")
    return tuple(journal.newest(heads=list(heads), limit=limit))


def _matching(rows: QuerySet[Person], search: str) -> QuerySet[Person]:
    for word in text.fold(search).split():
        latin = text.transliterate(word)
        rows = rows.filter(Q(search_text__contains=word) | Q(search_text__contains=latin))
    return rows


def _beyond(after: str) -> Q:
    try:
        last = Person.objects.filter(id=UUID(after)).first()
    except ValueError:
        last = None
    if last is None:
        raise NotFound
    return Q(name__gt=last.name) | Q(name=last.name, id__gt=last.id)


def _picks(rows: QuerySet[Person], limit: int) -> tuple[Pick, ...]:
    return tuple(_pick(row) for row in rows.order_by("name", "id")[:limit])


def _pick(row: Person) -> Pick:
    return Pick(row.id, row.name, row.short_name, row.position)


def _row(row: Person, roles: tuple[str, ...]) -> PersonRow:
    return PersonRow(
        id=row.id,
        name=row.name,
        position=row.position,
        email=row.email,
        department=row.department.name if row.department else "",
        manager=row.manager.name if row.manager else "",
        roles=roles,
        is_active=row.is_active,
        is_outside=row.kind == PersonKind.EXTERNAL,
    )


def _fields(row: Person) -> PersonFields:
    return PersonFields(
        name=row.name,
        email=row.email,
        kind=PersonKind(row.kind),
        position=row.position,
        department_id=row.department_id,
        manager_id=row.manager_id,
        peer_id=row.peer_id,
        language=row.language,
        time_zone=row.time_zone,
        working_calendar=row.working_calendar,
    )


def _grants(person_id: UUID) -> tuple[GrantCard, ...]:
    rows = RoleGrant.objects.select_related("role", "entity", "department").filter(
        person_id=person_id, revoked_at=None
    )
    return tuple(
        GrantCard(
            id=row.id,
            role=row.role.code,
            name_en=row.role.name_en,
            name_ru=row.role.name_ru,
            entity_id=row.entity_id,
            entity=row.entity.short_name if row.entity else None,
            department_id=row.department_id,
            department=row.department.name if row.department else None,
        )
        for row in rows.order_by("role__code", "id")
    )


def _limits(person_id: UUID) -> tuple[Limit, ...]:
    rows = ApprovalLimit.objects.filter(person_id=person_id).order_by("doctype", "currency")
    return tuple(Limit(row.amount_minor, row.currency, row.doctype) for row in rows)


def _deputyships(person_id: UUID) -> tuple[Deputyship, ...]:
    rows = Deputy.objects.select_related("absentee", "deputy").filter(
        Q(absentee_id=person_id) | Q(deputy_id=person_id), cancelled_at=None
    )
    return tuple(deputies.card(row) for row in rows.order_by("-starts_on", "position", "-id"))


def _exceptions(person_id: UUID) -> tuple[ExceptionCard, ...]:
    rows = DutyException.objects.select_related("entity", "approved_by").filter(
        person_id=person_id, cancelled_at=None
    )
    return tuple(exception_card(row) for row in rows.order_by("-starts_on", "-id"))


def exception_card(row: DutyException) -> ExceptionCard:
    """Return a row as a frozen value; payer and approver are loaded with it."""
    return ExceptionCard(
        id=row.id,
        rule=RuleCode(row.rule),
        entity_id=row.entity_id,
        entity=row.entity.short_name if row.entity else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        reason=row.reason,
        approved_by=row.approved_by.name if row.approved_by else "",
    )
