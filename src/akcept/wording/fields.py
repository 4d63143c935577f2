"""What is wrong with a field, in words that say how to put it right."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CARD: Mapping[str, Promise] = {
    "REQUIRED": _("Please fill this in."),
    "AMOUNT_POSITIVE": _("The amount must be more than zero."),
    "AMOUNT_TOO_LARGE": _("The amount is too large. Check the number of zeros."),
    "PLANNED_SUM": _("The planned payments must add up to the amount."),
    "JUSTIFICATION_REQUIRED": _(
        "A client request number is given, so the justification file is required."
    ),
    "DAY_PAST": _("That day is over. Choose today or a later day."),
    "DAY_IS_PAST": _("That day is over. Choose a later day."),
    "DAY_FUTURE": _("That day has not come yet. Choose today or an earlier day."),
    "PAST_PLANNED": _(
        "The payment is planned earlier than that. Choose an earlier moment, or say that you mean it."
    ),
    "MOMENT_PAST": _("That moment is over. Choose a later one."),
    "HOLD_TOO_LONG": _("A hold may not last that long. Choose an earlier day."),
}
VALUES: Mapping[str, Promise] = {
    "CONTROL_CHARACTERS": _("This contains characters that cannot be kept. Type it anew."),
    "TOO_LONG": _("This is too long. Shorten it."),
    "TAKEN": _("This is already in use. Choose another one."),
    "NOT_A_DATE": _("This is not a date. Write it like 2026-11-21."),
    "NOT_A_NUMBER": _("This is not a number."),
    "NOT_A_TEXT": _("This is not a text."),
    "NOT_A_CHOICE": _("This is not offered. Choose one from the list."),
    "CHOOSE_UP_TO_THREE": _("Choose one to three different people."),
    "NOT_ACTIVE": _("This is no longer in use. Choose another one."),
    "NOT_IN_USE": _("It has to be published and in use first."),
    "NOT_FOUND": _("There is no such thing. Choose one from the list."),
    "DATE_OUT_OF_RANGE": _("This date is too far away. Check the year."),
    "NOT_VAT": _("Give for each VAT rate the rate, the base and the tax."),
    "VAT_RATE_UNKNOWN": _(
        "This VAT rate is not known. Choose one from the list, or have it added in the settings."
    ),
    "VAT_CODE_WRONG": _(
        "A code has up to 10 Latin capital letters, digits, hyphens and underscores."
    ),
    "NOT_A_FLAG": _("Answer yes or no."),
    "BOTH_OR_NEITHER": _("Give both times or neither."),
    "NOT_POSITIVE": _("This must be more than zero."),
    "OUT_OF_RANGE": _("This is too small or too large."),
    "TOO_PRECISE": _("There are too many digits after the point."),
    "TOO_MANY": _("These are too many."),
    "NOT_ONESELF": _("Ask somebody else than yourself."),
    "ASKED_ALREADY": _("You already wait for an answer of this person."),
    "NOT_OUTSIDE": _("Nobody is asked or named in the thread of somebody from outside."),
    "TOO_MANY_MENTIONED": _("Name up to 20 people in one message."),
    "TWICE": _("One of them is named twice."),
    "NOT_IN_POOL": _("Choose only among the people whom this step offers."),
    "WRONG_SHAPE": _("This cannot be understood."),
    "NO_HEADING": _("The first line must name the columns."),
    "RATES_EXIST": _("Exchange rates are already stored, so the base currency cannot change."),
    "ONLY_PAID": _("Only a document that ends in a payment can have this."),
    "FILE_AT_SAVE": _("A file comes after the document is saved. Ask for it to send or to pay."),
    "MATERIAL_AT_PAYMENT": _(
        "What is asked for at payment comes after the approvals, so its change cannot void them."
    ),
    "FIELD_CODE_WRONG": _("A code has up to 32 small Latin letters, digits and underscores."),
    "UNKNOWN_CALENDAR": _("This working calendar is not known. Choose one from the list."),
    "UNKNOWN_COUNTRY": _("This country is not known. Use its two-letter code."),
    "UNKNOWN_CURRENCY": _("This currency is not known. Use its three-letter code, like RUB."),
    "UNKNOWN_KIND": _("Write “off” or “working”."),
    "UNKNOWN_THEME": _("Choose light, dark, or as the machine is set."),
    "UNKNOWN_LANGUAGE": _("This language is not offered. Choose English or Russian."),
    "UNKNOWN_SETTING": _("There is no such setting."),
    "UNKNOWN_TIME_ZONE": _("This time zone is not known. Choose one from the list."),
}
FILES: Mapping[str, Promise] = {
    "FILE_UNKNOWN": _("This file has not been uploaded. Attach it again."),
    "FILE_EMPTY": _("The file is empty. Choose another one."),
    "FILE_TOO_LARGE": _("The file is too large."),
    "FILE_TYPE": _(
        "Files of this type are not accepted. Attach a PDF, an image or an office file."
    ),
    "FILE_NOT_PDF": _("The name says PDF, but the file is none."),
    "FILE_BROKEN_PDF": _("This PDF is damaged and cannot be opened."),
    "FILE_LOCKED_PDF": _("This PDF is protected by a password. Attach one without it."),
    "FILE_BROKEN_IMAGE": _("This image is damaged and cannot be opened."),
}
REQUISITES: Mapping[str, Promise] = {
    "INN_LENGTH": _("An ИНН has 10 digits, that of a person 12."),
    "INN_WRONG": _("This ИНН has a wrong check digit. Compare it with the invoice."),
    "KPP_WRONG": _("A КПП has 9 characters: four digits, two digits or letters, three digits."),
    "KPP_NOT_FOR_PERSON": _("A sole trader has no КПП. Leave it empty."),
    "OGRN_LENGTH": _("An ОГРН has 13 digits, an ОГРНИП 15."),
    "OGRN_WRONG": _("This ОГРН has a wrong check digit. Compare it with the invoice."),
    "VAT_ID_WRONG": _("This VAT number is not valid. Compare it with the invoice."),
    "BIK_WRONG": _("A БИК has 9 digits and starts with 0, 1 or 2."),
    "BIC_WRONG": _("A BIC has 8 or 11 characters, like DEUTDEFF."),
    "ROUTING_WRONG": _("This routing number is not valid. It has 9 digits."),
    "SORT_CODE_WRONG": _("A sort code has 6 digits."),
    "ACCOUNT_LENGTH": _("The account number has the wrong length."),
    "ACCOUNT_KEY": _("The account number does not match the bank. Compare every digit."),
    "ACCOUNT_CURRENCY": _("The account is not in the currency given."),
    "ACCOUNT_WRONG": _("This account number is not valid."),
    "CORRESPONDENT_LENGTH": _("A correspondent account has 20 digits."),
    "CORRESPONDENT_KEY": _("The correspondent account does not match the bank."),
    "IBAN_COUNTRY": _("No country has such an IBAN. Check the first two letters."),
    "IBAN_LENGTH": _("This IBAN has the wrong length or form for its country."),
    "IBAN_CHECK": _("This IBAN has wrong check digits. Compare every character."),
    "TREASURY_ACCOUNT": _("This is a treasury account, its key cannot be checked. Compare it."),
}
PEOPLE: Mapping[str, Promise] = {
    "AMBIGUOUS_NAME": _("There are several of this name. Write the e-mail, or rename one."),
    "IMPORT_HAS_ERRORS": _("Correct the rows that are wrong, and look at the preview again."),
    "ROW_TWICE": _("There is a row about the same above."),
    "UNKNOWN_DEPARTMENT": _("There is no such department, here or in the table."),
    "UNKNOWN_PERSON": _("There is nobody of this name or e-mail, here or in the table."),
    "ALREADY_OVER": _("That moment is over. Choose a later one."),
    "CODE_WRONG": _("Use capital Latin letters and underscores, like ACCOUNTANT."),
    "DEPARTMENT_LOOP": _("A department cannot stand above itself."),
    "EMAIL_OF_COLLEAGUE": _(
        "This is the address of a colleague. Choose them from the list instead."
    ),
    "EMAIL_IN_USE": _("Somebody else has this e-mail address."),
    "EMAIL_WRONG": _("This is not an e-mail address."),
    "ENDS_BEFORE_START": _("The last day is before the first one."),
    "FROM_OUTSIDE": _(
        "This person is from outside: they hold no role or limit, act for nobody and have nobody below them."
    ),
    "HOLDS_MORE": _(
        "They hold roles, limits, deputyships, people or departments. Take these away first."
    ),
    "LEAVES_TOO": _("This is who leaves. Choose somebody else."),
    "LIMIT_TWICE": _("There are two limits for the same document type and currency. Keep one."),
    "NO_EXCEPTIONS": _("This rule has no exceptions."),
    "OWN_DEPUTY": _("Nobody can be their own deputy. Choose somebody else."),
    "PASSWORD_WEAK": _("This password is easy to guess. Choose a longer one."),
    "REPORTING_LOOP": _("The reporting line would lead back to the same person."),
    "UNKNOWN_FIELD": _("This cannot be changed."),
    "UNKNOWN_ID": _("There is no such thing. Choose one from the list."),
    "UNKNOWN_ROLE": _("There is no such role. Choose one from the list."),
}
TEXTS: Mapping[str, Promise] = {**CARD, **VALUES, **FILES, **REQUISITES, **PEOPLE}
UNKNOWN = _("This cannot be accepted. Please check it.")


def words(code: str) -> str:
    """Say what is wrong; a code without words of its own is still refused politely."""
    return str(TEXTS.get(code, UNKNOWN))
