"""The fingerprint of what is approved: the material fields, the payee's account, the main file.

Every decision signs it; payment recomputes it and refuses on a difference.
"""

from __future__ import annotations

import hashlib
import json

from akcept.engine.case import Case
from akcept.engine.doctypes import DocumentType
from akcept.engine.facts import Account


def material_fields(case: Case, doctype: DocumentType) -> frozenset[str]:
    """Return the fields whose change voids approvals: by their type, or read by the running route's conditions."""
    return frozenset(
        code
        for code, field in doctype.fields.items()
        if field.is_material or code in case.conditions
    )


def fingerprint(case: Case, doctype: DocumentType, account: Account | None) -> str:
    """Return the SHA-256 of the canonical material content."""
    content = {
        "doctype": case.doctype,
        "card": {
            code: case.tolerated.get(code, case.card.get(code))
            for code in material_fields(case, doctype)
        },
        "planned": sorted(row.minor for row in case.planned),
        "account": account.fingerprint if account else None,
        "main_file": case.main_file,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
