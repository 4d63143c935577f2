"""Letters that came in and are passed on to a colleague: who is told, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import pgettext

from akcept.delivery.channels.contract import Fact, Letter
from akcept.delivery.models import Delivery
from akcept.delivery.posting import Telling
from akcept.delivery.topics import Topic
from akcept.intake import queries as intake
from akcept.intake.codes import Kind
from akcept.intake.queries import ItemPlace
from akcept.journal import queries as journal
from akcept.journal.dispatch import DispatchRef
from akcept.journal.queries import Place, StoredEntry
from akcept.people.models import Person


@dataclass(frozen=True, slots=True)
class Passed:
    """A letter that somebody passed on (`sentence`), and by whom and when the last thing was done with it."""

    item: ItemPlace
    sentence: str
    last_by: str
    last_at: datetime

    @property
    def title(self) -> str:
        """Name the letter."""
        return self.item.subject or pgettext("intake", "(no subject)")


def tellings(ref: DispatchRef) -> list[Telling]:
    """Return who is told of what was done with a letter: to whom it was passed on by somebody else."""
    numbers = range(ref.first_number, ref.last_number + 1)
    found = journal.entries_of(refs=[(ref.chain_id, number) for number in numbers])
    given = [entry for entry in found.values() if entry.kind == Kind.GIVEN and entry.data["new"]]
    return [
        Telling(
            person_id=UUID(str(entry.data["new"])),
            chain_id=entry.chain_id,
            number=entry.number,
            cause=str(entry.number),
            topic=Topic.INTAKE,
            # It is work, so it waits for no company.
            task_kind=Topic.INTAKE,
            happened_at=entry.at,
        )
        for entry in given
        if entry.data["new"] != str(entry.actor.id)
    ]


def passed(*, places: Sequence[Place]) -> list[Passed]:
    """Return what each of those entries passed on, with as many queries for ten as for one."""
    items = intake.places(item_ids={item_id for item_id, _number in places})
    last = {key: (key, item.entries) for key, item in items.items()}
    entries = journal.entries_of(refs=[*places, *last.values()])
    said = pgettext("intake", "%(name)s passed this letter on to you")
    return [
        Passed(
            item=items[place[0]],
            sentence=said % {"name": _who(entries[place])},
            last_by=_who(entries[last[place[0]]]),
            last_at=entries[last[place[0]]].at,
        )
        for place in places
    ]


def compose(*, row: Delivery, person: Person, id: str, is_push: bool) -> Letter | None:
    """Word a letter about a letter; None when it waits for its reader no more. A push names neither it nor anybody."""
    (told,) = passed(places=[(row.chain_id, row.number)])
    item = told.item
    if item.waits_for != person.id:
        return None
    heading = pgettext("intake", "A letter was passed on to you")
    what = pgettext("intake", "Make a document of it, or set it aside.")
    facts = (
        Fact(pgettext("intake", "Subject"), told.title),
        Fact(pgettext("intake", "From"), item.sender),
        Fact(pgettext("intake", "Files"), ", ".join(item.files)),
    )
    return Letter(
        id=id,
        address=str(person.id) if is_push else person.email or "",
        language=person.language,
        subject=heading if is_push else f"{heading} · {told.title}",
        heading=heading,
        lines=(what,) if is_push else (f"{told.sentence}.", what),
        facts=() if is_push else tuple(fact for fact in facts if fact.text),
        button="" if is_push else pgettext("intake", "Open the letter"),
        url=item_url(row.chain_id),
        footer=""
        if is_push
        else pgettext("outside", "Akcept sent this letter. Opening the link decides nothing."),
    )


def _who(entry: StoredEntry) -> str:
    """Name who did it; of whom a retention rule has removed there is no name."""
    name = entry.actor.name
    return name if isinstance(name, str) else pgettext("did", "somebody")


def item_url(item_id: UUID) -> str:
    """Return the address of a letter's page."""
    return f"{settings.AKCEPT_BASE_URL}/intake/{item_id}/"
