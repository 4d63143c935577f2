"""A document type as menus, forms, lists and the rules see it. All frozen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from uuid import UUID

from akcept.doctypes.codes import WhoStarts
from akcept.engine.doctypes import DocumentType, Field, FieldKind, Gate


@dataclass(frozen=True, slots=True)
class OptionCard:
    """One choice of a field's own list; a retired one is shown on documents that have it."""

    code: str
    name_en: str
    name_ru: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class FieldCard:
    """One field as forms show it; `is_core`: a column of the case, any other lives under its code in the card."""

    code: str
    kind: FieldKind
    label_en: str
    label_ru: str
    required_at: Gate | None = None
    is_material: bool = False
    vouches_for: str = ""
    choices_from: str = ""
    options: tuple[OptionCard, ...] = ()
    is_core: bool = False
    is_retired: bool = False

    def option(self, code: object) -> OptionCard | None:
        """Return what a code of the own list stands for, retired or not."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class TypeCard:
    """A document type. `stamp` is new with every edit; `fields` holds the retired ones too."""

    code: str
    name_en: str
    name_ru: str
    plural_en: str
    plural_ru: str
    title_en: str
    title_ru_genitive: str
    title_ru_accusative: str
    series: str
    ends_in_payment: bool
    is_confidential: bool
    never_postpone: bool
    max_hold_days: int
    who_starts: WhoStarts
    starters: tuple[str, ...]
    is_active: bool
    position: int
    stamp: UUID
    fields: tuple[FieldCard, ...]

    @cached_property
    def used(self) -> tuple[FieldCard, ...]:
        """Return the fields that a document is asked for now."""
        return tuple(field for field in self.fields if not field.is_retired)

    @cached_property
    def own(self) -> tuple[FieldCard, ...]:
        """Return the type's own fields, retired ones too."""
        return tuple(field for field in self.fields if not field.is_core)

    @cached_property
    def rules(self) -> DocumentType:
        """Return the type as the rules see it."""
        fields = {
            field.code: Field(field.code, field.kind, field.required_at, field.is_material)
            for field in self.used
        }
        return DocumentType(
            code=self.code,
            fields=MappingProxyType(fields),
            ends_in_payment=self.ends_in_payment,
            never_postpone=self.never_postpone,
            max_hold_days=self.max_hold_days,
            is_confidential=self.is_confidential,
        )

    def field(self, code: str) -> FieldCard | None:
        """Return a field by its code, retired or not."""
        return next((field for field in self.fields if field.code == code), None)

    def asks_for(self, code: str) -> bool:
        """Say whether documents of this type have that field now."""
        return code in self.rules.fields


@dataclass(frozen=True, slots=True)
class DictionaryRow:
    """One line of a dictionary; retired ones are shown on old cards only."""

    id: UUID
    code: str
    name: str
    is_active: bool
    owner_id: UUID | None = None
