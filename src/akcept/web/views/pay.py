"""Money: paying whole or in parts, the way through the bank, what comes back, and moving a planned date."""

from __future__ import annotations

from akcept.cases import queries, services
from akcept.cases.cards import Outcome
from akcept.cases.services import NewFile, ReturnKind
from akcept.engine.refusals import InvalidInput
from akcept.web.forms import uploads
from akcept.web.forms.acts import Said


def pay(said: Said) -> Outcome:
    """Note an executed payment together with its order."""
    return services.pay(
        **said.common,
        revision=said.revision,
        minor=said.amount("amount", _currency(said)),
        on=said.day("on"),
        order_number=said.text("order_number", longest=100),
        order_file=_order(said),
        settles=said.number("settles") if said.data.get("settles") else None,
    )


def mark_sent(said: Said) -> Outcome:
    """Note that an order went to the bank."""
    return services.mark_sent(
        **said.common,
        revision=said.revision,
        minor=said.amount("amount", _currency(said)),
        on=said.day("on"),
        order_number=said.text("order_number", longest=100),
    )


def refuse(said: Said) -> Outcome:
    """Decline to pay; each line is a remark of its own."""
    return services.refuse_payment(**said.common, revision=said.revision, reasons=said.lines())


def take_back(said: Said) -> Outcome:
    """Record a payment that came back or never was."""
    try:
        kind = ReturnKind(said.data.get("kind", ""))
    except ValueError:
        raise InvalidInput({"kind": "NOT_A_CHOICE"}) from None
    return services.record_return(
        **said.common, payment=said.number("payment"), kind=kind, reason=said.reason()
    )


def close_rest(said: Said) -> Outcome:
    """Declare that the rest will not be paid."""
    return services.close_rest(**said.common, reason=said.reason())


def postpone(said: Said) -> Outcome:
    """Move an unpaid planned date."""
    return services.postpone(
        **said.common,
        planned=said.number("planned"),
        old=said.day("old"),
        to=said.day("on"),
        reason=said.text("reason", longest=1000),
    )


def _currency(said: Said) -> str:
    card = queries.case_card(by=said.ask.by, case_id=said.case_id, at=said.ask.at)
    return card.row.currency


def _order(said: Said) -> NewFile | None:
    if said.file is None:
        return None
    kept = uploads.keep(said.file, purpose="PAYMENT_ORDER", by=said.ask.by.id, at=said.ask.at)
    return NewFile("PAYMENT_ORDER", kept.sha256, kept.name)
