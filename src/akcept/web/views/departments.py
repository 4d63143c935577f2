"""Departments with their heads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from akcept.engine.refusals import NotFound
from akcept.people import access, queries, services
from akcept.people.cards import DepartmentCard
from akcept.people.codes import Right
from akcept.web import filling
from akcept.web.asking import Ask, ask, door
from akcept.web.forms.people import DepartmentForm


@door("GET")
def departments(request: HttpRequest) -> HttpResponseBase:
    """Show departments with their heads."""
    asked = ask(request)
    access.require_looking(by=asked.by.actor, at=asked.at)
    rows = queries.departments()
    names = {row.id: row.name for row in rows}
    context = {
        "place": "people",
        "rows": [(row, names.get(row.parent_id) if row.parent_id else "") for row in rows],
        "may_change": access.holds(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at),
    }
    return render(request, "web/people/departments.html", context)


@door("GET", "POST")
def department(request: HttpRequest, department_id: UUID | None = None) -> HttpResponseBase:
    """Add a department, or change one."""
    asked = ask(request)
    access.require(right=Right.ADMINISTER, by=asked.by.actor, at=asked.at)
    known = _known(department_id) if department_id else None
    begin = {name: getattr(known, name) for name in DepartmentForm.base_fields} if known else {}
    form = DepartmentForm(request.POST or None, initial=begin)
    if request.method == "POST" and filling.accepted(form, lambda given: _save(department_id, given, asked)):  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("web:departments")
    context = {
        "place": "people",
        "title": known.name if known else _("New department"),
        "back": reverse("web:departments"),
        "back_label": _("Departments"),
    }
    return filling.page(request, "web/settings/form.html", context, form=form)


def _save(department_id: UUID | None, given: dict[str, Any], asked: Ask) -> None:
    services.save_department(
        department_id=department_id,
        name=given["name"],
        parent_id=given["parent_id"],
        head_id=given["head_id"],
        by=asked.by.actor,
        at=asked.at,
    )


def _known(department_id: UUID) -> DepartmentCard:
    found = next((row for row in queries.departments() if row.id == department_id), None)
    if found is None:
        raise NotFound
    return found
