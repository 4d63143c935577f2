"""Sending a document for approval. This alone chooses the route, resolves its people and fixes the rate."""

from __future__ import annotations

from datetime import datetime

from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine import gates
from akcept.engine import refusals as no
from akcept.engine.case import Case
from akcept.engine.events import Events
from akcept.engine.facts import Facts
from akcept.engine.guards import conflicted
from akcept.engine.routes import RouteVersion, choose
from akcept.engine.routing import Document, Resolution, resolve
from akcept.engine.values import Private


def preview(case: Case, facts: Facts) -> tuple[RouteVersion, Resolution]:
    """Return the route and the people a document would go to now; refuses like Submit does."""
    routing = facts.company
    route = choose(routing.routes, case.card)
    if route is None:
        raise no.NoRoute
    if routing.base is None:
        raise no.RateMissing(case.currency, facts.today)
    choice = case.card.get("choice") or ()
    assert isinstance(choice, (list, tuple))
    document = Document(
        doctype=case.doctype,
        initiator=case.initiator,
        base=routing.base,
        choice=tuple(str(person) for person in choice),
        conflicted=conflicted(case, facts) | {facts.actor},
    )
    resolution = resolve(route, document, routing.org)
    if not resolution.has_approver or not facts.wardens:
        raise no.NoApprover
    return route, resolution


def submit(case: Case, command: do.Submit, facts: Facts, at: datetime) -> Events:
    return (_submitted(case, facts, command.duplicate_reason),)


def resubmit(case: Case, command: do.Resubmit, facts: Facts, at: datetime) -> Events:
    open_ids = {row.id for row in case.remarks if not row.is_settled}
    if left := open_ids - set(command.answers):
        raise no.RemarksOpen(tuple(sorted(left)))
    settled = tuple(
        ev.RemarkSettled(remark, answer or None)
        for remark, answer in sorted(command.answers.items())
        if remark in open_ids
    )
    return (*settled, _submitted(case, facts, command.duplicate_reason))


def _submitted(case: Case, facts: Facts, duplicate_reason: Private | None) -> ev.Submitted:
    needs = facts.policy.request_needs_justification and bool(case.card.get("client_request"))
    justified = not needs or case.newest("JUSTIFICATION") is not None
    gates.check_submit(case, facts.doctype, facts.today, justified=justified)
    routing = facts.company
    if routing.duplicates and not (duplicate_reason or case.duplicate_reason):
        raise no.DuplicateSuspected(routing.duplicates)
    route, resolution = preview(case, facts)
    assert routing.base is not None
    return ev.Submitted(
        round=case.round + 1,
        revision=case.revision,
        route=route.id,
        seats=resolution.seats,
        skipped=resolution.skipped,
        wardens=facts.wardens,
        base=routing.base,
        conditions=route.reads,
        duplicate_reason=duplicate_reason,
    )
