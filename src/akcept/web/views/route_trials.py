"""A route tried before it is published: one document, all past ones, and what differs between two versions."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.cases import queries as cases
from akcept.cases.cards import PersonChip
from akcept.cases.replaying import Replay
from akcept.cases.trying import Trial
from akcept.company import queries as company
from akcept.engine.routes import RouteVersion
from akcept.parties import queries as parties
from akcept.people.queries import picks
from akcept.routes import access, queries
from akcept.routes.queries import RouteLine
from akcept.web import filling
from akcept.web.asking import Ask, ask, door, words
from akcept.web.forms.trial import TrialForm
from akcept.web.present.names import label_of
from akcept.web.present.route_tabs import around
from akcept.web.present.routing import names_of
from akcept.web.reading import whole
from akcept.wording import routes as wording
from akcept.wording import why

DRAFT = "draft"


@door("GET")
def try_route(request: HttpRequest, route_id: UUID) -> HttpResponseBase:
    """Show where one document would go if the draft were published now; nothing is sent and nothing changes."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    line = queries.route_line(route_id=route_id)
    begin = {"initiator": asked.by.id, "on": asked.at.date(), "amount": "", "currency": company.settings_of().base_currency}  # fmt: skip
    offered = [(str(row.id), row.name) for row in parties.page(limit=200).lines]
    form = TrialForm(request.GET if "initiator" in request.GET else None, initial=begin, parties=offered)  # fmt: skip
    found: list[Trial] = []
    if form.is_bound:
        filling.accepted(form, lambda _given: found.append(_trial(form, line, asked)))
    shown = _tried(found[0]) if found else {}
    return filling.page(
        request, "web/routes/try.html", _around(line, "try_route", asked) | shown, form=form
    )


def _around(line: RouteLine, current: str, asked: Ask) -> dict[str, object]:
    return around(line, current, may_change=access.owns(by=asked.by.actor, at=asked.at))


def _trial(form: TrialForm, line: RouteLine, asked: Ask) -> Trial:
    return cases.try_out(route_id=line.id, sample=form.sample(), by=asked.by, at=asked.at)


def _tried(trial: Trial) -> dict[str, Any]:
    lines = queries.route_lines()
    names = names_of([trial.version] if trial.version else [], lines) | names_of(queries.current())
    currency = company.settings_of().base_currency

    def unmet(condition: Any) -> str:
        return wording.condition(condition, names, currency) if condition else ""

    return {
        "trial": trial,
        "asked_routes": [(wording.name(row), row.is_chosen, unmet(row.unmet)) for row in trial.routes],
        "tried_stages": [
            {
                "title": wording.stage_title(row.stage, names),
                "how": wording.how(row.stage),
                "unmet": unmet(row.unmet),
                "seats": [(seat, why.words(seat.why)) for seat in row.seats],
            }
            for row in trial.stages
        ],
        "skipped": [(row.person, why.skipped(row.why)) for row in trial.skipped],
        "refused": words(trial.refusal) if trial.refusal else "",
    }  # fmt: skip


@door("GET")
def replay_route(request: HttpRequest, route_id: UUID) -> HttpResponseBase:
    """Show what would have become of past documents; they are read when that is asked for."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    line = queries.route_line(route_id=route_id)
    context = _around(line, "replay_route", asked)
    if "go" in request.GET:
        context |= _replayed(cases.replay(route_id=line.id, by=asked.by, at=asked.at))
    return render(request, "web/routes/replay.html", context)


def _replayed(found: Replay) -> dict[str, object]:
    named = {line.code: wording.name(line) for line in queries.route_lines()}
    return {
        "replay": found,
        "lanes": [(named.get(code, _("no route")), old, new) for code, old, new in found.routes],
        "changed": [
            {
                "label": label_of(row.doctype, row.number),
                "url": reverse("web:case", args=[row.case_id]) if row.case_id else "",
                "old": named.get(row.route_before, "—"),
                "new": named.get(row.route_after, "—"),
                "gained": _list(row.gained),
                "lost": _list(row.lost),
            }
            for row in found.changed
        ],
    }


def _list(people: tuple[PersonChip, ...]) -> str:
    # Who would be asked in two stages is still one person.
    return ", ".join(dict.fromkeys(person.name for person in people))


@door("GET")
def compare_route(request: HttpRequest, route_id: UUID) -> HttpResponseBase:
    """Show two versions side by side, or the draft beside what is published."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    line = queries.route_line(route_id=route_id)
    published = queries.versions(route_id=route_id)
    numbers = [row.number for row in published]
    new = request.GET.get("new") or (DRAFT if line.draft else str(max(numbers, default=0)))
    old = whole(request.GET.get("old")) or max((n for n in numbers if str(n) != new), default=0)
    ids = {str(row.number): row.id for row in published}
    sides = [_side(line, ids, str(old)), _side(line, ids, new)]
    authors = picks(person_ids=[row.published_by for row in published if row.published_by])
    context = _around(line, "compare_route", asked) | {
        "old": str(old),
        "new": new,
        "numbers": [str(number) for number in numbers],
        "sections": _compared(*sides),
        "published": [(row, authors[row.published_by].name if row.published_by in authors else "") for row in published],
    }  # fmt: skip
    return render(request, "web/routes/compare.html", context)


def _side(line: RouteLine, ids: Mapping[str, UUID], wanted: str) -> RouteVersion | None:
    if wanted == DRAFT and line.draft:
        return line.draft.version
    return queries.version(version_id=ids[wanted]) if wanted in ids else None


def _compared(old: RouteVersion | None, new: RouteVersion | None) -> list[dict[str, object]]:
    names = names_of([version for version in (old, new) if version])
    sides = [_told(version, names) for version in (old, new)]
    codes = list(dict.fromkeys([*sides[0], *sides[1]]))
    return [
        {"is_stage": bool(code), "rows": _aligned(sides[0].get(code, []), sides[1].get(code, []))}
        for code in codes
    ]


def _told(version: RouteVersion | None, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the lines of a version: what stands around the stages, then each stage by its code."""
    if version is None:
        return {}
    currency = company.settings_of().base_currency
    told = {"": wording.route_lines(version, names, currency)}
    for number, stage in enumerate(version.stages, 1):
        title = f"{number}. {wording.stage_title(stage, names)}"
        told[stage.code] = [title, *wording.stage_lines(stage, names, currency)]
    return told


def _aligned(old: list[str], new: list[str]) -> list[tuple[str, str, bool]]:
    """Return lines side by side, with whether they differ."""
    found: list[tuple[str, str, bool]] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        left, right = old[start:end], new[new_start:new_end]
        for place in range(max(len(left), len(right))):
            pair = [side[place] if place < len(side) else "" for side in (left, right)]
            found.append((pair[0], pair[1], tag != "equal"))
    return found
