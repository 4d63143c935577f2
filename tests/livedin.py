"""A company that has worked for a while: a case in every state, with everything a screen can show of it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import refill
from akcept.cases import services
from akcept.cases.cards import Outcome
from akcept.cases.services import CardInput, ReturnKind
from akcept.doctypes import services as doctypes
from akcept.doctypes.cards import FieldCard, OptionCard
from akcept.doctypes.catalogue import CORE, OWN_KINDS
from akcept.doctypes.checks import TypeFields
from akcept.engine.doctypes import FieldKind
from akcept.intake import services as letters
from akcept.kit import clock
from akcept.parties import services as parties
from akcept.people import services as people
from akcept.people.fields import Absence
from akcept.routes import queries
from akcept.routes import services as routes
from akcept.worker import duties
from letters import arrived
from troupe import PDF, Cast, approved, keep_pdf, send

NOW = clock.now()
YESTERDAY = NOW.date() - timedelta(days=1)
NEXT_WEEK = NOW.date() + timedelta(days=7)


# What the database held before and after the first time, and what the addresses needed.
_before: list[refill.Table] = []
_after: list[refill.Table] = []
_known: dict[str, UUID] = {}


def live(cast: Cast) -> dict[str, UUID]:
    """Let everybody work for a while, and return what the addresses of screens need; the same once more is only rows."""
    before = refill.keep()
    if before == _before:
        refill.put_back(_after)
        return dict(_known)
    known = _lived(cast)
    _before[:], _after[:] = before, refill.keep()
    _known.update(known)
    return known


def _lived(cast: Cast) -> dict[str, UUID]:
    account = enter_account(cast)
    days = (NOW.date(), NEXT_WEEK)
    absence = Absence(cast.boris.id, cast.dana.id, *days)
    people.set_deputy(absence=absence, by=cast.boris.actor, at=NOW - timedelta(minutes=1))
    found = waiting(cast) | ended(cast) | {"attorney": attorney(cast)}
    steps = [duty.step for duty in duties.all_duties()]
    while any(step(NOW + timedelta(minutes=1)) for step in steps):
        pass
    return found | {
        "account": account,
        "counterparty": cast.counterparty,
        "person": cast.boris.id,
        "entity": cast.entity,
        "route": drafted(cast),
    }


def drafted(cast: Cast) -> UUID:
    """Begin to change a route."""
    by, at = cast.root.actor, NOW - timedelta(minutes=1)
    line = next(row for row in queries.route_lines() if row.code == "LIST")
    named = [str(cast.boris.id), str(cast.vera.id)]
    conditions = [
        {"field": "amount", "op": "AT_LEAST", "values": [10_000_000]},
        {"field": "entity", "op": "IN", "values": [str(cast.entity)]},
        {"field": "counterparty", "op": "IN", "values": [str(cast.counterparty)]},
    ]
    stages = [
        {"code": "A", "who": "NAMED", "people": named, "how": "N_OF_M", "needed": 3},
        {"code": "B", "who": "HIERARCHY", "reach": "LEVELS", "levels": 2, "hours": 8},
        {"code": "C", "who": "MY_CHOICE", "conditions": conditions[:1], "vouches_for": ["amount"]},
        {"code": "D", "who": "ROLE", "role": "CFO"},
        {"code": "E", "who": "HEAD"},
    ]
    said = {"conditions": conditions, "stages": stages}
    routes.save_draft(route_id=line.id, definition=said, seen=0, by=by, at=at)
    return line.id


def enter_account(cast: Cast) -> UUID:
    """Enter a bank account that nobody has verified."""
    fields = parties.AccountFields(
        number="40702810138250123017", currency="RUB", bic="044525225", bank_name="Сбербанк"
    )
    return parties.enter_account(
        counterparty_id=cast.counterparty, fields=fields, by=cast.anna.actor, at=NOW
    )


def waiting(cast: Cast) -> dict[str, UUID]:
    """Leave a case with everybody who can have one."""
    return {
        "draft": draft(cast),
        "asked": asked(cast),
        "rework": returned(cast),
        "held": held(cast),
        "to_pay": approved(cast, supplier_number="5", payment_order_required=True).case_id,
        "sent": sent_to_bank(cast),
    }


def ended(cast: Cast) -> dict[str, UUID]:
    """Bring cases to each of their ends."""
    partly = paid(cast, "7", 5_000_000)
    whole = paid(cast, "8", 12_000_000)
    back = paid(cast, "9", 12_000_000)
    services.record_return(
        case_id=back,
        by=cast.asks("clara"),
        payment=1,
        kind=ReturnKind.BANK_RETURN,
        reason="Счёт закрыт",
        at=NOW,
    )
    wrong = send(cast, supplier_number="10")
    services.reject(
        case_id=wrong.case_id, by=cast.asks("boris"), revision=1, reason="Не наш счёт", at=NOW
    )
    recalled = send(cast, supplier_number="11")
    services.withdraw(case_id=recalled.case_id, by=cast.asks("anna"), reason="Передумали", at=NOW)
    clara = cast.asks("clara")
    aside = arrived(number=2, subject="Реклама")
    letters.set_aside(item_id=aside, by=clara, reason="Реклама", at=NOW)
    return {
        "item": arrived(files=[("счёт.pdf", PDF), ("a.exe", b"MZ")]),
        "aside": aside,
        "partly": partly,
        "paid": whole,
        "back": back,
        "rejected": wrong.case_id,
        "withdrawn": recalled.case_id,
    }


def draft(cast: Cast) -> UUID:
    """Keep a draft with next to nothing in it."""
    content = CardInput(cast.card(supplier_number="1", comment=""))
    by = cast.asks("anna")
    return services.create(by=by, doctype="INVOICE", content=content, submit=False, at=NOW).case_id


def asked(cast: Cast) -> UUID:
    """Send what looks like a duplicate, and talk about it."""
    send(cast, supplier_number="2")
    card = cast.card(supplier_number="2", title="Хостинг, ещё раз")
    content = CardInput(card, planned=((NEXT_WEEK, 12_000_000),), files=(keep_pdf(),))
    twin = services.create(
        by=cast.asks("anna"),
        doctype="INVOICE",
        content=content,
        submit=True,
        duplicate_reason="Вторая поставка",
        at=NOW,
    )
    services.comment(case_id=twin.case_id, by=cast.asks("boris"), text="Точно вторая?", at=NOW)
    return twin.case_id


def attorney(cast: Cast) -> UUID:
    """Send a document of a type that an administrator made, with a field of every kind."""
    choice = (OptionCard("sign", "Sign contracts", "Подписывать договоры"),)
    own = [
        FieldCard(f"own_{kind.value.lower()}", kind, f"Own {kind.value}", f"Поле {kind.value}",
                  options=choice if kind is FieldKind.CHOICE else ())
        for kind in OWN_KINDS
    ]  # fmt: skip
    kinds = TypeFields(
        "Power of attorney", "Доверенность", "Powers of attorney", "Доверенности",
        "power of attorney", "доверенности", "доверенность", ends_in_payment=False,
        fields=(CORE["title"], *own, CORE["approval_type"], CORE["choice"]),
    )  # fmt: skip
    doctypes.create_type(code="ATTORNEY", fields=kinds, by=cast.root.actor, at=NOW)
    card = {
        "title": "Для склада",
        "entity": str(cast.entity),
        "approval_type": "HIERARCHY",
        "own_text": "Любой",
        "own_choice": "sign",
        "own_person": str(cast.vera.id),
        "own_date": NEXT_WEEK.isoformat(),
    }
    sent = services.create(
        by=cast.asks("anna"), doctype="ATTORNEY", content=CardInput(card), submit=True, at=NOW
    )
    return sent.case_id


def returned(cast: Cast) -> UUID:
    """Return an invoice with two remarks after somebody had approved it."""
    sent = send(cast, supplier_number="3")
    common = {"case_id": sent.case_id, "revision": sent.revision, "at": NOW}
    services.approve(by=cast.asks("boris"), remark="Проверьте НДС", **common)
    reasons = ["Нет договора", "Неверная сумма"]
    services.return_for_rework(by=cast.asks("vera"), reasons=reasons, **common)
    return sent.case_id


def held(cast: Cast) -> UUID:
    """Put an invoice on hold."""
    sent = send(cast, supplier_number="4")
    services.hold(
        case_id=sent.case_id, by=cast.asks("anna"), reason="Ждём акт", until=NEXT_WEEK, at=NOW
    )
    return sent.case_id


def sent_to_bank(cast: Cast) -> UUID:
    """Send an order to the bank that has not answered yet."""
    ready = approved(cast, supplier_number="6")
    services.mark_sent(
        case_id=ready.case_id,
        by=cast.asks("clara"),
        revision=ready.revision,
        minor=12_000_000,
        on=NOW.date(),
        order_number="117",
        at=NOW,
    )
    return ready.case_id


def paid(cast: Cast, number: str, minor: int) -> UUID:
    """Pay an invoice, whole or in part."""
    ready: Outcome = approved(cast, supplier_number=number)
    on: date = YESTERDAY
    services.pay(
        case_id=ready.case_id,
        by=cast.asks("clara"),
        revision=ready.revision,
        minor=minor,
        on=on,
        order_number=f"11{number}",
        at=NOW,
    )
    return ready.case_id
