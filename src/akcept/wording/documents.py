"""What a document is called: its type and its number."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _


class TypeNames(Protocol):
    """The forms of a type's name; cards of `cases` and of `doctypes` have them."""

    @property
    def name_en(self) -> str:
        """Return "Invoice"."""

    @property
    def name_ru(self) -> str:
        """Return «Счёт»."""

    @property
    def title_en(self) -> str:
        """Return "invoice"."""

    @property
    def title_ru_genitive(self) -> str:
        """Return «счёта»."""

    @property
    def title_ru_accusative(self) -> str:
        """Return «счёт»."""


class PluralNames(Protocol):
    """The name of several documents of a type."""

    @property
    def plural_en(self) -> str:
        """Return "Invoices"."""

    @property
    def plural_ru(self) -> str:
        """Return «Счета»."""


def is_russian() -> bool:
    """Tell whether the reader reads Russian."""
    return (get_language() or "en").startswith("ru")


def name(type: TypeNames) -> str:
    """Name the type: Invoice, «Счёт»."""
    return type.name_ru if is_russian() else type.name_en


def quoted(text: str) -> str:
    """Put a name in the reader's quotation marks."""
    return _("“%(text)s”") % {"text": text}


def plural(type: PluralNames) -> str:
    """Name several of the type: Invoices, «Счета»."""
    return type.plural_ru if is_russian() else type.plural_en


def label(type: TypeNames, number: int) -> str:
    """Name a document: Invoice 49, «Счёт № 49»."""
    return _("%(document)s %(number)s") % {"document": name(type), "number": number}


def titled(type: TypeNames, number: int, *, about: str) -> str:
    """Name a document with what it is called or whom it is with: Invoice 49 · Paper."""
    return " · ".join(filter(None, (label(type, number), about)))


def new(type: TypeNames) -> str:
    """Name the beginning of a document: New invoice, «Новый счёт», «Новая заявка на оплату»."""
    if not is_russian():
        return _("New %(document)s") % {"document": type.title_en}
    words = type.name_ru
    if not words[1:2].isupper():
        words = words[:1].lower() + words[1:]
    return _new_of_gender(words, type.title_ru_accusative) % {"document": words}


def _new_of_gender(words: str, accusative: str) -> str:
    """Choose «новый», «новая» or «новое» by the accusative; «ведомость» does not tell, and is named after a colon."""
    head = words.split()[0] if words.split() else words
    if words != accusative:
        return pgettext("feminine", "New %(document)s")
    if head.endswith(("о", "е")):
        return pgettext("neuter", "New %(document)s")
    if head.endswith("ь"):
        return _("New %(document)s")
    return pgettext("masculine", "New %(document)s")
