"""Words for what is refused of a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "FILE_EMPTY": _("The file is empty."),
    "FILE_TOO_LARGE": _("The file is too large."),
    "FILE_TYPE": _(
        "Files of this type are not accepted: send a PDF, a picture, a document or XML."
    ),
    "FILE_NOT_PDF": _("The name says PDF, but the contents are something else."),
    "FILE_BROKEN_PDF": _("This PDF is damaged and cannot be read."),
    "FILE_LOCKED_PDF": _("This PDF opens only with a password: send it without one."),
    "FILE_BROKEN_IMAGE": _("This picture is damaged or has too many pixels."),
}
