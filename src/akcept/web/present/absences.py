"""Deputyships with how far they reach, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from akcept.company import queries as company
from akcept.people.deputies import Deputyship
from akcept.web import formats
from akcept.web.forms.people import document_types


@dataclass(frozen=True, slots=True)
class Shown:
    """One deputyship; `scope` is empty where it reaches to everything."""

    row: Deputyship
    scope: str


def shown(rows: Iterable[Deputyship]) -> list[Shown]:
    """Return deputyships as they are shown."""
    found = list(rows)
    if not found:
        return []
    payers = {one.id: one.fields.short_name for one in company.entities()}
    types = dict(document_types())
    return [Shown(row, " · ".join(_scope(row, payers, types))) for row in found]


def _scope(row: Deputyship, payers: Mapping[UUID, str], types: Mapping[str, object]) -> list[str]:
    words = []
    if row.entity_id:
        words.append(payers.get(row.entity_id, ""))
    if row.doctype:
        words.append(str(types.get(row.doctype, row.doctype)))
    if row.limit:
        words.append(_("up to %(amount)s") % {"amount": formats.amount(row.limit)})
    if row.order_number:
        words.append(_("Order No. %(number)s") % {"number": row.order_number})
    return words
