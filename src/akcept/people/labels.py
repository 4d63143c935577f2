"""Words for the codes of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akcept.people.codes import PersonKind, Right, TokenScope

PERSON_KINDS = {
    PersonKind.INTERNAL: _("Employee"),
    PersonKind.EXTERNAL: _("Outside person"),
}
RIGHTS = {
    Right.PAY: pgettext_lazy("right", "Pay"),
    Right.SEE_CASES: pgettext_lazy("right", "See all documents"),
    Right.AUDIT: pgettext_lazy("right", "Audit"),
    Right.ADMINISTER: pgettext_lazy("right", "Administer"),
    Right.OWN_ROUTES: pgettext_lazy("right", "Own the routes"),
    Right.EDIT_PARTIES: pgettext_lazy("right", "Edit counterparties"),
    Right.VERIFY_ACCOUNTS: pgettext_lazy("right", "Verify bank accounts"),
    Right.RECORD_RETURN: pgettext_lazy("right", "Record returned payments"),
    Right.EXPORT: pgettext_lazy("right", "Export"),
}
TOKEN_SCOPES = {
    TokenScope.READ: pgettext_lazy("token scope", "Read"),
    TokenScope.DRAFT: pgettext_lazy("token scope", "Prepare drafts"),
    TokenScope.DECIDE: pgettext_lazy("token scope", "Decide"),
    TokenScope.PAY: pgettext_lazy("token scope", "Pay"),
}
