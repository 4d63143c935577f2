"""Paying a document: sent, paid, refused, taken back, moved."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from akcept.api.calls import ApiRequest
from akcept.api.cards_in import NewFileIn, minor_of
from akcept.api.decisions import Reasons
from akcept.api.door import Door
from akcept.api.given import OutcomeOut
from akcept.api.taken import Day, In, Line, MoneyIn, Note, Revision, Small
from akcept.cases import queries, services
from akcept.cases.services import ReturnKind
from akcept.people.codes import TokenScope

door = Door(tags=["Payments"])
OrderNumber = Annotated[Line, Field(max_length=100)]


class SentIn(In):
    """`revision` (or If-Match) is the one that was looked at; `amount` may be a part of the rest."""

    revision: Revision | None = None
    amount: MoneyIn
    on: Day
    order_number: OrderNumber = ""


class PayIn(SentIn):
    """`settles` names the payment row that was sent before."""

    order_file: NewFileIn | None = None
    settles: Small | None = None


class RefuseIn(In):
    revision: Revision | None = None
    reasons: Reasons


class ReturnedIn(In):
    """`payment` is the number of the payment row."""

    payment: Small
    kind: ReturnKind
    reason: Note


class CloseIn(In):
    reason: Note


class PostponeIn(In):
    """`planned` is the number of the planned row, `old` the date that was seen."""

    planned: Small
    old: Day
    to: Day
    reason: Note = ""


@door.act("/cases/{uuid:case_id}/mark-sent", OutcomeOut, TokenScope.PAY, summary="Sent to the bank")
def mark_sent(request: ApiRequest, case_id: UUID, body: SentIn) -> OutcomeOut:
    """Note that an order went to the bank; the sum cannot be paid again while it lives."""
    call = request.auth
    done = services.mark_sent(
        **call.upon(case_id),
        revision=call.revision(body.revision),
        minor=_minor(request, case_id, body.amount),
        on=body.on,
        order_number=body.order_number,
    )
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/pay", OutcomeOut, TokenScope.PAY, summary="Paid")
def pay_case(request: ApiRequest, case_id: UUID, body: PayIn) -> OutcomeOut:
    """Note an executed payment, whole or part; the payment order's file comes in the same act."""
    call = request.auth
    done = services.pay(
        **call.upon(case_id),
        revision=call.revision(body.revision),
        minor=_minor(request, case_id, body.amount),
        on=body.on,
        order_number=body.order_number,
        order_file=body.order_file.file if body.order_file else None,
        settles=body.settles,
    )
    return OutcomeOut.model_validate(done)


@door.act(
    "/cases/{uuid:case_id}/refuse-payment", OutcomeOut, TokenScope.PAY, summary="Refuse to pay"
)
def refuse_payment(request: ApiRequest, case_id: UUID, body: RefuseIn) -> OutcomeOut:
    """Decline to pay; the document goes back to be corrected."""
    call = request.auth
    done = services.refuse_payment(
        **call.upon(case_id), revision=call.revision(body.revision), reasons=body.reasons
    )
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/returns", OutcomeOut, TokenScope.PAY, summary="Payment came back")
def record_return(request: ApiRequest, case_id: UUID, body: ReturnedIn) -> OutcomeOut:
    """Take a payment back: returned by the bank, or entered in error."""
    call = request.auth
    done = services.record_return(
        **call.upon(case_id), payment=body.payment, kind=body.kind, reason=body.reason
    )
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/close-rest", OutcomeOut, TokenScope.PAY, summary="Close the rest")
def close_rest(request: ApiRequest, case_id: UUID, body: CloseIn) -> OutcomeOut:
    """Declare that the rest will not be paid."""
    call = request.auth
    done = services.close_rest(**call.upon(case_id), reason=body.reason)
    return OutcomeOut.model_validate(done)


@door.act("/cases/{uuid:case_id}/postpone", OutcomeOut, TokenScope.PAY, summary="Move a date")
def postpone_payment(request: ApiRequest, case_id: UUID, body: PostponeIn) -> OutcomeOut:
    """Move an unpaid planned date; past the due date a reason is needed."""
    call = request.auth
    done = services.postpone(
        **call.upon(case_id), planned=body.planned, old=body.old, to=body.to, reason=body.reason
    )
    return OutcomeOut.model_validate(done)


def _minor(request: ApiRequest, case_id: UUID, amount: MoneyIn) -> int:
    """Return minor units; refuses another currency than the document's."""
    call = request.auth
    card = queries.case_card(by=call.by, case_id=case_id, at=call.at)
    return minor_of(amount, card.row.currency, "amount")
