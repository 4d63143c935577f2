"""Words for the codes of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akcept.people.codes import PersonKind, Right, TokenScope

PERSON_KINDS = {
    PersonKind.INTERNAL: _("Employee"),
    PersonKind.EXTERNAL: _("Outside person"),
}
RIGHTS = {
    Right.PAY: _("Pay"),
    Right.SEE_CASES: _("See all documents"),
    Right.AUDIT: _("Audit"),
    Right.ADMINISTER: _("Administer"),
    Right.OWN_ROUTES: _("Own the routes"),
    Right.EDIT_PARTIES: _("Edit counterparties"),
    Right.VERIFY_ACCOUNTS: _("Verify bank accounts"),
    Right.RECORD_RETURN: _("Record returned payments"),
    Right.EXPORT: _("Export"),
}
TOKEN_SCOPES = {
    TokenScope.READ: _("Read"),
    TokenScope.DRAFT: _("Prepare drafts"),
    TokenScope.DECIDE: _("Decide"),
    TokenScope.PAY: _("Pay"),
}
