"""The words of this door: titles of problems, and the codes that only a machine's request can bring about."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: Mapping[int, Promise] = {
    400: _("The request cannot be read"),
    401: _("A token is needed"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("No such method here"),
    409: _("Not possible now"),
    413: _("Too large"),
    415: _("Wrong media type"),
    422: _("Some input cannot be accepted"),
    500: _("Something broke"),
}
DETAILS: Mapping[str, Promise] = {
    "BAD_REQUEST": _("Akcept does not understand this request."),
    "BODY_NOT_JSON": _("The body is not valid JSON in UTF-8."),
    "TOKEN_MISSING": _("Send your token in the header “Authorization: Bearer akc_…”."),
    "TOKEN_REFUSED": _("This token is unknown, expired or revoked."),
    "SCOPE_MISSING": _(
        "The token does not reach that far; its owner can grant more in the profile."
    ),
    "NOT_FOUND": _("There is nothing here that you may see."),
    "METHOD_NOT_ALLOWED": _("Use one of the methods named in the header “Allow”."),
    "TOO_LARGE": _("The request is larger than Akcept accepts."),
    "MEDIA_TYPE": _("Send “application/json”; files go as “multipart/form-data”."),
    "INVALID_INPUT": _("Correct the fields named in “errors” and send again."),
    "SERVER_ERROR": _(
        "It is our mistake and has been noted. Name the request id when you ask about it."
    ),
}
FIELDS: Mapping[str, Promise] = {
    "UNKNOWN_FIELD": _("There is no such field."),
    "WRONG_TYPE": _("This is not the kind of value that belongs here."),
    "WRONG_FORMAT": _("This does not look the way it should."),
    "UNKNOWN_VALUE": _("This is none of the possible values."),
    "NOT_AN_ID": _("This is not an id."),
    "NOT_A_MOMENT": _("Write a moment with its time zone: 2026-11-23T09:00:00Z."),
    "TOO_MANY": _("These are too many."),
    "CURRENCY_DIFFERS": _("The currency is not that of the document."),
    "REVISIONS_DIFFER": _("The header If-Match and the body name different revisions."),
}
