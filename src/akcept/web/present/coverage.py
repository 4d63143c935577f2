"""Days on which nobody is left to decide, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from akcept.cases.coverage import Gap, Post
from akcept.people import queries
from akcept.people.cards import Pick
from akcept.routes import queries as routes

POSTS = {
    Post.PAYER: _("Nobody pays"),
    Post.STAGE: _("Nobody decides in the route"),
    Post.MANAGER: _("Nobody decides as manager"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Some days on which a post is empty, and who is away."""

    what: Promise | str
    name: str
    first: date
    last: date
    people: tuple[Pick, ...]


def gaps(found: Iterable[Gap]) -> list[Shown]:
    """Return the gaps as they are shown."""
    rows = list(found)
    people = queries.picks(person_ids={person for gap in rows for person in gap.people})
    names = {gap.name: _route(gap.name) for gap in rows if gap.post is Post.STAGE}
    return [
        Shown(
            POSTS[gap.post],
            names.get(gap.name, gap.name) if gap.post is Post.STAGE else gap.name,
            gap.first,
            gap.last,
            _picked(gap.people, people),
        )
        for gap in rows
    ]


def _picked(ids: tuple[UUID, ...], people: dict[UUID, Pick]) -> tuple[Pick, ...]:
    return tuple(people[one] for one in ids if one in people)


def _route(code: str) -> str:
    card = routes.route_card(code=code)
    return card.name_ru if get_language() == "ru" else card.name_en
