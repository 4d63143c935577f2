"""Duties that met in one hand, gathered: a line for each person, rule and exception, with every document of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from akcept.people import queries as people
from akcept.people.cards import ExceptionCard
from akcept.people.labels import RULES
from akcept.reports.duties import Conflict
from akcept.web.present.names import label_of
from akcept.wording import routes as wording


@dataclass(slots=True)
class Gathered:
    """Whose duties met by which rule, and where: documents as (label, address), or roles by name."""

    person_id: UUID
    person: str
    rule: Promise
    is_hard: bool
    exception: ExceptionCard | None
    roles: list[str]
    documents: list[tuple[str, str]]


def gathered(conflicts: Iterable[Conflict]) -> list[Gathered]:
    """Return conflicts in their order, those of one person, rule and exception as one."""
    roles = {row.code: wording.name(row) for row in people.roles()}
    found: dict[tuple[object, ...], Gathered] = {}
    for one in conflicts:
        key = (one.person_id, one.rule, one.exception and one.exception.id)
        if key not in found:
            named = [roles.get(code, code) for code in one.roles]
            found[key] = Gathered(one.person_id, one.person, RULES[one.rule], one.is_hard, one.exception, named, [])  # fmt: skip
        if one.case_id and one.number:
            where = (label_of(one.doctype, one.number), reverse("web:case", args=[one.case_id]))
            found[key].documents.append(where)
    return list(found.values())
