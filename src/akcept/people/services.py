"""What people may do about people and about what the company has set up, with who may do it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from uuid import UUID

from akcept.company import imports, queries
from akcept.company import store as company
from akcept.company.checks import EntityFields
from akcept.company.imports import ImportResult
from akcept.company.vat import VatFields
from akcept.engine.calendars import DayKind
from akcept.engine.refusals import NotAllowed, NotFound
from akcept.journal.store import Actor, ActorKind
from akcept.people import access, fields, standing
from akcept.people.codes import Hint, PersonKind, Right, TokenScope
from akcept.people.fields import Absence, Limit, Permit, PersonFields
from akcept.people.models import Deputy, Role
from akcept.people.proposals import Change, Waiting, propose
from akcept.people.store import departments, deputies, exceptions, hints, keys, persons, roles

# A key made without its owner at hand reads and prepares, no more.
UNATTENDED = frozenset({TokenScope.READ, TokenScope.DRAFT})


def _administer(by: Actor, at: datetime) -> None:
    access.require(right=Right.ADMINISTER, by=by, at=at)


def create_person(*, person: PersonFields, by: Actor, at: datetime) -> UUID:
    """Add a person without a log-in."""
    _administer(by, at)
    return persons.create(person=person, by=by, at=at)


def add_guest(*, person: PersonFields, by: Actor, at: datetime) -> UUID:
    """Add somebody from outside, who has no log-in and no rights; everybody of the company may."""
    if person.kind is not PersonKind.EXTERNAL:
        raise NotAllowed
    return persons.create(person=person, by=by, at=at)


def change_person(
    *, person_id: UUID, changes: Mapping[str, object], by: Actor, at: datetime
) -> None:
    """Change fields of a person: administrators all of them, people their own profile."""
    if by.id != person_id or not changes.keys() <= fields.PROFILE:
        _administer(by, at)
    persons.change(person_id=person_id, changes=changes, by=by, at=at)


def dismiss_hints(*, person_id: UUID, hint: Hint | None) -> None:
    """Not tell a person again what one hint says, or (None) what any says; whoever asks does so about themselves."""
    if hint is None:
        hints.dismiss_all(person_id=person_id)
    else:
        hints.dismiss(person_id=person_id, hint=hint)


def show_hints(*, person_id: UUID) -> None:
    """Show a person all hints again."""
    hints.show_again(person_id=person_id)


def reactivate_person(*, person_id: UUID, by: Actor, at: datetime) -> None:
    """Let somebody in again; letting somebody go also re-homes what they hold and is done with the cases."""
    _administer(by, at)
    persons.set_active(person_id=person_id, is_active=True, by=by, at=at)


def set_password(*, person_id: UUID, password: str, by: Actor, at: datetime) -> None:
    """Let a person log in with a new password; an administrator may, and everybody for themselves."""
    if by.id != person_id:
        _administer(by, at)
    persons.set_password(person_id=person_id, password=password, by=by, at=at)


def make_feed_token(*, person_id: UUID, by: Actor, at: datetime) -> str:
    """Return the secret of a new calendar feed address; for oneself only."""
    if by.id != person_id:
        raise NotAllowed
    return persons.make_feed_token(person_id=person_id, by=by, at=at)


def save_department(
    *,
    department_id: UUID | None,
    name: str,
    parent_id: UUID | None,
    head_id: UUID | None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Add a department (no id) or change one."""
    _administer(by, at)
    return departments.save(
        department_id=department_id,
        name=name,
        parent_id=parent_id,
        head_id=head_id,
        by=by,
        at=at,
    )


def grant_role(
    *,
    person_id: UUID,
    role: str,
    by: Actor,
    at: datetime,
    entity_id: UUID | None = None,
    department_id: UUID | None = None,
) -> UUID | Waiting:
    """Give somebody a role by its code, for one payer entity or all; to oneself it waits for a second person."""
    _administer(by, at)
    where = {"entity_id": entity_id, "department_id": department_id}
    act = partial(roles.grant, person_id=person_id, role=role, **where, by=by, at=at)
    if by.id != person_id:
        return act()
    given = {"person_id": person_id, "role": role, **where}
    return propose(command=Change.GRANT_ROLE, arguments=given, rehearse=act, by=by, at=at)


def revoke_role(*, grant_id: UUID, by: Actor, at: datetime) -> None:
    """Take a role back, one's own too; refuses to leave nobody who administers."""
    _administer(by, at)
    roles.revoke(grant_id=grant_id, by=by, at=at)


def add_role(
    *, code: str, name_en: str, name_ru: str, may: Collection[Right], by: Actor, at: datetime
) -> None:
    """Add a role that nobody holds yet; refuses a code that another has."""
    _administer(by, at)
    roles.add_role(code=code, name_en=name_en, name_ru=name_ru, may=may, by=by, at=at)


def save_role(
    *, code: str, name_en: str, name_ru: str, may: Collection[Right], by: Actor, at: datetime
) -> Waiting | None:
    """Add a role or change one; to widen one that one holds oneself waits for a second person."""
    _administer(by, at)
    names = {"name_en": name_en, "name_ru": name_ru}
    act = partial(roles.save_role, code=code, **names, may=may, by=by, at=at)
    known = Role.objects.filter(code=code).first()
    added = set(may) - set(known.rights if known else ())
    if by.id and added:
        own = {grant.role for grant in standing.rights_of(person_id=by.id, at=at).grants}
        if code in own:
            given = {"code": code, **names, "may": sorted(right.value for right in may)}
            return propose(command=Change.SAVE_ROLE, arguments=given, rehearse=act, by=by, at=at)
    act()
    return None


def set_limits(
    *, person_id: UUID, limits: Sequence[Limit], by: Actor, at: datetime
) -> Waiting | None:
    """Replace the limits of somebody; one's own wait for a second person."""
    _administer(by, at)
    act = partial(roles.set_limits, person_id=person_id, limits=limits, by=by, at=at)
    if by.id != person_id:
        act()
        return None
    given = {"person_id": person_id, "limits": [asdict(limit) for limit in limits]}
    return propose(command=Change.SET_LIMITS, arguments=given, rehearse=act, by=by, at=at)


def set_deputy(*, absence: Absence, by: Actor, at: datetime) -> UUID | Waiting:
    """Say who acts while somebody is away: the absentee does, or an administrator.

    A limit higher than the deputy's own is granted by an administrator alone; an administrator who would be the
    deputy waits for a second person.
    """
    if by.id != absence.absentee_id or absence.limit is not None:
        _administer(by, at)
    act = partial(deputies.set_deputy, absence=absence, by=by, at=at)
    if by.id is None or by.id != absence.deputy_id:
        return act()
    given = asdict(absence)
    return propose(command=Change.SET_DEPUTY, arguments=given, rehearse=act, by=by, at=at)


def cancel_deputy(*, deputyship_id: UUID, by: Actor, at: datetime) -> None:
    """End a deputyship: the absentee, the deputy or an administrator."""
    row = Deputy.objects.filter(id=deputyship_id).first()
    if row is None:
        raise NotFound
    if by.id not in (row.absentee_id, row.deputy_id):
        _administer(by, at)
    deputies.cancel_deputy(deputyship_id=deputyship_id, by=by, at=at)


def allow_exception(*, permit: Permit, by: Actor, at: datetime) -> UUID | Waiting:
    """Except somebody from a rule about duties for some days; oneself waits for a second person."""
    _administer(by, at)
    act = partial(exceptions.allow, permit=permit, by=by, at=at)
    if by.id != permit.person_id:
        return act()
    given = asdict(permit)
    return propose(command=Change.ALLOW_EXCEPTION, arguments=given, rehearse=act, by=by, at=at)


def end_exception(*, exception_id: UUID, by: Actor, at: datetime) -> None:
    """End such an exception."""
    _administer(by, at)
    exceptions.end(exception_id=exception_id, by=by, at=at)


def make_token(
    *,
    person_id: UUID,
    name: str,
    scopes: Collection[TokenScope],
    by: Actor,
    at: datetime,
    expires_at: datetime | None = None,
) -> tuple[UUID, str]:
    """Make an API key and return its id and its secret, shown this once.

    Its owner grants any scope (the door asks for the password first). The console grants reading
    and drafts, everything only in the demo company.
    """
    if by.kind != ActorKind.SYSTEM and by.id != person_id:
        raise NotAllowed
    attended = by.id == person_id or queries.settings_of().demo
    if not attended and not set(scopes) <= UNATTENDED:
        raise NotAllowed
    return keys.make(
        person_id=person_id, name=name, scopes=scopes, expires_at=expires_at, by=by, at=at
    )


def revoke_token(*, token_id: UUID, person_id: UUID, by: Actor, at: datetime) -> None:
    """Stop an API key: its owner or an administrator."""
    if by.id != person_id:
        _administer(by, at)
    keys.revoke(token_id=token_id, person_id=person_id, by=by, at=at)


def note_token_use(*, token_id: UUID, at: datetime) -> None:
    """Remember that a key was used."""
    keys.note_use(token_id=token_id, at=at)


def create_entity(*, entity: EntityFields, by: Actor, at: datetime) -> UUID:
    """Add a payer entity."""
    _administer(by, at)
    return company.create_entity(fields=entity, by=by, at=at)


def change_entity(*, entity_id: UUID, entity: EntityFields, by: Actor, at: datetime) -> None:
    """Change a payer entity."""
    _administer(by, at)
    company.change_entity(entity_id=entity_id, fields=entity, by=by, at=at)


def change_settings(*, changes: Mapping[str, object], by: Actor, at: datetime) -> None:
    """Change settings of the company."""
    _administer(by, at)
    company.change_settings(changes=changes, by=by, at=at)


def set_day(
    *, calendar: str, day: date, kind: DayKind | None, name: str, by: Actor, at: datetime
) -> None:
    """Override one day of a working calendar, or take the override back."""
    _administer(by, at)
    company.set_days(calendar=calendar, days={day: (kind, name)}, by=by, at=at)


def import_days(*, calendar: str, content: bytes, by: Actor, at: datetime) -> ImportResult:
    """Override days of a working calendar from a CSV table."""
    _administer(by, at)
    return imports.import_days(calendar=calendar, content=content, by=by, at=at)


def set_rate(*, currency: str, on: date, value: str, by: Actor, at: datetime) -> None:
    """Enter or correct one exchange rate as typed."""
    _administer(by, at)
    rate = imports.typed_rate(currency=currency, on=on, value=value)
    company.set_rates(rates=[rate], by=by, at=at)


def import_rates(*, content: bytes, source: str, by: Actor, at: datetime) -> ImportResult:
    """Enter exchange rates from a CSV table."""
    _administer(by, at)
    return imports.import_rates(content=content, source=source, by=by, at=at)


def add_vat_rate(*, rate: VatFields, by: Actor, at: datetime) -> None:
    """Offer one more VAT rate."""
    _administer(by, at)
    company.add_vat_rate(rate=rate, by=by, at=at)


def offer_vat_rate(*, code: str, is_offered: bool, by: Actor, at: datetime) -> None:
    """Retire a VAT rate, or bring it back."""
    _administer(by, at)
    company.offer_vat_rate(code=code, is_offered=is_offered, by=by, at=at)
