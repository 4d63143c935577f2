"""One case for one reader: the whole card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Value

from akcept.cases import access, ballots, deadlines, facts, naming, rows, store, surroundings
from akcept.cases import cards as show
from akcept.cases.attachments import file_cards
from akcept.cases.history import history_card
from akcept.cases.listing import line, open_tasks, values_of
from akcept.cases.models import Case as Row
from akcept.cases.models import Task
from akcept.cases.offers import Offered, task_card
from akcept.doctypes import queries as doctypes
from akcept.engine import quorum
from akcept.engine.case import Payment, Planned, Question, Remark, Seat, State, Terms
from akcept.engine.guards import options
from akcept.engine.money import Money
from akcept.engine.refusals import NotFound
from akcept.engine.tasks import MOVABLE, TaskKind, seat_key
from akcept.engine.values import Json
from akcept.engine.verbs import Verb
from akcept.journal import queries as journal
from akcept.kit import sql
from akcept.parties import queries as parties
from akcept.people.askers import Asker

LAST_INVOICES = 3
LAST_PAID = 50


def case_card(*, by: Asker, case_id: UUID, at: datetime) -> show.CaseCard:
    """Return the whole card of a case as one reader may see it."""
    return _Reading(by, case_id, at).card()


def stage_cards(terms: Sequence[Terms], seats: Sequence[Seat]) -> tuple[show.StageCard, ...]:
    """Return the stages of a round with how many agree; what was added on the way has none of its own."""
    return tuple(
        show.StageCard(
            code=row.stage,
            name_en=row.name_en,
            name_ru=row.name_ru,
            how=row.how,
            needed=quorum.asked(row, [seat for seat in seats if seat.stage == row.stage]),
            agreed=quorum.agreed([seat for seat in seats if seat.stage == row.stage]),
            unmet=row.unmet,
        )
        for row in terms
    )


@dataclass
class _Reading:
    """One reading of one case: what is asked of the database once and used by several parts of the card."""

    by: Asker
    case_id: UUID
    at: datetime

    def __post_init__(self) -> None:
        loaded = store.read(self.case_id)
        self.case, self.entity = loaded.case, loaded.entity
        self.type = doctypes.type_card(code=self.case.doctype)
        payee = self.case.card.get("counterparty")
        self.payee = UUID(str(payee)) if payee else None
        seen, self.twins, self.last, self.paid, self.paid_last = self._found()
        if not seen:
            raise NotFound
        self.facts = facts.gather(case=self.case, actor=str(self.by.id), command=None, at=self.at)
        self.options = options(self.case, self.facts, self.at)
        self.entries = journal.entries(chain_id=self.case_id)
        self.files = file_cards(self.case_id)
        shown = [self.case_id, *self.twins, *self.last]
        tasks = open_tasks(shown)
        self.tasks = tasks[self.case_id]
        values = values_of(shown, reader=self.by.id).items()
        self.related = {key: line(found, tasks[key], self.at) for key, found in values}
        data = [self.case.card, *(entry.data for entry in self.entries)]
        self.names, self.people = naming.named(data, self._everybody())

    def card(self) -> show.CaseCard:
        """Put the parts together."""
        case = self.case
        row = self.related[self.case_id]
        hold, last = case.hold, case.undoable
        mine = last is not None and last.actor == str(self.by.id) and self.at <= last.until
        return show.CaseCard(
            row=row,
            revision=case.revision,
            round=case.round,
            values=case.card,
            fields=tuple(field.code for field in self.type.fields),
            entity_id=self.entity.id,
            today=self.facts.today,
            category=self._name("category"),
            cost_centre=self._name("cost_centre"),
            project=self._name("project"),
            account=self._account(),
            seats=tuple(self._seat(seat) for seat in case.seats),
            stages=stage_cards(case.terms, case.seats),
            skipped=self._skipped(),
            choice=self._chips(self._choice()),
            remarks=self._remarks(case.remarks),
            answered=self._remarks(case.answered),
            correct_by=case.correct_by,
            files=self.files,
            planned=tuple(self._planned(planned) for planned in case.planned),
            payments=tuple(self._payment(payment) for payment in case.payments),
            payers=self._chips(case.payers),
            observers=self._chips(case.observers),
            rest=Money(case.rest, case.currency),
            hold=show.HoldCard(self.people[hold.by], hold.reason, hold.until) if hold else None,
            duplicate_reason=case.duplicate_reason or "",
            duplicates=tuple(self.related[key] for key in self.twins if key in self.related),
            last_invoices=tuple(self.related[key] for key in self.last if key in self.related),
            undo=show.UndoCard(last.entry, last.until) if last and mine else None,
            options=self.options,
            tasks=self._my_tasks(row),
            movable=self._movable(row),
            changed_since_decision=self._changes(),
            copy_of=self._copy_of(),
            history=tuple(history_card(entry, self.names) for entry in self.entries),
            questions=tuple(self._question(row) for row in case.questions),
        )

    def _question(self, row: Question) -> show.QuestionCard:
        by, person = self.people[row.by], self.people[row.person]
        return show.QuestionCard(row.id, by, person, row.at, bool(row.pauses))

    def _found(self) -> Sequence[list[UUID]]:
        """Find at once this case if it is in sight, suspected twins, the payee's last invoices, accounts paid."""
        visible = Row.objects.filter(access.visible(by=self.by, at=self.at))
        others = visible.filter(counterparty=self.payee, doctype=self.case.doctype)
        others = others.exclude(state=State.DRAFT).exclude(id=self.case_id)
        twins = visible.filter(
            doctype=self.case.doctype, number__in=surroundings.twin_numbers(self.case)
        )
        last = others.order_by("-id")[: LAST_INVOICES if self.payee else 0]
        paid = Row.objects.filter(counterparty=self.payee, state=State.PAID).exclude(account=None)
        paid = paid.order_by("-ended_at")
        parts = [
            visible.filter(id=self.case_id).values_list(Value(0), "id"),
            twins.values_list(Value(1), "id"),
            last.values_list(Value(2), "id"),
            paid.values_list(Value(3), "account_id")[:LAST_PAID],
            paid.values_list(Value(4), "account_id")[:1],
        ]
        found: list[list[UUID]] = [[] for _ in parts]
        for place, key in sql.together(*parts):
            found[place].append(sql.as_uuid(key))
        # Ids are ordered as time is.
        return [sorted(keys, reverse=True) for keys in found]

    def _remarks(self, rows: Sequence[Remark]) -> tuple[show.RemarkCard, ...]:
        return tuple(
            show.RemarkCard(row.id, self.people[row.by], row.text, row.is_settled, row.answer or "")
            for row in rows
        )

    def _everybody(self) -> set[str]:
        case = self.case
        found = {
            *rows.people(case),
            *self._choice(),
            *(row.by for row in (*case.remarks, *case.answered)),
        }
        for seat in case.seats:
            found |= {person for person in (seat.holder, seat.by, seat.instead_of) if person}
        found |= {row.by for row in case.payments if row.by}
        found |= {who for row in case.questions for who in (row.by, row.person)}
        found |= {str(s["person"]) for s in self._submitted().get("skipped", ())}
        return found | ({case.hold.by} if case.hold else set())

    def _choice(self) -> tuple[str, ...]:
        chosen = self.case.card.get("choice")
        return tuple(str(person) for person in chosen) if isinstance(chosen, list) else ()

    def _chips(self, people: Sequence[str]) -> tuple[show.PersonChip, ...]:
        return tuple(self.people[person] for person in people if person in self.people)

    def _chip(self, person: str | None) -> show.PersonChip | None:
        return self.people.get(person) if person else None

    def _name(self, code: str) -> str:
        return self.names.get(str(self.case.card.get(code) or ""), "")

    def _submitted(self) -> Mapping[str, Any]:
        """Return the data of what chose the people who are asked now."""
        sent = [entry.data for entry in self.entries if entry.kind in ("SUBMITTED", "REROUTED")]
        return sent[-1] if sent else {}

    def _skipped(self) -> tuple[show.SkippedCard, ...]:
        return tuple(
            show.SkippedCard(self.people[row["person"]], row["why"])
            for row in self._submitted().get("skipped", ())
            if row["person"] in self.people
        )

    def _seat(self, seat: Seat) -> show.SeatCard:
        is_current = any(row.id == seat.id for row in self.case.open_seats)
        key = seat_key(self.case, seat)
        waiting = [task for task in self.tasks if task.kind != TaskKind.PAY]
        mine = [task for task in waiting if task.key == key] or waiting
        task = next(iter(mine), None) if is_current else None
        decided = ballots.deciding(seat, self.entries)
        terms = self.case.terms_of(seat.stage)
        spent, allowed = deadlines.spent(self.case, task, self.at)
        return show.SeatCard(
            id=seat.id,
            person=self._chip(seat.holder),
            why=seat.why,
            instead_of=self._chip(seat.instead_of),
            state=seat.state,
            is_current=is_current,
            by=self._chip(seat.by),
            decided_at=seat.decided_at,
            since=task.opened_at if task else None,
            remark=seat.remark or "",
            covered_by=seat.covered_by,
            stage=seat.stage,
            is_outside=seat.is_outside,
            due_at=task.due_at if task else None,
            waits_for=tuple(
                self._question(row) for row in self.case.questions if row.pauses == key
            ),
            spent=spent,
            allowed=allowed,
            by_override=bool(decided and decided.data.get("is_override")),
            by_code=bool(decided and decided.actor.auth == ballots.E_MAIL_CODE),
            needs_remark=terms.needs_remark,
            needs_file=terms.needs_file,
        )

    def _planned(self, row: Planned) -> show.PlannedCard:
        currency = self.case.currency
        left = self.case.left_of_planned()
        return show.PlannedCard(
            id=row.id,
            on=row.on,
            amount=Money(row.minor, currency),
            left=Money(left[row.id], currency),
            first_on=row.first_on,
            moves=row.moves,
            needs_decision=row.needs_decision,
        )

    def _payment(self, row: Payment) -> show.PaymentCard:
        orders = [card for card in self.files if card.purpose == "PAYMENT_ORDER"]
        return show.PaymentCard(
            id=row.id,
            state=row.state,
            amount=Money(row.minor, self.case.currency),
            on=row.on,
            order_number=row.order_number,
            order_file=next((card for card in orders if card.sha256 == row.order_file), None),
            by=self._chip(row.by),
            returns=row.returns,
            is_returned=any(other.returns == row.id for other in self.case.payments),
        )

    def _account(self) -> show.AccountCard | None:
        account_id = self.case.card.get("account")
        if not account_id:
            return None
        card = parties.account(account_id=UUID(str(account_id)))
        return show.AccountCard(
            id=card.id,
            number=card.number,
            masked=card.masked,
            bic=card.bic,
            bank_name=card.bank_name,
            currency=card.currency,
            state=card.state,
            is_new=card.id not in self.paid,
            differs_from_last_paid=self.paid_last not in ([], [card.id]),
        )

    def _my_tasks(self, row: show.CaseRow) -> tuple[show.TaskCard, ...]:
        acting = {*map(str, self.facts.deputising), str(self.by.id)}
        return tuple(self._task(task, row) for task in self.tasks if str(task.person_id) in acting)

    def _movable(self, row: show.CaseRow) -> tuple[show.TaskCard, ...]:
        """Return one's own tasks and, to whoever sees to it that nothing stalls or may override, everybody's."""
        if not {Verb.REASSIGN, Verb.REPLACE_PERSON} & set(self.options):
            return ()
        is_warden = str(self.by.id) in {*self.case.wardens, *self.facts.wardens}
        sees_all = is_warden or Verb.REPLACE_PERSON in self.options
        found = (
            tuple(self._task(task, row) for task in self.tasks) if sees_all else self._my_tasks(row)
        )
        return tuple(task for task in found if task.kind in MOVABLE)

    def _task(self, task: Task, row: show.CaseRow) -> show.TaskCard:
        offer = Offered(self.case, self.facts, self.options)
        return task_card(task, row, offer, self.by)

    def _changes(self) -> dict[str, tuple[Json, Json]]:
        """Return what was changed since people last decided: old → new, each field once."""
        sent = [entry.number for entry in self.entries if entry.kind == "SUBMITTED"]
        in_approval = self.case.state is State.IN_APPROVAL
        since = sent[-2] if in_approval and len(sent) > 1 else sent[-1] if sent else 0
        if not since or (in_approval and len(sent) == 1):
            return {}
        first: dict[str, Json] = {}
        for entry in self.entries:
            if entry.number > since and entry.kind == "REVISED":
                changes: Mapping[str, Any] = entry.data["changes"]  # type: ignore[assignment]
                for code, change in changes.items():
                    first.setdefault(code, change["old"])
        return {
            code: (old, self.case.card.get(code))
            for code, old in first.items()
            if old != self.case.card.get(code)
        }

    def _copy_of(self) -> UUID | None:
        origin = self.entries[0].data.get("copy_of") if self.entries else None
        return UUID(str(origin)) if origin else None
