"""The telling name of a task: Approval of invoice 49."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akcept.engine.tasks import TaskKind
from akcept.wording.documents import TypeNames, is_russian

TITLES: Mapping[str, Promise] = {
    TaskKind.APPROVE: _("Approval of %(document)s %(number)s"),
    TaskKind.CORRECT: _("Correct %(document)s %(number)s"),
    TaskKind.PAY: _("Pay %(document)s %(number)s"),
    TaskKind.NAME_APPROVER: _("Name an approver for %(document)s %(number)s"),
    TaskKind.DECIDE_DATE: _("Decide the date of %(document)s %(number)s"),
}
KINDS: Mapping[str, Promise] = {
    TaskKind.APPROVE: pgettext_lazy("task", "To decide"),
    TaskKind.CORRECT: pgettext_lazy("task", "To fix"),
    TaskKind.PAY: pgettext_lazy("task", "To pay"),
    TaskKind.NAME_APPROVER: pgettext_lazy("task", "To name an approver"),
    TaskKind.DECIDE_DATE: pgettext_lazy("task", "To decide the date"),
}
# Russian: correct and pay (whom? what?), everything else of (whom? what?).
ACCUSATIVE = frozenset({TaskKind.CORRECT, TaskKind.PAY})


def title(kind: str, type: TypeNames, number: int) -> str:
    """Name a task in the reader's language."""
    document = type.title_en
    if is_russian():
        document = type.title_ru_accusative if kind in ACCUSATIVE else type.title_ru_genitive
    return str(TITLES[kind]) % {"document": document, "number": number}


def kind_words(kind: str) -> str:
    """Name a kind of task as the tabs of the inbox do."""
    return str(KINDS[kind])
