"""What doors may ask of this room.

What would be to the author's own advantage waits for a second person (`guarding`, ADR 13); `is_second` is for who
confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from akcept.engine.refusals import InvalidInput, RouteUnsound, StaleRevision
from akcept.engine.routes import ApprovalType, Who
from akcept.journal import repeats
from akcept.journal.store import Actor
from akcept.kit import text
from akcept.people.access import require
from akcept.people.codes import Right
from akcept.people.proposals import Waiting
from akcept.routes import definitions, guarding, queries, soundness, store
from akcept.routes.access import require_owner
from akcept.routes.definitions import Definition
from akcept.routes.guarding import Guarded, made_or_kept
from akcept.routes.models import Route

MOST_PEOPLE = 50
LONGEST_NAME = 200
LONGEST_CODE = 32
EMPTY: Definition = {"conditions": [], "stages": []}


def set_list(
    *, people: Sequence[UUID], by: Actor, at: datetime, is_second: bool = False
) -> UUID | Waiting:
    """Name the people of the sequential route, in their order, and return the version published.

    Running rounds keep the people they started with. Refuses an empty list, somebody twice,
    somebody unknown or deactivated, and anybody but an administrator.
    """
    require(right=Right.ADMINISTER, by=by, at=at)
    if not people:
        raise InvalidInput({"people": "REQUIRED"})
    if len(people) > MOST_PEOPLE:
        raise InvalidInput({"people": "TOO_MANY"})
    if len(set(people)) != len(people):
        raise InvalidInput({"people": "TWICE"})
    route = queries.route_card(code=ApprovalType.LIST)
    named = tuple(str(person) for person in people)
    stages = tuple(
        replace(stage, people=named) if stage.who is Who.NAMED else stage
        for stage in route.version.stages
    )
    version = replace(route.version, stages=stages)
    definition = definitions.dump(version)
    return made_or_kept(
        command=Guarded.SET_LIST,
        arguments={"people": named},
        after=guarding.published(version, is_active=route.is_active),
        act=partial(store.publish, route=route.code, definition=definition, by=by, at=at),
        by=by,
        at=at,
        is_second=is_second,
    )


def create_route(
    *,
    name_en: str,
    name_ru: str,
    by: Actor,
    at: datetime,
    definition: Definition = EMPTY,
    key: str | None = None,
) -> UUID:
    """Open a route with a first draft, before all others; no document takes it until it is published.

    A name in one language stands for both. Refuses one without a name, a malformed definition, and whoever does not
    own routes.
    """
    require_owner(by=by, at=at)
    names = _names(name_en, name_ru)
    definition = definitions.plain(definition)
    request = repeats.asked(key=key, said=["CREATE_ROUTE", names, definition])
    return repeats.once(
        work=lambda: store.create(
            code=_free_code(names["name_en"]),
            **names,
            definition=definition,
            by=by,
            at=at,
            request=request,
        ),
        again=lambda first: first.chain_id,
        by=by,
        request=request,
    )


def rename_route(*, route_id: UUID, name_en: str, name_ru: str, by: Actor, at: datetime) -> None:
    """Give a route other names; refuses none at all, and whoever does not own routes."""
    require_owner(by=by, at=at)
    store.change(route_id=route_id, changes=_names(name_en, name_ru), by=by, at=at)


def save_draft(
    *, route_id: UUID, definition: Definition, seen: int, by: Actor, at: datetime
) -> int:
    """Keep what a route is to say next and return the draft's revision; `seen` is the one that was changed, 0 for none.

    Refuses a malformed definition, a draft saved by somebody else meanwhile, and whoever does not own routes.
    """
    require_owner(by=by, at=at)
    plain = definitions.plain(definition)
    return store.save_draft(route_id=route_id, definition=plain, seen=seen, by=by, at=at)


def drop_draft(*, route_id: UUID, by: Actor, at: datetime) -> None:
    """Throw a draft away; refuses where there is none or nothing was ever published, and whoever does not own routes."""
    require_owner(by=by, at=at)
    if queries.route_line(route_id=route_id).live is None:
        raise InvalidInput({"draft": "REQUIRED"})
    store.drop_draft(route_id=route_id, by=by, at=at)


def publish_route(
    *, route_id: UUID, seen: int, by: Actor, at: datetime, is_second: bool = False
) -> UUID | Waiting:
    """Make the draft of a route its next version and return it; running rounds keep theirs.

    Refuses a draft in which lint finds errors, one that was saved again after it was `seen`, and whoever does not own
    routes.
    """
    require_owner(by=by, at=at)
    route = queries.route_line(route_id=route_id)
    if route.draft is None:
        raise InvalidInput({"draft": "REQUIRED"})
    if route.draft.revision != seen:
        raise StaleRevision(seen, route.draft.revision)
    version = route.draft.version
    found = soundness.check(route=route, version=version, at=at)
    if errors := tuple(problem.code.value for problem in found if problem.is_error):
        raise RouteUnsound(errors)
    definition = definitions.dump(version)
    return made_or_kept(
        command=Guarded.PUBLISH_ROUTE,
        arguments={"route_id": route_id, "seen": seen},
        after=guarding.published(version, is_active=route.is_active),
        act=partial(store.publish, route=route.code, definition=definition, by=by, at=at),
        by=by,
        at=at,
        is_second=is_second,
    )


def reorder_routes(
    *, order: Sequence[UUID], by: Actor, at: datetime, is_second: bool = False
) -> Waiting | None:
    """Put the routes into a new order: the first that a document meets is taken.

    Refuses an order that does not name every route once, and whoever does not own routes.
    """
    require_owner(by=by, at=at)
    return made_or_kept(
        command=Guarded.REORDER_ROUTES,
        arguments={"order": list(order)},
        after=guarding.reordered(order),
        act=partial(store.reorder, order=order, by=by, at=at),
        by=by,
        at=at,
        is_second=is_second,
    )


def retire_route(
    *, route_id: UUID, by: Actor, at: datetime, is_second: bool = False
) -> Waiting | None:
    """Take a route out of use; refuses the default one, and whoever does not own routes."""
    require_owner(by=by, at=at)
    route = queries.route_line(route_id=route_id)
    if route.is_default:
        raise InvalidInput({"is_default": "REQUIRED"})
    return made_or_kept(
        command=Guarded.RETIRE_ROUTE,
        arguments={"route_id": route_id},
        after=guarding.without(route.code),
        act=partial(store.change, route_id=route_id, changes={"is_active": False}, by=by, at=at),
        by=by,
        at=at,
        is_second=is_second,
    )


def bring_back_route(
    *, route_id: UUID, by: Actor, at: datetime, is_second: bool = False
) -> Waiting | None:
    """Put a route into use again; refuses whoever does not own routes."""
    require_owner(by=by, at=at)
    live = queries.route_line(route_id=route_id).live
    return made_or_kept(
        command=Guarded.BRING_BACK_ROUTE,
        arguments={"route_id": route_id},
        after=guarding.published(live, is_active=True) if live else queries.current(),
        act=partial(store.change, route_id=route_id, changes={"is_active": True}, by=by, at=at),
        by=by,
        at=at,
        is_second=is_second,
    )


def make_default(
    *, route_id: UUID, by: Actor, at: datetime, is_second: bool = False
) -> Waiting | None:
    """Let a route take whatever no other one takes.

    Refuses one that is out of use or not published yet, and whoever does not own routes.
    """
    require_owner(by=by, at=at)
    route = queries.route_line(route_id=route_id)
    if route.live is None or not route.is_active:
        raise InvalidInput({"is_default": "NOT_IN_USE"})
    return made_or_kept(
        command=Guarded.MAKE_DEFAULT,
        arguments={"route_id": route_id},
        after=guarding.with_default(route.code),
        act=partial(store.make_default, route_id=route_id, by=by, at=at),
        by=by,
        at=at,
        is_second=is_second,
    )


def _names(name_en: str, name_ru: str) -> dict[str, str]:
    errors, names = {}, {}
    for field, typed in (("name_en", name_en or name_ru), ("name_ru", name_ru or name_en)):
        try:
            names[field] = text.clean_text(typed, max_length=LONGEST_NAME)
        except ValueError as error:
            errors[field] = str(error)
    if not errors and not names["name_en"]:
        errors["name_en"] = "REQUIRED"
    if errors:
        raise InvalidInput(errors)
    return names


def _free_code(name: str) -> str:
    """Return a code that speaks of the name and is not taken yet."""
    latin = text.transliterate(text.fold(name))
    stem = re.sub(r"[^a-z0-9]+", "_", latin).strip("_").upper()[: LONGEST_CODE - 4] or "ROUTE"
    taken = set(Route.objects.filter(code__startswith=stem).values_list("code", flat=True))
    numbered = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (stem, *numbered) if code not in taken)
