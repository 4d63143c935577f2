"""What the search of every page offers: acts of the open card, places, documents, counterparties, people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from akcept.cases import queries
from akcept.cases.pages import FoundCase, Way
from akcept.kit import text
from akcept.parties import queries as parties
from akcept.people import queries as people
from akcept.web import formats
from akcept.web.asking import Ask
from akcept.web.present.lines import case_line
from akcept.web.shell import Shell
from akcept.wording import states

MOST = 8
FEW = 4
# What people call a place beside its name.
ALSO = {
    "calendar": gettext_lazy("pay dates"),
    "registry": gettext_lazy("registry list"),
    "feed": gettext_lazy("home news"),
    "tasks": gettext_lazy("inbox to do"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing to choose: where it leads, or which act of the page it stands for."""

    title: str
    note: str
    url: str
    icon: str
    act: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind."""

    code: str
    label: str
    hits: list[Hit]


def groups(typed: str, *, asked: Ask, around: Shell, acts: Sequence[str] = ()) -> list[Group]:
    """Return what fits, the surest first; with nothing typed what can be done and where one can go."""
    found = [
        Group("acts", _("On this page"), _acts(typed, acts)),
        Group("places", _("Go to"), _places(typed, around)),
    ]
    if typed.strip():
        hits = queries.find(by=asked.by, text=typed, at=asked.at, limit=MOST)
        sure = [hit for hit in hits if hit.way is Way.NUMBER]
        others = [hit for hit in hits if hit.way is not Way.NUMBER]
        found = [
            Group("number", _("By number"), [_case(hit, asked) for hit in sure]),
            *found,
            Group("parties", _("Counterparties"), _parties(typed)),
            Group("documents", _("Documents"), [_case(hit, asked) for hit in others]),
            Group("people", _("Documents of people"), _people(typed)),
        ]
    return [group for group in found if group.hits]


def fits(typed: str, said: Iterable[str]) -> bool:
    """Tell whether every word typed begins a word of what is said, in either layout, or is one with a slip."""
    known = [word for words in said for word in text.words(words)]
    return any(
        bool(words := text.words(reading)) and all(_begins(word, known) for word in words)
        for reading in (typed, text.other_layout(typed))
    )


def _begins(typed: str, known: Iterable[str]) -> bool:
    return any(word.startswith(typed) or text.is_slip(typed, word) for word in known)


def _acts(typed: str, acts: Sequence[str]) -> list[Hit]:
    return [
        Hit(words, "", "", "chevron-right", place)
        for place, words in enumerate(acts)
        if not typed.strip() or fits(typed, [words])
    ]


def _places(typed: str, around: Shell) -> list[Hit]:
    """Return the places of the menu by their names in any language of Akcept."""
    entries: list[tuple[str, Promise | str, str, str]] = []
    if around.new_url:
        entries.append(("new", gettext_lazy("New invoice"), around.new_url, "plus"))
    entries += [(place.code, _new(place.label), place.url, "plus") for place in around.begin]
    entries += [
        (place.code, place.label, place.url, place.icon)
        for place in (*around.work, *around.intake, *around.documents, *around.keeping)
    ]
    entries.append(("notices", gettext_lazy("Notices"), around.notices_url, "bell"))
    entries.append(("profile", gettext_lazy("Profile"), around.profile_url, "user"))
    if not typed.strip():
        return [Hit(str(label), "", url, icon) for _code, label, url, icon in entries if url]
    found = [
        Hit(str(label), "", url, icon)
        for code, label, url, icon in entries
        if url and fits(typed, [*_in_all(label), *_in_all(ALSO.get(code, ""))])
    ]
    return found[:FEW]


def _new(label: Promise | str) -> str:
    return _("New: %(document)s") % {"document": label}


def _in_all(label: Promise | str) -> list[str]:
    said = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said.append(str(label))
    return said


def _case(hit: FoundCase, asked: Ask) -> Hit:
    line = case_line(hit.row, by=asked.by)
    parts = [
        formats.amount(line.amount) if line.amount else "",
        states.words(line.state),
        _("in a file") if hit.way is Way.FILE else line.comment,
    ]
    return Hit(line.title, " · ".join(part for part in parts if part), line.url, "file-text")


def _parties(typed: str) -> list[Hit]:
    readings = [typed, text.other_layout(typed), *queries.meant(text=typed)]
    lines = parties.suggest_any(texts=readings, limit=FEW)
    return [
        Hit(line.name, line.inn or line.vat_id, _card_of(line.id), "building") for line in lines
    ]


def _card_of(party: UUID) -> str:
    return reverse("web:counterparty", args=[party])


def _people(typed: str) -> list[Hit]:
    if not any(character.isalpha() for character in typed):
        return []
    return [
        Hit(
            pick.name,
            pick.position,
            f"{reverse('web:registry')}?{urlencode({'initiator': str(pick.id)})}",
            "user",
        )
        for pick in people.directory(search=typed, limit=FEW)
    ]
