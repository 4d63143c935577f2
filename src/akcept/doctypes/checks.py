"""What a document type has to be before it is kept. All problems are reported at once, per field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from akcept.doctypes import catalogue
from akcept.doctypes.cards import FieldCard, OptionCard, TypeCard
from akcept.doctypes.codes import OWN_LIST, WhoStarts
from akcept.engine.doctypes import FieldKind, Gate
from akcept.engine.refusals import InvalidInput
from akcept.engine.routes import FOLLOWS_FROM
from akcept.kit import text

TYPE_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,31}", re.ASCII)
FIELD_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
OPTION_CODE = re.compile(r"[A-Za-z0-9_]{1,32}", re.ASCII)
LONGEST_NAME = 100
LONGEST_HOLD = 365
MOST_FIELDS, MOST_OPTIONS = 60, 200
NAMES = (
    "name_en", "name_ru", "plural_en", "plural_ru", "title_en", "title_ru_genitive",
    "title_ru_accusative",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypeFields:
    """A document type as its administrator wants it; `fields` in the order of the sheet."""

    name_en: str
    name_ru: str
    plural_en: str
    plural_ru: str
    title_en: str
    title_ru_genitive: str
    title_ru_accusative: str
    ends_in_payment: bool
    fields: tuple[FieldCard, ...]
    series: str = ""
    is_confidential: bool = False
    never_postpone: bool = False
    max_hold_days: int = 30
    who_starts: WhoStarts = WhoStarts.EVERYBODY
    starters: tuple[str, ...] = ()
    is_active: bool = True


def checked_code(code: str) -> str:
    """Return the code of a new type; refuses what is none."""
    if not TYPE_CODE.fullmatch(code):
        raise InvalidInput({"code": "CODE_WRONG"})
    return code


def checked(wanted: TypeFields, old: TypeCard | None) -> TypeFields:
    """Return a type cleaned and completed; InvalidInput names everything that cannot be accepted.

    Whether it ends in a payment, its series, and the kind of a field are settled once: documents depend on them.
    """
    errors: dict[str, str] = {}
    names = dict(_names(wanted, errors))
    if old:
        wanted = replace(wanted, ends_in_payment=old.ends_in_payment, series=old.series)
    if not 1 <= wanted.max_hold_days <= LONGEST_HOLD:
        errors["max_hold_days"] = "OUT_OF_RANGE"
    if wanted.who_starts is not WhoStarts.EVERYBODY and not wanted.starters:
        errors["starters"] = "REQUIRED"
    if len(wanted.fields) > MOST_FIELDS:
        errors["fields"] = "TOO_MANY"
    fields = _fields(wanted, old, errors)
    if errors:
        raise InvalidInput(errors)
    return replace(wanted, fields=fields, **names)  # type: ignore[arg-type]


def _names(wanted: TypeFields, errors: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in NAMES:
        try:
            cleaned = text.clean_text(getattr(wanted, name), max_length=LONGEST_NAME)
        except ValueError as error:
            errors[name] = str(error)
        else:
            yield name, cleaned
            if not cleaned:
                errors[name] = "REQUIRED"


def _fields(
    wanted: TypeFields, old: TypeCard | None, errors: dict[str, str]
) -> tuple[FieldCard, ...]:
    known = {field.code: field for field in old.fields} if old else {}
    found: dict[str, FieldCard] = {}
    for place, field in enumerate(wanted.fields):
        named = field if field.code else replace(field, code=_new_code(field, {*known, *found}))
        problems = dict(
            _field_problems(named, known.get(named.code), ends_in_payment=wanted.ends_in_payment)
        )
        if named.code in found:
            problems["code"] = "TAKEN"
        errors |= {f"fields.{place}.{name}": code for name, code in problems.items()}
        if not problems:
            found[named.code] = _settled(named, known.get(named.code))
    # What an older document may hold stays known; it is only not asked for any more.
    for code, field in known.items():
        found.setdefault(code, replace(field, is_retired=True))
    return tuple(_completed(found.values(), ends_in_payment=wanted.ends_in_payment))


def _field_problems(
    field: FieldCard,
    old: FieldCard | None,
    *,
    ends_in_payment: bool,
) -> Iterator[tuple[str, str]]:
    core = catalogue.CORE.get(field.code)
    if core is None:
        yield from _own_problems(field, old)
    elif field.code in catalogue.ONLY_PAID and not ends_in_payment and not field.is_retired:
        yield "code", "ONLY_PAID"
    yield from _label_problems(field)
    kind = core.kind if core else field.kind
    if field.required_at is Gate.SAVE and kind is FieldKind.FILE:
        yield "required_at", "FILE_AT_SAVE"
    if field.required_at is Gate.PAYMENT:
        if not ends_in_payment:
            yield "required_at", "ONLY_PAID"
        elif field.is_material:
            yield "required_at", "MATERIAL_AT_PAYMENT"
    if field.vouches_for and field.vouches_for not in catalogue.VOUCHED:
        yield "vouches_for", "NOT_A_CHOICE"


def _label_problems(field: FieldCard) -> Iterator[tuple[str, str]]:
    for name in ("label_en", "label_ru"):
        try:
            if not text.clean_text(getattr(field, name), max_length=LONGEST_NAME):
                yield name, "REQUIRED"
        except ValueError as error:
            yield name, str(error)


def _own_problems(field: FieldCard, old: FieldCard | None) -> Iterator[tuple[str, str]]:
    if not FIELD_CODE.fullmatch(field.code) or field.code in FOLLOWS_FROM:
        yield "code", "FIELD_CODE_WRONG"
    if field.kind not in catalogue.OWN_KINDS or (old and old.kind is not field.kind):
        yield "kind", "NOT_A_CHOICE"
    if field.kind is FieldKind.CHOICE:
        offered = [option for option in field.options if not option.is_retired]
        if not offered:
            yield "options", "REQUIRED"
        if len(field.options) > MOST_OPTIONS:
            yield "options", "TOO_MANY"
        if any(not _is_option(option) for option in offered):
            yield "options", "WRONG_SHAPE"


def _is_option(option: OptionCard) -> bool:
    if option.code and not OPTION_CODE.fullmatch(option.code):
        return False
    try:
        names = [text.clean_text(name, max_length=LONGEST_NAME) for name in (option.name_en, option.name_ru)]  # fmt: skip
    except ValueError:
        return False
    return all(names)


def _settled(field: FieldCard, old: FieldCard | None) -> FieldCard:
    """Return a field with what it cannot choose: a core one its kind, a list of its own every option it ever had."""
    field = replace(
        field,
        label_en=text.clean_text(field.label_en, max_length=LONGEST_NAME),
        label_ru=text.clean_text(field.label_ru, max_length=LONGEST_NAME),
    )
    if core := catalogue.CORE.get(field.code):
        return replace(
            core,
            label_en=field.label_en,
            label_ru=field.label_ru,
            required_at=field.required_at,
            is_material=field.is_material,
            vouches_for=field.vouches_for,
            is_retired=field.is_retired,
        )
    is_list = field.kind is FieldKind.CHOICE
    return replace(
        field,
        is_core=False,
        choices_from=OWN_LIST if is_list else "",
        options=_options(field.options, old.options if old else ()) if is_list else (),
    )


def _options(wanted: Iterable[OptionCard], old: Iterable[OptionCard]) -> tuple[OptionCard, ...]:
    known = {option.code: option for option in old}
    by_name = {option.name_en.casefold(): option.code for option in known.values()}
    found: dict[str, OptionCard] = {}
    for option in wanted:
        code = option.code or by_name.get(option.name_en.casefold(), "")
        code = code or _free(_slug(option.name_en) or "choice", {*known, *found})
        found[code] = replace(option, code=code)
    for code, option in known.items():
        found.setdefault(code, replace(option, is_retired=True))
    return tuple(found.values())


def _completed(fields: Iterable[FieldCard], *, ends_in_payment: bool) -> Iterator[FieldCard]:
    """Give every field, with those that cannot be missing: its company, the currency of an amount, what is paid when."""
    found = {field.code: field for field in fields}
    used = {code for code, field in found.items() if not field.is_retired}
    needed = {*catalogue.ALWAYS, *(catalogue.PAID if ends_in_payment else ())}
    needed |= {other for code, other in catalogue.TOGETHER.items() if code in used | needed}
    for code in catalogue.CORE:
        if code in needed:
            found[code] = replace(found.get(code, catalogue.CORE[code]), is_retired=False)
    gates: Mapping[str, Gate] = {"entity": Gate.SUBMIT}
    if ends_in_payment:
        gates = {**gates, "amount": Gate.SAVE, "currency": Gate.SAVE}
    for code, field in found.items():
        yield replace(field, required_at=gates.get(code, field.required_at))


def _new_code(field: FieldCard, taken: set[str]) -> str:
    slug = _slug(field.label_en) or _slug(text.transliterate(text.fold(field.label_ru))) or "field"
    return _free(slug, {*taken, *catalogue.CORE, *FOLLOWS_FROM})


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_0123456789")[:28].strip("_")


def _free(slug: str, taken: set[str]) -> str:
    """Return the slug, counted on until nobody has it."""
    tries = (f"{slug}_{number}" for number in range(2, MOST_OPTIONS * 2))
    return next(code for code in (slug, *tries) if code not in taken)
