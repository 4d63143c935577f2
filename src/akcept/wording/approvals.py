"""The three ways to choose who approves."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from akcept.engine.routes import ApprovalType

TYPES: Mapping[str, Promise] = {
    ApprovalType.HIERARCHY: pgettext_lazy("approval type", "By hierarchy"),
    ApprovalType.LIST: pgettext_lazy("approval type", "Sequential"),
    ApprovalType.MY_CHOICE: pgettext_lazy("approval type", "My choice"),
}


def words(approval_type: str) -> str:
    """Name an approval type."""
    return str(TYPES[approval_type])
