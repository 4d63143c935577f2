"""Words for the codes of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akcept.engine.requisites import Notice, Problem
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
PROBLEMS = {
    Problem.INN_LENGTH: _("An ИНН has 10 digits, or 12 for a person."),
    Problem.INN_WRONG: _("There is no such ИНН: its check digit is wrong."),
    Problem.KPP_WRONG: _("A КПП has 9 characters, for example 770701001."),
    Problem.KPP_NOT_FOR_PERSON: _("A sole trader has no КПП."),
    Problem.OGRN_LENGTH: _("An ОГРН has 13 digits, an ОГРНИП 15."),
    Problem.OGRN_WRONG: _("There is no such ОГРН: its check digit is wrong."),
    Problem.VAT_ID_WRONG: _("This is no VAT number of that country."),
    Problem.BIK_WRONG: _("A БИК has 9 digits."),
    Problem.BIC_WRONG: _("A BIC has 8 or 11 characters, for example COBADEFF."),
    Problem.ROUTING_WRONG: _("There is no such routing number: its check digit is wrong."),
    Problem.SORT_CODE_WRONG: _("A sort code has 6 digits."),
    Problem.ACCOUNT_LENGTH: _("The account number has a wrong length."),
    Problem.ACCOUNT_KEY: _(
        "This account cannot be at this bank: a digit of it or of the БИК is wrong."
    ),
    Problem.ACCOUNT_CURRENCY: _("The account is in another currency."),
    Problem.ACCOUNT_WRONG: _("An account number has 4 to 34 Latin letters and digits."),
    Problem.CORRESPONDENT_LENGTH: _("A correspondent account has 20 digits."),
    Problem.CORRESPONDENT_KEY: _(
        "This correspondent account is not of this bank: a digit is wrong."
    ),
    Problem.IBAN_COUNTRY: _("No country has an IBAN that starts like this."),
    Problem.IBAN_LENGTH: _("An IBAN of this country is of another length or structure."),
    Problem.IBAN_CHECK: _("A digit of the IBAN is wrong."),
}
