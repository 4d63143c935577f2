"""The names of everything that routes refer to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.engine.routes import ApprovalType, Condition, RouteVersion
from akcept.parties import queries as parties
from akcept.people import queries as people
from akcept.routes.queries import RouteLine
from akcept.web.forms.route_fields import DICTIONARIES, own_options, own_parties
from akcept.web.present.sheets import uuid_of
from akcept.wording import approvals, documents
from akcept.wording import routes as wording


def names_of(versions: Iterable[RouteVersion], routes: Iterable[RouteLine] = ()) -> dict[str, str]:
    """Return the name of everything that versions refer to, with a constant number of queries."""
    known = list(versions)
    conditions = [row for one in known for row in _conditions(one)]
    persons = {
        person for one in known for stage in one.stages for person in (*stage.people, *stage.pool)
    }
    named = {row.code: wording.name(row) for row in routes}
    return named | condition_names(conditions) | people_names(persons)


def condition_names(conditions: Sequence[Condition]) -> dict[str, str]:
    """Return the name of everything that conditions refer to, and of every role."""
    named = {row.code: wording.name(row) for row in people.roles()}
    named |= {str(row.id): row.name for row in people.departments()}
    named |= {str(row.id): row.fields.short_name for row in company.entities(only_active=False)}
    named |= {card.code: documents.name(card) for card in doctypes.type_cards()}
    named |= {kind.value: approvals.words(kind) for kind in ApprovalType}
    for code, dictionary in DICTIONARIES.items():
        if ids := _values(conditions, code):
            found = doctypes.lines(name=dictionary, ids=ids)
            named |= {str(key): row.name for key, row in found.items()}
    for code, options in own_options(with_retired=True).items():
        named |= {wording.option_key(code, one): label for one, label in options.items()}
    codes = {"counterparty", *own_parties()} & {row.field for row in conditions}
    return named | party_names(str(key) for code in codes for key in _values(conditions, code))


def people_names(persons: Iterable[str]) -> dict[str, str]:
    """Return the names of people by id."""
    wanted = [found for person in persons if (found := uuid_of(person))]
    return {str(key): row.name for key, row in people.picks(person_ids=wanted).items()}


def party_names(ids: Iterable[str]) -> dict[str, str]:
    """Return the names of counterparties by id."""
    wanted = {found for one in ids if (found := uuid_of(one))}
    if not wanted:
        return {}
    return {str(key): row.name for key, row in parties.lines(ids=wanted).items()}


def _conditions(version: RouteVersion) -> list[Condition]:
    return [*version.conditions, *(row for stage in version.stages for row in stage.conditions)]


def _values(conditions: Iterable[Condition], code: str) -> set[UUID]:
    values = (value for row in conditions if row.field == code for value in row.values)
    return {found for value in values if (found := uuid_of(str(value)))}
