"""Words for the codes of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akcept.engine.requisites import Notice
from akcept.parties.codes import AccountState, How

ACCOUNT_STATES = {
    AccountState.UNVERIFIED: _("Unverified"),
    AccountState.VERIFIED: _("Verified"),
    AccountState.BLOCKED: _("Blocked"),
}
HOW = {
    How.CALL_BACK: _("Verified by call"),
    How.LETTER: _("Signed letter"),
    How.VOP: _("Verification of payee"),
    How.PENNY_TEST: _("Penny test"),
    How.OTHER: _("Another way"),
}
NOTICES = {
    Notice.TREASURY_ACCOUNT: _("Treasury account: its check digits cannot be verified"),
}
