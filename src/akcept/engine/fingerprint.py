"""The fingerprint of what is approved: the material fields, the payee's account, the main file.

Every decision signs it; payment recomputes it and refuses on a difference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from akcept.engine.case import MAIN, Case
from akcept.engine.doctypes import DocumentType, purpose_of
from akcept.engine.facts import Account
from akcept.engine.values import Json


def material_fields(case: Case, doctype: DocumentType) -> frozenset[str]:
    """Return the fields whose change voids approvals: as fixed when it was sent, before that by its type."""
    return frozenset(case.material) or material_of(doctype, case.conditions)


def material_of(doctype: DocumentType, conditions: Iterable[str]) -> frozenset[str]:
    """Return the fields that are material by the type, or because the route's conditions read them."""
    read = set(conditions)
    return frozenset(
        code for code, field in doctype.fields.items() if field.is_material or code in read
    )


def fingerprint(case: Case, doctype: DocumentType, account: Account | None) -> str:
    """Return the SHA-256 of the canonical material content."""
    content = {
        "doctype": case.doctype,
        "card": {code: _signed(case, code) for code in material_fields(case, doctype)},
        "planned": sorted(row.minor for row in case.planned),
        "account": account.fingerprint if account else None,
        "main_file": case.main_file,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _signed(case: Case, code: str) -> Json:
    """Return what is signed of a field: its value, or the digest of the newest file of a field that holds files."""
    value = case.tolerated.get(code, case.card.get(code))
    if value is not None or purpose_of(code) == MAIN:
        return value
    return case.newest(purpose_of(code))
