"""What differs: for whoever decided on an old revision, and for whoever would pay what was not approved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from akcept.api.calls import Call
from akcept.api.given import shown_value
from akcept.cases import queries
from akcept.engine.refusals import FingerprintMismatch, Refusal, StaleRevision

Changes = dict[str, dict[str, Any]]


def told(
    request: HttpRequest, refusal: Refusal, case_id: UUID | None = None
) -> Mapping[str, Changes]:
    """Return what helps beside a refusal: every field that differs, old and new.

    On an old revision since it was looked at, at a payment from what was approved; as far as the caller may see the
    document: the one that is named, else that of the address.
    """
    call, match = getattr(request, "auth", None), request.resolver_match
    if not isinstance(refusal, (StaleRevision, FingerprintMismatch)):
        return {}
    if case_id is None and match and "case_id" in match.kwargs:
        case_id = UUID(str(match.kwargs["case_id"]))
    if not isinstance(call, Call) or case_id is None:
        return {"changes": {}}
    if isinstance(refusal, StaleRevision):
        return {"changes": _changes_since(call, case_id, refusal)}
    altered: Mapping[str, Any] = queries.altered(by=call.by, case_id=case_id, at=call.at).data
    return {"changes": _shown(call, case_id, altered["changes"])}


def _changes_since(call: Call, case_id: UUID, refusal: StaleRevision) -> Changes:
    found: Changes = {}
    for entry in queries.history(by=call.by, case_id=case_id, at=call.at):
        data: Mapping[str, Any] = entry.data
        if entry.kind == "REVISED" and data["revision"] > refusal.seen:
            for code, change in data["changes"].items():
                found.setdefault(code, {"old": change["old"]})["new"] = change["new"]
        if entry.kind == "FILE_ATTACHED" and data["revision"] > refusal.seen:
            found.setdefault("main_file", {"old": None})["new"] = data["sha256"]
    return _shown(call, case_id, found)


def _shown(call: Call, case_id: UUID, found: Mapping[str, dict[str, Any]]) -> Changes:
    """Return values as the API gives them everywhere."""
    card = queries.case_card(by=call.by, case_id=case_id, at=call.at)
    currencies = found.get("currency", dict.fromkeys(("old", "new"), card.row.currency))
    return {
        code: {side: shown_value(code, value, currencies[side]) for side, value in change.items()}
        for code, change in found.items()
    }
