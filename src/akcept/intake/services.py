"""What others may ask of this room: take a letter in, and say what becomes of it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import UUID

from akcept.cases import services as cases
from akcept.cases.cards import Outcome
from akcept.cases.services import CardInput
from akcept.engine.refusals import InvalidInput
from akcept.files import services as files
from akcept.intake import access, store
from akcept.intake.models import Item, ItemFile
from akcept.intake.store import Brought, Letter
from akcept.journal import repeats
from akcept.journal.in_hand import Asked
from akcept.kit import text
from akcept.people.askers import Asker, asker

__all__ = ["Letter"]

# More from one address in one day come from a machine that has gone wrong.
MOST_A_DAY = 100
DAY = timedelta(days=1)
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file as it came with a letter."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a letter: its item, none where no file could be kept, and why files were refused."""

    item_id: UUID | None
    problems: tuple[str, ...]


def is_flooding(*, sender: str, at: datetime) -> bool:
    """Tell whether an address has sent more in a day than anybody reads."""
    lately = Item.objects.filter(sender=sender, received_at__gt=at - DAY)
    return lately[:MOST_A_DAY].count() >= MOST_A_DAY


def take_in(*, letter: Letter, enclosed: Sequence[Enclosed], at: datetime) -> TakenIn:
    """Keep what a letter brings, once however often it comes; without a file that can be kept nothing comes of it.

    Call it outside of any transaction, as `files.keep`.
    """
    before = store.known(message=letter.message)
    if before is not None:
        return TakenIn(before, ())
    brought = tuple(_keep(one, letter.holder_id, at) for one in enclosed)
    problems = tuple(file.problem for file in brought if file.problem)
    if len(problems) == len(brought):
        return TakenIn(None, problems)
    return TakenIn(store.receive(letter=letter, files=brought, at=at), problems)


def make_document(
    *,
    item_id: UUID,
    by: Asker,
    doctype: str,
    content: CardInput,
    submit: bool,
    at: datetime,
    duplicate_reason: str = "",
    key: str | None = None,
) -> Outcome:
    """Make a document of an item, in one transaction with the note of it; refuses a second one.

    Refuses also what `cases.services.create` refuses.
    """
    access.check_handling(item_id=item_id, by=by, at=at)
    chosen = {file.sha256 for file in content.files}
    theirs = ItemFile.objects.filter(item=item_id, blob__in=chosen)
    # Whoever handles a letter has its files in hands.
    files.hand(sha256s=theirs.values_list("blob_id", flat=True), to=by.id, at=at)
    return cases.create(
        by=by,
        doctype=doctype,
        content=content,
        submit=submit,
        duplicate_reason=duplicate_reason,
        at=at,
        key=key,
        along=lambda case_id: store.take(item_id=item_id, case_id=case_id, by=by.actor, at=at),
    )


def set_aside(
    *, item_id: UUID, by: Asker, reason: str, at: datetime, key: str | None = None
) -> None:
    """Say that no document comes of an item, and why; refuses to do so without a reason."""
    try:
        said = text.clean_text(reason, max_length=LONGEST_REASON, multiline=True)
    except ValueError as error:
        raise InvalidInput({"reason": str(error)}) from error
    if not said:
        access.check_handling(item_id=item_id, by=by, at=at)
        raise InvalidInput({"reason": "REQUIRED"})
    done = partial(store.set_aside, item_id=item_id, reason=said, by=by.actor, at=at)
    _once(done, item_id, by, at, repeats.asked(key=key, said=["SET_ASIDE", item_id, said]))


def put_back(*, item_id: UUID, by: Asker, at: datetime, key: str | None = None) -> None:
    """Let an item that was set aside wait again."""
    done = partial(store.put_back, item_id=item_id, by=by.actor, at=at)
    _once(done, item_id, by, at, repeats.asked(key=key, said=["PUT_BACK", item_id]))


def give(*, item_id: UUID, to: UUID, by: Asker, at: datetime, key: str | None = None) -> None:
    """Pass an item on to a colleague, who sees it from then on; refuses whoever could not log in."""
    if asker(person_id=to) is None:
        access.check_handling(item_id=item_id, by=by, at=at)
        raise InvalidInput({"person": "NOT_FOUND"})
    done = partial(store.give, item_id=item_id, holder_id=to, by=by.actor, at=at)
    _once(done, item_id, by, at, repeats.asked(key=key, said=["GIVE", item_id, to]))


class _Step(Protocol):
    def __call__(self, *, request: Asked | None) -> None: ...


def _once(step: _Step, item_id: UUID, by: Asker, at: datetime, request: Asked | None) -> None:
    """Do it, if the person may; a repeat under the same key changes nothing, whatever they may see by then."""

    def work() -> None:
        access.check_handling(item_id=item_id, by=by, at=at)
        step(request=request)

    repeats.once(work=work, again=lambda first: None, by=by.actor, request=request)


def _keep(one: Enclosed, by: UUID | None, at: datetime) -> Brought:
    try:
        kept = files.keep(stream=io.BytesIO(one.content), name=one.name, by=by, at=at)
    except InvalidInput as refusal:
        return Brought(files.clean_name(one.name), problem=next(iter(_codes(refusal))))
    return Brought(kept.name, sha256=kept.sha256)


def _codes(refusal: InvalidInput) -> Iterator[str]:
    yield from refusal.errors.values()
