"""The life of one invoice: what its people do, when, and what they say meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from akcept.cases import services, store
from akcept.cases.cards import Outcome
from akcept.cases.inputs import NewFile
from akcept.cases.services import CardInput, ReturnKind
from akcept.company import calendars
from akcept.engine.case import Case, SeatState, State
from akcept.people.askers import Asker
from akcept.project.demo import bills, papers
from akcept.project.demo.bills import Bill
from akcept.project.demo.founding import ENTITIES
from akcept.project.demo.plots import Ending, Mistake, Plot, Twist
from akcept.project.demo.submissions import Submission
from akcept.project.demo.timeline import Story
from akcept.project.demo.world import HIRES, PAYERS, TALK, World


class Life:
    """One invoice on its way."""

    def __init__(self, world: World, plot: Plot, bill: Bill) -> None:
        self.world, self.plot, self.bill = world, plot, bill
        self.dice = Random(f"life {plot.place}")
        self.now = plot.starts
        self.case_id = UUID(int=0)
        self.revision = 1
        self.state = State.DRAFT
        self.submission = Submission(world, plot, bill)
        self.amount = self.submission.first_amount()

    def tell(self) -> Story:
        """Live from the first draft to the ending of the plot."""
        yield self.now
        self._create()
        if self.plot.ending is Ending.DRAFT:
            return
        if Twist.DRAFTED in self.plot.twists:
            yield self._after(5, self.plot.initiator)
            self._did(services.submit, revision=self.revision)
        if Twist.FOLLOWED in self.plot.twists:
            self._did(services.add_observer, person=self.world.company.people["gleb"])
        yield from self._rounds()
        if self.state is State.TO_PAY:
            yield from self._paying()

    # Before it is sent

    def _create(self) -> None:
        plot = self.plot
        files = tuple(self._print(paper) for paper in self.submission.papers())
        submit = plot.ending is not Ending.DRAFT and Twist.DRAFTED not in plot.twists
        outcome = services.create(
            by=self._asker(plot.initiator),
            doctype="INVOICE",
            content=CardInput(
                self.submission.card(self.amount), ((plot.planned_on, self.amount),), files
            ),
            submit=submit,
            at=self.now,
            duplicate_reason=self._said(TALK["duplicates"]["second"], plot.initiator)
            if Twist.DUPLICATE in plot.twists
            else "",
        )
        self._note(outcome)
        self.case_id = outcome.case_id

    # Approval

    def _rounds(self) -> Story:
        for count, mistake in enumerate(self.plot.mistakes, start=1):
            if mistake.at_payment:
                continue
            waiting = sum(seat.state is SeatState.WAITING for seat in self._case.seats)
            yield from self._approve(self.dice.choice((0, 0, 1)) if waiting > 1 else 0)
            yield from self._return(mistake)
            if self.plot.ending is Ending.REWORK and count == len(self.plot.mistakes):
                return
            yield from self._correct(mistake)
        if Twist.DISCUSSED in self.plot.twists:
            yield from self._discuss()
        steps = self.plot.ending.steps
        yield from self._approve(99 if steps is None else steps)
        last = {
            Ending.REJECTED: self._reject,
            Ending.WITHDRAWN: self._withdraw,
            Ending.HELD: self._hold,
        }.get(self.plot.ending)
        if last:
            yield from last()

    def _approve(self, count: int) -> Story:
        for _ in range(count):
            holder = self._holder()
            if holder is None:
                return
            yield self._after(self.dice.uniform(0.6, 9), holder)
            remark = ""
            if self.dice.random() < 0.22:
                remark = self._said(self.dice.choice(TALK["remarks"])["text"], holder)
            self._did(services.approve, by=holder, revision=self.revision, remark=remark)

    def _return(self, mistake: Mistake) -> Story:
        holder = self._holder()
        if holder is None:
            return
        yield self._after(self.dice.uniform(1, 7), holder)
        self._did(
            services.return_for_rework,
            by=holder,
            revision=self.revision,
            reasons=[self._about(mistake, "reason", holder)],
            correct_by=self.now + timedelta(hours=26) if self.dice.random() < 0.5 else None,
        )

    def _correct(self, mistake: Mistake) -> Story:
        who = self.plot.initiator
        yield self._after(self.dice.uniform(1, 6), who)
        content = self._correction(mistake)
        answers = {row: self._about(mistake, "answer", who) for row in self._open_remarks()}
        self._did(services.resubmit, revision=self.revision, answers=answers, content=content)

    def _correction(self, mistake: Mistake) -> CardInput:
        bill, changes, files = self.bill, dict[str, Any](), []
        if mistake.key == "act":
            files.append(self._print(papers.act(bill)))
        elif mistake is Mistake.CONTRACT:
            changes = {"contract": bill.contract}
            files.append(self._print(papers.contract(bill)))
        elif mistake is Mistake.CENTRE:
            changes = self.submission.centre()
        else:
            self.amount = bill.total
            changes = {"amount": bill.total}
        # A day that passed meanwhile is planned anew.
        on = max(self.plot.planned_on, self.world.timeline.calendar.on_or_after(self._today()))
        return CardInput(changes, planned=((on, self.amount),), files=tuple(files))

    def _discuss(self) -> Story:
        holder = self._holder()
        if holder is None:
            return
        talk, who = self.dice.choice(TALK["questions"]), self.plot.initiator
        yield self._after(self.dice.uniform(0.5, 4), holder)
        self._did(services.comment, by=holder, text=self._said(talk["ask"], holder))
        yield self._after(self.dice.uniform(0.3, 3), who)
        self._did(services.comment, text=self._said(talk["reply"], who))

    def _reject(self) -> Story:
        holder = self._holder()
        if holder is None:
            return
        yield self._after(self.dice.uniform(1, 6), holder)
        reason = self._said(self.dice.choice(TALK["rejections"])["text"], holder)
        self._did(services.reject, by=holder, revision=self.revision, reason=reason)

    def _withdraw(self) -> Story:
        yield self._after(self.dice.uniform(1, 6), self.plot.initiator)
        reason = self._said(self.dice.choice(TALK["withdrawals"])["text"], self.plot.initiator)
        self._did(services.withdraw, reason=reason)

    def _hold(self) -> Story:
        who = self._holder() or PAYERS[self._payer]
        yield self._after(self.dice.uniform(1, 4), who)
        reason = self._said(self.dice.choice(TALK["holds"])["text"], who)
        # A hold that is to be seen has not run out when the story ends.
        is_last = Twist.HELD_AND_RELEASED not in self.plot.twists
        last = self.world.timeline.until.date() if is_last else self._today()
        self._did(services.hold, by=who, reason=reason, until=last + timedelta(days=9))

    # Payment

    def _paying(self) -> Story:
        payer = PAYERS[self._payer]
        if Mistake.ACT_AT_PAYMENT in self.plot.mistakes:
            yield self._after(2, payer)
            reasons = [self._about(Mistake.ACT, "reason", payer)]
            self._did(services.refuse_payment, by=payer, revision=self.revision, reasons=reasons)
            yield from self._correct(Mistake.ACT_AT_PAYMENT)
            yield from self._approve(99)
        if Twist.CHASED in self.plot.twists:
            yield self._after(3, self.plot.initiator)
            text = self._said(self.dice.choice(TALK["chat"])["text"], self.plot.initiator)
            self._did(services.comment, text=text)
        if Twist.HELD_AND_RELEASED in self.plot.twists:
            yield from self._hold()
            yield self._after(11, payer)
            self._did(services.release, by=payer)
        if self.plot.ending is Ending.HELD_TO_PAY:
            yield from self._hold()
        if self.plot.ending in (Ending.PAID, Ending.SENT, Ending.PARTLY):
            yield from self._pay(payer)

    def _pay(self, payer: str) -> Story:
        total = self.bill.total
        yield self._on_planned_day(payer)
        if self.plot.ending is Ending.SENT:
            number = self.world.next_order(self._payer)
            self._did(services.mark_sent, by=payer, revision=self.revision, minor=total,
                      on=self._today(), order_number=number)  # fmt: skip
            return
        if self.plot.ending is Ending.PARTLY or Twist.IN_PARTS in self.plot.twists:
            self._pay_sum(payer, total // 2)
            if self.plot.ending is Ending.PARTLY:
                return
            yield self._after(18, payer)
            total -= total // 2
        self._pay_sum(payer, total)
        if Twist.BANK_RETURN in self.plot.twists:
            yield self._after(10, payer)
            row = self._case.payments[-1]
            reason = self._said(TALK["returned_payment"]["text"], payer)
            self._did(services.record_return, by=payer, payment=row.id,
                      kind=ReturnKind.BANK_RETURN, reason=reason)  # fmt: skip
            yield self._after(9, payer)
            self._pay_sum(payer, row.minor)

    def _pay_sum(self, payer: str, minor: int) -> None:
        number, today = self.world.next_order(self._payer), self._today()
        file = None
        if self.submission.needs_order():
            purpose = papers.purpose_of(self.bill)
            file = self._print(
                papers.order(self.bill, number=number, minor=minor, on=today, purpose=purpose),
                by=payer,
            )
        self._did(services.pay, by=payer, revision=self.revision, minor=minor, on=today,
                  order_number=number, order_file=file)  # fmt: skip

    def _on_planned_day(self, payer: str) -> datetime:
        zone = HIRES[payer].zone
        day = self._case.unpaid_planned()[0].on
        ahead = (day - self._today()).days
        noon = self.now + timedelta(days=max(ahead, 0))
        if ahead > 0:
            noon = noon.replace(hour=6, minute=self.dice.randint(0, 50))
        self.now = self.world.timeline.later(max(noon, self.now), self.dice.uniform(0.4, 3), zone)
        return self.now

    # How things are done here

    @property
    def _payer(self) -> str:
        return str(self.world.known[self.plot.supplier].supplier.said["payer"])

    def _did(self, verb: Callable[..., Outcome], *, by: str = "", **what: Any) -> None:
        asker = self._asker(by or self.plot.initiator)
        self._note(verb(case_id=self.case_id, by=asker, at=self.now, **what))

    def _note(self, outcome: Outcome) -> None:
        self.state, self.revision = outcome.state, outcome.revision

    def _after(self, hours: float, who: str) -> datetime:
        self.now = self.world.timeline.later(self.now, hours, HIRES[who].zone)
        return self.now

    def _today(self) -> date:
        return calendars.entity_today(time_zone=ENTITIES[self._payer].time_zone, at=self.now)

    def _holder(self) -> str | None:
        return self.world.holder(self.case_id, at=self.now)

    def _open_remarks(self) -> list[int]:
        return [row.id for row in self._case.remarks if not row.is_settled]

    @property
    def _case(self) -> Case:
        return store.read(self.case_id).case

    def _asker(self, key: str) -> Asker:
        return self.world.company.askers[key]

    def _print(self, paper: Any, *, by: str = "") -> NewFile:
        who = self._asker(by or self.plot.initiator)
        return self.world.press.printed(paper, by=who.id, at=self.now)

    def _said(self, words: Any, who: str) -> str:
        return str(words[HIRES[who].language])

    def _about(self, mistake: Mistake, part: str, who: str) -> str:
        template = str(self.bill.supplier.said["layout"])
        return self._said(TALK[mistake.key][part], who).format(
            right=bills.money(self.bill.total, template),
            wrong=bills.money(self.submission.first_amount(), template),
            contract=self.bill.contract,
        )
