"""People: the list, the org chart, the page of one person, adding and changing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from akcept.cases import coverage, leaving
from akcept.company import queries as company
from akcept.doctypes.queries import type_card
from akcept.engine.money import Money
from akcept.engine.refusals import NotFound
from akcept.people import access, org, proposals, queries, services
from akcept.people.codes import PersonKind, Right
from akcept.people.fields import PersonFields
from akcept.people.labels import RULES
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.people import HeirsForm, MoveForm, NewPersonForm, PersonForm, document_types
from akcept.web.present import absences, chart, dossier
from akcept.web.present import coverage as present
from akcept.web.present.sheets import uuid_of
from akcept.wording import tasks

LONGEST = 200


@door("GET")
def people(request: HttpRequest) -> HttpResponseBase:
    """Show people by name, or the org chart, and what is missing in it."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    view = "chart" if request.GET.get("view") == "chart" else ""
    snapshot = org.snapshot()
    context = {
        "place": "people",
        "view": view,
        "warnings": chart.warnings(snapshot),
        "may_change": _administers(asked),
        "waiting_count": proposals.waiting_count(),
        "vacancies": [one for one in queries.departments() if one.head_id is None],
    }
    shown = {"tree": chart.chart(snapshot, queries.positions())} if view else _table(request)
    return render(request, "web/people/list.html", context | shown)


@door("GET")
def person(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Show everything that is set up about one person."""
    asked = ask(request)
    card = access.person_card(person_id=person_id, by=asked.by.actor, at=asked.at)
    names = dict(document_types())
    context = {
        "place": "people",
        "card": card,
        "may_change": _administers(asked),
        "sees_history": access.looks(by=asked.by.actor, at=asked.at),
        "is_outside": card.fields.kind is PersonKind.EXTERNAL,
        "is_self": card.id == asked.by.id,
        "today": asked.at.date(),
        "limits": [
            (names[one.doctype], one.doctype, Money(one.amount_minor, one.currency))
            for one in card.limits
        ],
        "exceptions": [(one, RULES[one.rule]) for one in card.exceptions],
        "deputies": absences.shown(card.deputies),
        "acts_for": absences.shown(card.acts_for),
        "gaps": present.gaps(coverage.gaps(at=asked.at, person_id=person_id)),
    }
    return render(request, "web/people/card.html", context)


@door("GET")
def history(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Show who set up what about one person, the newest first."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    found = queries.picks(person_ids=[person_id])
    if not found:
        raise NotFound
    context = {
        "place": "people",
        "pick": found[person_id],
        "rows": dossier.lines(queries.history(person_id=person_id)),
    }
    return render(request, "web/people/history.html", context)


@door("GET", "POST")
def new(request: HttpRequest) -> HttpResponseBase:
    """Add a person, with a password or without."""
    asked = ask(request)
    access.require(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)
    begin = {"language": company.settings_of().language, "time_zone": asked.by.time_zone}
    form = NewPersonForm(request.POST or None, initial=begin)
    made: list[UUID] = []
    if request.method == "POST" and filling.accepted(form, lambda given: made.append(_hire(given, asked))):  # fmt: skip
        messages.success(request, _("Added. Now give the roles, if any are needed."))
        return redirect("web:person", made[0])
    context = {
        "place": "people",
        "title": _("New person"),
        "back": reverse("web:people"),
        "back_label": _("People"),
    }
    return filling.page(request, "web/settings/form.html", context, form=form)


@door("GET", "POST")
def edit(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Change a person."""
    asked = ask(request)
    access.require(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)
    card = access.person_card(person_id=person_id, by=asked.by.actor, at=asked.at)
    form = PersonForm(request.POST or None, initial=asdict(card.fields))
    if request.method == "POST" and filling.accepted(
        form,
        lambda given: services.change_person(
            person_id=person_id, changes=given, by=asked.by.actor, at=asked.at
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("web:person", person_id)
    context = around(person_id, card.fields.name, _("Edit"))
    return filling.page(request, "web/settings/form.html", context, form=form)


@door("POST")
def move(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Give somebody another manager or department, from the row of the table."""
    asked = ask(request)
    access.require(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)
    form = MoveForm(request.POST)
    if filling.accepted(
        form,
        lambda given: services.change_person(
            person_id=person_id, changes=given, by=asked.by.actor, at=asked.at
        ),
    ):
        messages.success(request, _("Saved."))
    for problems in form.errors.values():
        messages.error(request, " ".join(str(one) for one in problems))
    return redirect("web:people")


@door("GET", "POST")
def leave(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Show what somebody would leave behind and who gets it, and then let them go in one act."""
    asked = ask(request)
    held = leaving.holdings(person_id=person_id, by=asked.by, at=asked.at)
    form = HeirsForm(
        request.POST or None, initial=dict.fromkeys(HeirsForm.base_fields, held.next_up)
    )
    done: list[int] = []
    is_sure = request.POST.get("do") == "leave"
    if is_sure and filling.accepted(form, lambda given: done.append(_let_go(given, person_id, asked))):  # fmt: skip
        return _gone(request, person_id, done[0])
    is_looked_at = (
        request.method == "POST"
        and not is_sure
        and filling.accepted(
            form, lambda given: leaving.check(person_id=person_id, heirs=leaving.Heirs(**given))
        )
    )
    card = queries.person_card(person_id=person_id)
    context = around(person_id, card.fields.name, _("Switch off")) | {
        "card": card,
        "held": held,
        "tasks": [
            (one, tasks.title(one.kind, type_card(code=one.doctype), one.number))
            for one in held.tasks
        ],
        "is_looked_at": is_looked_at,
        "passed_on": _passed_on(form, held) if is_looked_at else (),
    }
    return filling.page(request, "web/people/leave.html", context, form=form)


def _let_go(given: dict[str, Any], person_id: UUID, asked: Ask) -> int:
    return leaving.leave(
        person_id=person_id, by=asked.by, at=asked.at, heirs=leaving.Heirs(**given)
    )


def _passed_on(form: HeirsForm, held: leaving.Holdings) -> list[tuple[Promise | str, str]]:
    """Return who would get what of what there is, for a last look."""
    chosen = queries.picks(person_ids=[one for one in form.cleaned_data.values() if one])
    without = {"tasks": _("deputies first, then upwards")}
    return [
        (
            str(field.label),
            chosen[heir].name if heir in chosen else without.get(name, _("nobody")),
        )
        for name, field in form.fields.items()
        for heir in [form.cleaned_data[name]]
        if getattr(held, name)
    ]


def _gone(request: HttpRequest, person_id: UUID, moved: int) -> HttpResponseBase:
    off = _("Switched off.")
    words = ngettext("%(n)d task was passed on.", "%(n)d tasks were passed on.", moved)
    messages.success(request, f"{off} {words % {'n': moved}}" if moved else off)
    return redirect("web:person", person_id)


@door("POST")
def come_back(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Let somebody in again."""
    asked = ask(request)
    services.reactivate_person(person_id=person_id, by=asked.by.actor, at=asked.at)
    messages.success(request, _("Switched on again."))
    return redirect("web:person", person_id)


def around(person_id: UUID, name: str, title: str) -> dict[str, Any]:
    """Return what stands around a form about one person."""
    back = reverse("web:person", args=[person_id])
    return {"place": "people", "title": title, "back": back, "back_label": name}


def _administers(asked: Ask) -> bool:
    return access.holds(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)


@transaction.atomic
def _hire(given: dict[str, Any], asked: Ask) -> UUID:
    """Add the person and the password, or nothing at all."""
    said = {name: value for name, value in given.items() if name != "password"}
    fields = PersonFields(**said | {"kind": PersonKind(given["kind"])})
    by, at = asked.by.actor, asked.at
    person_id = services.create_person(person=fields, by=by, at=at)
    if given["password"]:
        services.set_password(person_id=person_id, password=given["password"], by=by, at=at)
    return person_id


def _table(request: HttpRequest) -> dict[str, Any]:
    wanted = request.GET.get("q", "")[:LONGEST].replace("\0", "").strip()
    gone = request.GET.get("gone") == "1"
    after = uuid_of(request.GET.get("after", ""))
    page = queries.people_page(search=wanted, after=str(after) if after else None, only_active=not gone)  # fmt: skip
    names = {role.code: role for role in queries.roles()}
    return {
        "rows": [(row, [names[code] for code in row.roles]) for row in page.people],
        "units": queries.departments(),
        "wanted": wanted,
        "gone": gone,
        "older_url": _page_url(wanted, page.after, gone=gone) if page.after else "",
        "newest_url": _page_url(wanted, "", gone=gone) if after else "",
    }


def _page_url(wanted: str, after: str, *, gone: bool) -> str:
    query = QueryDict(mutable=True)
    for name, value in (("q", wanted), ("gone", "1" if gone else ""), ("after", after)):
        if value:
            query[name] = value
    return f"{reverse('web:people')}?{query.urlencode()}"
