"""Words for the codes of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akcept.people.codes import ChangeState, PersonKind, Right, Theme, TokenScope
from akcept.people.duties import Duty, RuleCode
from akcept.people.proposals import Change

PERSON_KINDS = {
    PersonKind.INTERNAL: _("Employee"),
    PersonKind.EXTERNAL: _("Outside person"),
}
THEMES = {
    Theme.AUTO: pgettext_lazy("looks", "As the machine is set"),
    Theme.LIGHT: pgettext_lazy("looks", "Light"),
    Theme.DARK: pgettext_lazy("looks", "Dark"),
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
    Right.OVERRIDE: pgettext_lazy("right", "Override decisions"),
    Right.HANDLE_INTAKE: pgettext_lazy("right", "Handle what comes in by mail"),
}
TOKEN_SCOPES = {
    TokenScope.READ: pgettext_lazy("token scope", "Read"),
    TokenScope.DRAFT: pgettext_lazy("token scope", "Prepare drafts"),
    TokenScope.DECIDE: pgettext_lazy("token scope", "Decide"),
    TokenScope.PAY: pgettext_lazy("token scope", "Pay"),
    TokenScope.ADMINISTER: pgettext_lazy("token scope", "Administer"),
}
DUTIES = {
    Duty.ENTER: pgettext_lazy("duty", "Enter documents"),
    Duty.APPROVE: pgettext_lazy("duty", "Approve"),
    Duty.BANK_DETAILS: pgettext_lazy("duty", "Keep bank details"),
    Duty.VERIFY: pgettext_lazy("duty", "Vouch for bank details"),
    Duty.PAY: pgettext_lazy("duty", "Pay"),
    Duty.RECONCILE: pgettext_lazy("duty", "Record what the bank returns"),
}
RULES = {
    RuleCode.OWN_APPROVAL: _("Nobody approves what they entered"),
    RuleCode.OWN_PAYMENT: _("Nobody pays what they entered"),
    RuleCode.DETAILS_APPROVAL: _("Nobody approves a document whose bank account they entered"),
    RuleCode.DETAILS_VERIFIED: _("Nobody vouches for a bank account they entered"),
    RuleCode.DETAILS_PAYMENT: _("Whoever keeps bank details does not pay"),
    RuleCode.DETAILS_ENTRY: _(
        "Documents had better not be entered by whoever entered the bank account"
    ),
    RuleCode.PAYMENT_RECONCILED: _("Whoever pays had better not record what the bank returns"),
}
CHANGES = {
    Change.GRANT_ROLE: pgettext_lazy("change", "Give a role"),
    Change.SAVE_ROLE: pgettext_lazy("change", "Change a role"),
    Change.SET_LIMITS: pgettext_lazy("change", "Set limits of approval"),
    Change.SET_DEPUTY: pgettext_lazy("change", "Name a deputy"),
    Change.ALLOW_EXCEPTION: pgettext_lazy("change", "Allow an exception"),
}
CHANGE_STATES = {
    ChangeState.WAITING: pgettext_lazy("change", "waits"),
    ChangeState.CONFIRMED: pgettext_lazy("change", "confirmed"),
    ChangeState.DECLINED: pgettext_lazy("change", "declined"),
    ChangeState.WITHDRAWN: pgettext_lazy("change", "withdrawn"),
}
