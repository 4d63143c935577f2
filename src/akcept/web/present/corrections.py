"""What an edited invoice still needs: the remarks to tick or answer, and what has changed so far."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from akcept.cases.cards import CaseCard
from akcept.engine.case import State
from akcept.engine.refusals import InvalidInput, RemarksOpen
from akcept.kit import text
from akcept.web.present import facts
from akcept.wording import documents, purposes
from akcept.wording.details import label_of

LONGEST_ANSWER = 2000


def revision(data: QueryDict) -> int:
    """Return the revision that was on the page; refuses what is none."""
    value = data.get("revision", "")
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise InvalidInput({"revision": "NOT_A_NUMBER"})
    return int(value)


def answers(data: QueryDict, card: CaseCard) -> dict[int, str]:
    """Return the remarks that were ticked or answered, with the answers."""
    ticked = set(data.getlist("done"))
    found: dict[int, str] = {}
    for remark in card.remarks:
        try:
            said = text.clean_text(
                data.get(f"answer-{remark.id}", ""), max_length=LONGEST_ANSWER, multiline=True
            )
        except ValueError as error:
            raise InvalidInput({"answer": str(error)}) from None
        if said or str(remark.id) in ticked:
            found[remark.id] = said
    return found


def check(data: QueryDict, card: CaseCard) -> None:
    """Refuse to go on while a remark is open, before anything is saved."""
    settled = answers(data, card)
    left = [r.id for r in card.remarks if not r.is_settled and r.id not in settled]
    if left:
        raise RemarksOpen(tuple(left))


def context(card: CaseCard, data: QueryDict) -> dict[str, Any]:
    """Return what the page shows above the form."""
    ticked = set(data.getlist("done"))
    state = card.row.state
    return {
        "card": card,
        "row": card.row,
        "case_name": documents.label(card.row.type, card.row.number),
        "remarks": [
            {
                "id": row.id,
                "text": row.text,
                "who": row.by.name,
                "done": row.is_settled or str(row.id) in ticked,
                "answer": data.get(f"answer-{row.id}", row.answer),
            }
            for row in card.remarks
            if state is State.REWORK
        ],
        "changed": facts.changed(card, {}),
        "is_rework": state is State.REWORK,
        "can_send": state in {State.DRAFT, State.REWORK},
        "voids": _voids(card) if state in {State.IN_APPROVAL, State.TO_PAY} else "",
        "old_files": [
            {"id": row.id, "name": row.name, "purpose": purposes.words(row.purpose, card.row.type)}
            for row in card.files
            if row.is_current
        ],
    }


def _voids(card: CaseCard) -> str:
    """Say of a document under way which changes take its approvals away."""
    labels = [label_of(field) for field in card.row.type.used if field.is_material]
    told = _("A change of %(fields)s voids its approvals: it has to be sent again.")
    return told % {"fields": ", ".join(documents.quoted(str(label)) for label in labels)}
