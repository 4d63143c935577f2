"""Sending a document for approval. This alone chooses the route, resolves its people and fixes the rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import gates
from akcept.engine import refusals as no
from akcept.engine.approving import cleared
from akcept.engine.case import Case
from akcept.engine.events import Events
from akcept.engine.facts import Facts, Routing
from akcept.engine.fingerprint import material_of
from akcept.engine.quorum import settle
from akcept.engine.routes import RouteVersion, Who, choose
from akcept.engine.routing import Document, Resolution, resolve
from akcept.engine.standing import conflicted
from akcept.engine.values import Json, Private
from akcept.engine.vouching import carried


def preview(case: Case, facts: Facts) -> tuple[RouteVersion, Resolution]:
    """Return the route and the people a document would go to now, with the approvals that would still hold.

    Refuses like Submit does.
    """
    route = route_of(case, facts)
    resolution = resolved(case, facts, route, barred=frozenset({facts.actor}))
    opened = _opened(case, route, resolution, facts)
    return route, replace(resolution, seats=carried(opened, route, resolution.seats, facts))


def _opened(case: Case, route: RouteVersion, resolution: Resolution, facts: Facts) -> Case:
    """Return the case with the terms of the round that is to begin."""
    return replace(
        case,
        authors=tuple(sorted({*case.authors, facts.actor})),
        conditions=route.reads,
        tolerated={},
        terms=resolution.terms,
        payer_role=route.payer_role,
    )


def route_of(case: Case, facts: Facts) -> RouteVersion:
    """Return the route that a document would take now; refuses where none does."""
    routing = facts.company
    if routing.base is None:
        raise no.RateMissing(case.currency, facts.today)
    route = choose(routing.routes, routing_card(case, routing))
    if route is None:
        raise no.NoRoute
    return route


def resolved(
    case: Case, facts: Facts, route: RouteVersion, *, barred: frozenset[str] = frozenset()
) -> Resolution:
    """Return whom a route asks; those to whom it is their own document and who are `barred` are passed over.

    Refuses where nobody of the company would decide.
    """
    routing = facts.company
    assert routing.base is not None, "a route was chosen without a rate"
    document = Document(
        doctype=case.doctype,
        initiator=case.initiator,
        base=routing.base,
        choice=_choice(case),
        conflicted=conflicted(case, facts) | barred,
        card=routing_card(case, routing),
        roles=facts.roles,
        cost_centre_owner=routing.cost_centre_owner,
    )
    resolution = resolve(route, document, routing.org)
    if not resolution.has_approver or not facts.wardens:
        raise no.NoApprover
    return resolution


def routing_card(case: Case, routing: Routing) -> Mapping[str, Json]:
    """Return what conditions read: the card, the sum in the base currency, and what the shell looked up."""
    base = routing.base.minor if routing.base and case.amount else None
    return {**case.card, "doctype": case.doctype, "amount": base, **routing.card}


def _choice(case: Case) -> tuple[str, ...]:
    choice = case.card.get("choice") or ()
    assert isinstance(choice, (list, tuple))
    return tuple(str(person) for person in choice)


def submit(case: Case, command: do.Submit, facts: Facts, at: datetime) -> Events:
    return _submitted(case, facts, command.duplicate_reason)


def resubmit(case: Case, command: do.Resubmit, facts: Facts, at: datetime) -> Events:
    open_ids = {row.id for row in case.remarks if not row.is_settled}
    if left := open_ids - set(command.answers):
        raise no.RemarksOpen(tuple(sorted(left)))
    settled = tuple(
        ev.RemarkSettled(remark, answer or None)
        for remark, answer in sorted(command.answers.items())
        if remark in open_ids
    )
    return (*settled, *_submitted(case, facts, command.duplicate_reason))


def _submitted(case: Case, facts: Facts, duplicate_reason: Private | None) -> Events:
    needs = facts.policy.request_needs_justification and bool(case.card.get("client_request"))
    justified = not needs or case.newest("JUSTIFICATION") is not None
    gates.check_submit(case, facts.doctype, facts.today, justified=justified)
    routing = facts.company
    if routing.duplicates and not (duplicate_reason or case.duplicate_reason):
        raise no.DuplicateSuspected(routing.duplicates)
    route = route_of(case, facts)
    check_choice(case, route, routing_card(case, routing))
    resolution = resolved(case, facts, route, barred=frozenset({facts.actor}))
    assert routing.base is not None
    opened = _opened(case, route, resolution, facts)
    settled = settle(carried(opened, route, resolution.seats, facts), opened.terms_of)
    submitted = ev.Submitted(
        round=case.round + 1,
        revision=case.revision,
        route=route.id,
        seats=settled.seats,
        skipped=resolution.skipped,
        wardens=facts.wardens,
        base=routing.base,
        conditions=opened.conditions,
        duplicate_reason=duplicate_reason,
        terms=opened.terms,
        payer_role=opened.payer_role,
        material=tuple(sorted(material_of(facts.doctype, route.reads))),
    )
    return (submitted, *cleared(opened, facts)) if settled.is_done else (submitted,)


def check_choice(case: Case, route: RouteVersion, card: Mapping[str, Json]) -> None:
    """Refuse a stage of one's choice without a choice, or with somebody who is not in its pool."""
    choice = _choice(case)
    for stage in route.stages:
        if stage.who is not Who.MY_CHOICE or stage.unmet(card):
            continue
        if problem := gates.choice_problem(choice):
            raise no.InvalidInput({"choice": problem})
        if stage.pool and not set(choice) <= set(stage.pool):
            raise no.InvalidInput({"choice": "NOT_IN_POOL"})
