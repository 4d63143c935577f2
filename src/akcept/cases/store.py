"""The only writer of cases. `perform` is the way of every command: read, gather, decide, evolve, save, record.

Three belts keep two people from deciding the same thing: the row lock (SQLite: BEGIN IMMEDIATE), the head number that
must still be the one that was read, and the unique (chain, number) of the journal.

On PostgreSQL a command is first tried without waiting: one statement reads the case with what stands around it, one
writes everything and is a transaction by itself. It takes the row lock, and where another command was faster, its
entries have the place of others and all of it fails. Whoever was overtaken decides anew, under the lock from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from akcept.cases import access, facts, projections, rows, world
from akcept.cases.projections import Lost
from akcept.company import numbers
from akcept.doctypes.cards import TypeCard
from akcept.engine import codec
from akcept.engine import commands as do
from akcept.engine import events as ev
from akcept.engine.case import Case
from akcept.engine.decide import decide, draft
from akcept.engine.evolve import Envelope, evolve
from akcept.engine.facts import SYSTEM
from akcept.engine.refusals import NotFound, UndoOver
from akcept.journal import dispatch, repeats
from akcept.journal import store as journal
from akcept.journal.in_hand import Asked
from akcept.journal.models import Entry
from akcept.journal.store import Actor, ActorKind, Head, Record
from akcept.kit import sql
from akcept.parties import store as parties

CHAIN = "CASE"
UNDOABLE = (ev.Approved, ev.Returned, ev.Rejected, ev.PaymentRefused)
LOCK = "SELECT 1 FROM cases_case WHERE id = %s"
READ = f"""
WITH asked AS (
  SELECT c.id, c.fold, c.head_number, c.head_hash, c.initiator_id, c.doctype_id, c.account_id, c.counterparty_id,
         c.entity_id, e.time_zone, e.working_calendar AS calendar, e.postpone_days, %s AS me_id
    FROM cases_case c JOIN company_payerentity e ON e.id = c.entity_id
   WHERE c.id = %s)
SELECT 'CASE', fold, CAST(head_number AS TEXT), head_hash FROM asked
UNION ALL {world.ENTITY}"""  # noqa: S608
# Together with what stands around it.
LOAD = f"""{READ}
UNION ALL
SELECT 'PART', '', '', '' FROM asked c WHERE {access.TAKES_PART.format(who="c.me_id")}
UNION ALL {world.AROUND}"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Request:
    """One request to change a case: who, when, and the key that makes a repeat harmless.

    `oversees`: what is asked for takes a right over more than the case, so that it need not be one they see.
    """

    by: Actor
    at: datetime
    asked: Asked | None = None
    oversees: bool = False

    @property
    def actor(self) -> str:
        """Return the actor as the rules know them."""
        return str(self.by.id) if self.by.kind is ActorKind.PERSON else SYSTEM


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case as it was read; `around`: what stood around it then, if that was asked for."""

    case: Case
    head: Head
    takes_part: bool
    around: world.World

    @property
    def entity(self) -> world.Entity:
        """Return the payer entity of the case."""
        return world.entity(self.around)


@dataclass(frozen=True, slots=True)
class Done:
    """What a request led to; `entry` is the number of the last entry of the case, `type_` by what it was judged."""

    case: Case
    entry: int
    type_: TypeCard | None = None


class _Run:
    """The commands of one request, folded onto a case; nothing is written here."""

    def __init__(self, case: Case | None, request: Request, seen: world.Seen) -> None:
        self.case = case
        self.request = request
        self.events: list[ev.Event] = []
        self.managers: tuple[str, ...] = ()
        self.seen = seen
        self.type_: TypeCard | None = None

    def apply(self, events: Sequence[ev.Event]) -> None:
        """Evolve the case by events."""
        envelope = Envelope(self.request.actor, self.request.at)
        for event in events:
            self.case = evolve(self.case, event, envelope)
            self.events.append(event)

    def decide(self, command: do.Command) -> None:
        """Decide one command on the case as it stands now."""
        assert self.case is not None
        known = facts.gather(
            case=self.case,
            actor=self.request.actor,
            command=command,
            at=self.request.at,
            seen=self.seen,
        )
        self.type_ = world.type_of(self.case, self.seen)
        self.apply(decide(self.case, command, known, self.request.at))
        if isinstance(command, do.Submit) and known.routing:
            self.managers = known.routing.org.climb(self.case.initiator).path


def perform(*, case_id: UUID, commands: Sequence[do.Command], request: Request) -> Done:
    """Carry out commands on one case, all or none; raises the Refusal of the first that is not accepted.

    A case that the person may not see does not exist.
    """

    return _once(lambda: _durably(case_id, commands, request), request)


@transaction.atomic
def perform_within(*, case_id: UUID, command: do.Command, request: Request) -> Done:
    """Carry out one command as a part of a larger change, or alone."""
    return _performed(load(case_id, request.by.id), [command], request)


def _durably(case_id: UUID, commands: Sequence[do.Command], request: Request) -> Done:
    if sql.stands_alone() and not isinstance(commands[0], do.Undo):
        with suppress(Lost, IntegrityError):
            return _performed(_loaded(case_id, request.by.id, LOAD), commands, request)
    with transaction.atomic(durable=True):
        return _performed(load(case_id, request.by.id), commands, request)


def _performed(loaded: Loaded, commands: Sequence[do.Command], request: Request) -> Done:
    case = loaded.case
    if request.by.id is not None and not (loaded.takes_part or request.oversees):
        access.check(case_id=UUID(case.id), person_id=request.by.id, at=request.at)
    asked = world.asked(case, request.actor)
    run = _Run(case, request, {asked: loaded.around})
    for command in commands:
        run.decide(command)
    if isinstance(commands[0], do.Undo):
        _recall_letters(commands[0], case, request)
    return _save(case, run, loaded.head, request)


def create(
    *,
    command: do.Create,
    then: Sequence[do.Command],
    request: Request,
    type_: TypeCard,
    along: Callable[[UUID], None] | None = None,
) -> Done:
    """Open a case and carry out what comes with it (files, submission, what the caller does `along`), all or none."""

    def work() -> Done:
        number = numbers.take(series=type_.series)
        numbered = do.Create(
            command.id,
            command.doctype,
            number,
            command.initiator,
            command.card,
            command.planned,
            command.copy_of,
        )
        run = _Run(None, request, {})
        run.type_ = type_
        run.apply(draft(numbered, type_.rules))
        for follow_up in then:
            run.decide(follow_up)
        done = _save(None, run, Head(CHAIN, UUID(command.id), 0, ""), request)
        if along is not None:
            along(UUID(command.id))
        return done

    return _once(transaction.atomic(durable=True)(work), request)


def load(case_id: UUID, person_id: UUID | None) -> Loaded:
    """Lock a case and return it as it is stored; refuses an unknown id."""
    if lock := sql.lock_suffix():
        # On its own: whoever waits is to judge by what stands around the case afterwards.
        sql.rows(LOCK + lock, [case_id])
    return _loaded(case_id, person_id, LOAD)


def read(case_id: UUID) -> Loaded:
    """Return a case as it is stored, for showing it; refuses an unknown id."""
    return _loaded(case_id, None, READ)


def _loaded(case_id: UUID, person_id: UUID | None, statement: str) -> Loaded:
    around = world.by_kind(sql.rows(statement, [person_id or world.NOBODY, case_id]))
    if not around["CASE"]:
        raise NotFound
    ((fold, number, last_hash),) = around["CASE"]
    head = Head(CHAIN, case_id, int(number), last_hash)
    return Loaded(rows.unpack(fold), head, bool(around["PART"]), around)


def _once(work: Callable[[], Done], request: Request) -> Done:
    """Do the work; a repeated request gets its first outcome, whatever came since."""
    return repeats.once(work=work, again=_first_outcome, by=request.by, request=request.asked)


def _first_outcome(entry: Entry) -> Done:
    ((fold,),) = sql.rows("SELECT fold FROM cases_case WHERE id = %s", [entry.chain_id])
    return Done(rows.unpack(fold), entry.number)


def _recall_letters(command: do.Undo, case: Case, request: Request) -> None:
    """Undo only what nobody has been told yet."""
    told = not dispatch.cancel(chain_id=UUID(case.id), first_number=command.entry, at=request.at)
    if told:
        raise UndoOver


def _save(before: Case | None, run: _Run, head: Head, request: Request) -> Done:
    case = run.case
    assert case is not None
    assert run.type_ is not None
    if not run.events:
        return Done(case, head.number, run.type_)
    batch = sql.Batch()
    first, undoable = head.number + 1, [e for e in run.events if isinstance(e, UNDOABLE)]
    new_head = journal.append(
        head=head,
        records=[Record(*codec.dump_event(event)) for event in run.events],
        by=request.by,
        at=request.at,
        request=request.asked,
        not_before=undoable[0].undo_until if undoable else None,
        batch=batch,
    )
    by = request.by.id
    if before is None:
        projections.insert(case, new_head, request.at, batch)
    projections.write_sides(
        before, case, run.type_, run.events, first, by, request.at, run.seen, batch
    )
    projections.let_see(case, run.managers, batch)
    payee = case.card.get("counterparty")
    if payee and any(isinstance(event, ev.PaymentExecuted) for event in run.events):
        parties.note_paid(counterparty_id=UUID(str(payee)), batch=batch)
    if before is not None:
        projections.update(before, case, new_head, head.number, request.at, batch)
    if batch.run() == 0 and before is not None:
        raise Lost(case.id)
    return Done(case, new_head.number, run.type_)
