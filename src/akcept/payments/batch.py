"""Several payments noted at once: a plan to look over, then each payment as an act of its own.

Nothing here is all or nothing: what cannot be paid is refused by itself, and the rest is paid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from akcept.cases import access, bulk, inputs, services
from akcept.cases.cards import CaseRow, Outcome
from akcept.cases.inputs import NewFile
from akcept.cases.listing import rows_of
from akcept.cases.models import Case as Row
from akcept.cases.offers import Offered
from akcept.engine.case import Payment, PaymentState
from akcept.engine.guards import judge
from akcept.engine.money import Money
from akcept.engine.refusals import InvalidInput, MissingPaymentOrder, NotFound, Refusal
from akcept.engine.verbs import Verb
from akcept.files import queries as files
from akcept.payments.numbering import onwards
from akcept.payments.offers import offered
from akcept.payments.orders import Expected, Match, Order, match
from akcept.people.askers import Asker

AT_MOST = bulk.AT_MOST
PURPOSE = "PAYMENT_ORDER"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A kept file: its contents' SHA-256 and its name."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One payment to be noted: the rest, or what was sent before (`settles`).

    `match` says whether its order was found among the files; `refusal` why it cannot be paid as it is.
    """

    case: CaseRow
    revision: int
    amount: Money
    settles: int | None
    order_number: str
    order_file: NamedFile | None
    match: Match
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class PlanTotal:
    """How many payments a payer makes in a currency, and their sum; what is refused is not counted."""

    entity: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What would be paid; `left_over` are the files that belong to no payment."""

    on: date
    rows: tuple[PlanRow, ...]
    totals: tuple[PlanTotal, ...]
    left_over: tuple[NamedFile, ...]


@dataclass(frozen=True, slots=True)
class PayRow:
    """One payment to note, as the person confirmed it."""

    case_id: UUID
    revision: int
    minor: int
    order_number: str = ""
    order_file: NamedFile | None = None
    settles: int | None = None


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of one payment: the outcome or the refusal."""

    case_id: UUID
    minor: int
    outcome: Outcome | None
    refusal: Refusal | None

    @property
    def ok(self) -> bool:
        """Say whether it was paid."""
        return self.refusal is None


def plan(
    *,
    by: Asker,
    case_ids: Sequence[UUID],
    on: date,
    orders: Sequence[NamedFile],
    at: datetime,
    first: Mapping[UUID, str] | None = None,
) -> BatchPlan:
    """Return what paying these cases would mean, with the orders that belong to them.

    `first` has for a payer the number from which payments without an order of their own are numbered.
    Refuses more than 50 cases, a case that the person may not see, and orders that are not theirs to attach.
    """
    wanted = bulk.checked(case_ids)
    brought = [NewFile(PURPOSE, order.sha256, order.name) for order in orders]
    inputs.check_files(files=brought, by=by, at=at)
    sight = access.sight(by=by, at=at)
    seen = Row.objects.filter(sight.condition, id__in=wanted).select_related(
        "counterparty", "account"
    )
    rows = {row.id: row for row in seen}
    if len(rows) < len(wanted):
        raise NotFound
    offers = offered(case_ids=wanted, by=by, sight=sight, at=at)
    cards = rows_of(wanted, at)
    matches = match([_expected(rows[key], offers[key]) for key in wanted], _readable(orders))
    planned = [_plan_row(cards[key], offers[key], on, at, *matches[key]) for key in wanted]
    for entity_id, number in (first or {}).items():
        _number(planned, {row.id for row in rows.values() if row.entity_id == entity_id}, number)
    taken = {row.order_file.sha256 for row in planned if row.order_file}
    left_over = tuple(file for file in orders if file.sha256 not in taken)
    return BatchPlan(on, tuple(planned), _totals(planned), left_over)


def pay(
    *, by: Asker, rows: Sequence[PayRow], on: date, at: datetime, key: str | None = None
) -> tuple[BatchResult, ...]:
    """Note the payments, each in a transaction and an entry of its own, and say what became of each.

    Refuses more than 50, and a case that is named twice, before anything is paid.
    """
    bulk.checked([row.case_id for row in rows])
    return tuple(_pay(by, row, on, at, key) for row in rows)


def _pay(by: Asker, row: PayRow, on: date, at: datetime, key: str | None) -> BatchResult:
    file = row.order_file
    try:
        outcome = services.pay(
            case_id=row.case_id,
            by=by,
            revision=row.revision,
            minor=row.minor,
            on=on,
            order_number=row.order_number,
            order_file=NewFile(PURPOSE, file.sha256, file.name) if file else None,
            settles=row.settles,
            at=at,
            key=f"{key}:{row.case_id}" if key else None,
        )
    except Refusal as refusal:
        return BatchResult(row.case_id, row.minor, None, refusal)
    return BatchResult(row.case_id, row.minor, outcome, None)


def _plan_row(
    card: CaseRow, offer: Offered, on: date, at: datetime, matched: Match, order: Order | None
) -> PlanRow:
    sent = _sent(offer)
    number = sent.order_number if sent else ""
    return PlanRow(
        case=card,
        revision=offer.case.revision,
        amount=_due(offer),
        settles=sent.id if sent else None,
        order_number=number or (order.number if order else ""),
        order_file=NamedFile(order.sha256, order.name) if order else None,
        match=matched,
        refusal=_refusal(offer, on, at, has_order=order is not None),
    )


def _number(planned: list[PlanRow], of_payer: set[UUID], first: str) -> None:
    """Give the payments of one payer that have no number the next ones."""
    taken = {row.order_number for row in planned if row.case.id in of_payer}
    numbers = onwards(first=first, taken=taken)
    for place, row in enumerate(planned):
        if row.case.id in of_payer and not row.order_number and row.refusal is None:
            planned[place] = replace(row, order_number=next(numbers))


def _refusal(offer: Offered, on: date, at: datetime, *, has_order: bool) -> Refusal | None:
    if refusal := judge(Verb.PAY, offer.case, offer.facts, at):
        return refusal
    if on > offer.facts.today:
        return InvalidInput({"on": "DAY_FUTURE"})
    if _due(offer).minor <= 0:
        return InvalidInput({"amount": "AMOUNT_POSITIVE"})
    if offer.case.card.get("payment_order_required") and not has_order:
        return MissingPaymentOrder()
    return None


def _sent(offer: Offered) -> Payment | None:
    """Return the one payment on its way, which paying would settle."""
    sent = [row for row in offer.case.payments if row.state is PaymentState.SENT]
    return sent[0] if len(sent) == 1 else None


def _due(offer: Offered) -> Money:
    sent = _sent(offer)
    return Money(sent.minor if sent else offer.case.rest, offer.case.currency)


def _expected(row: Row, offer: Offered) -> Expected:
    payee, sent = row.counterparty, _sent(offer)
    return Expected(
        case_id=row.id,
        amount=_due(offer),
        payee=payee.name if payee else "",
        tax_numbers=tuple(filter(None, (payee.inn, payee.vat_id) if payee else ())),
        account=row.account.number if row.account else "",
        supplier_number=row.supplier_number,
        order_number=sent.order_number if sent else "",
    )


def _readable(orders: Sequence[NamedFile]) -> list[Order]:
    texts = files.texts_now(sha256s=[file.sha256 for file in orders])
    return [Order(file.sha256, file.name, texts.get(file.sha256, "")) for file in orders]


def _totals(rows: Sequence[PlanRow]) -> tuple[PlanTotal, ...]:
    sums: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        if row.refusal is None:
            sums[row.case.entity, row.amount.currency].append(row.amount.minor)
    return tuple(
        PlanTotal(entity, len(minors), Money(sum(minors), currency))
        for (entity, currency), minors in sorted(sums.items())
    )
