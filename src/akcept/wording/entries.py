"""What happened, as a sentence for feed, history and letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import pgettext

from akcept.cases import ballots
from akcept.cases.cards import HistoryCard
from akcept.engine.case import Why
from akcept.engine.money import Money
from akcept.wording import dates, money

Data = Mapping[str, Any]
Phrase = Callable[[HistoryCard, str], str]


def sentence(entry: HistoryCard, *, currency: str = "") -> str:
    """Say who did what, acting for whom; `currency` is that of the document, for its sums."""
    if entry.kind == "CLEARED":
        return _cleared(entry)
    phrases = {"who": who(entry), "did": predicate(entry, currency=currency)}
    return pgettext("who did", "%(who)s %(did)s") % phrases


def predicate(entry: HistoryCard, *, currency: str = "") -> str:
    """Say what was done, without by whom."""
    did = PHRASES[entry.kind](entry, currency)
    if entry.auth == ballots.E_MAIL_CODE:
        return pgettext("did", "%(did)s by e-mail code") % {"did": did}
    return did


def name(entry: HistoryCard, value: object) -> str:
    """Name what an id in the entry stands for."""
    return entry.names.get(str(value)) or pgettext("did", "somebody")


def sum_of(minor: int, currency: str) -> str:
    """Write an amount of the document."""
    return money.amount(Money(minor, currency)) if currency else str(minor)


def who(entry: HistoryCard) -> str:
    """Name who acted, and for whom."""
    if entry.actor is None:
        return pgettext("did", "System")
    if entry.acting_for is None:
        return entry.actor.name
    people = {"deputy": entry.actor.name, "absentee": entry.acting_for.name}
    return pgettext("did", "%(deputy)s (for %(absentee)s)") % people


def _cleared(entry: HistoryCard) -> str:
    if entry.data.get("to_pay"):
        return pgettext("did", "All approvals are in, the document goes to payment")
    return pgettext("did", "All approvals are in")


def _days(data: Data) -> dict[str, str]:
    return {name: dates.day(date.fromisoformat(data[name])) for name in ("old", "new")}


def _drafted(entry: HistoryCard, _currency: str) -> str:
    is_copy = entry.data.get("copy_of")
    return (
        pgettext("did", "created the document as a copy")
        if is_copy
        else pgettext("did", "created the document")
    )


def _revised(entry: HistoryCard, _currency: str) -> str:
    return pgettext("did", "edited the document")


def _attached(entry: HistoryCard, _currency: str) -> str:
    name = entry.data.get("name")
    # What a retention rule has removed is no text any more.
    said = name if isinstance(name, str) else pgettext("did", "removed")
    values: Data = {**entry.data, "name": said}
    if values["version"] > 1:
        return pgettext("did", "attached version %(version)s of a file: %(name)s") % values
    return pgettext("did", "attached a file: %(name)s") % values


def _settled(entry: HistoryCard, _currency: str) -> str:
    return (
        pgettext("did", "answered a remark")
        if entry.data.get("answer")
        else pgettext("did", "corrected a remark")
    )


def _submitted(entry: HistoryCard, _currency: str) -> str:
    if entry.data["round"] == 1:
        return pgettext("did", "sent the document for approval")
    return pgettext("did", "sent the document for approval again, round %(round)s") % entry.data


def _rerouted(entry: HistoryCard, _currency: str) -> str:
    return pgettext("did", "moved the document to another version of its route")


def _by_override(entry: HistoryCard, said: str) -> str:
    """Say in whose place it was; a record of old does not tell."""
    holder = entry.data.get("in_place_of")
    if not holder:
        return said
    told = {"did": said, "name": name(entry, holder)}
    return pgettext("did", "%(did)s, in the place of %(name)s") % told


def _approved(entry: HistoryCard, _currency: str) -> str:
    if entry.data.get("is_override"):
        return _by_override(entry, pgettext("did", "approved by override"))
    return (
        pgettext("did", "approved with remarks")
        if entry.data.get("remark")
        else pgettext("did", "approved")
    )


def _returned(entry: HistoryCard, _currency: str) -> str:
    if entry.data.get("is_override"):
        return _by_override(entry, pgettext("did", "returned for rework by override"))
    if not entry.data.get("is_final", True):
        return pgettext("did", "voted to return it for rework")
    return pgettext("did", "returned for rework")


def _stage_returned(entry: HistoryCard, _currency: str) -> str:
    return pgettext("did", "ended the step, the document goes back for rework")


def _rejected(entry: HistoryCard, _currency: str) -> str:
    if entry.data.get("is_override"):
        return _by_override(entry, pgettext("did", "rejected by override"))
    return pgettext("did", "rejected")


def _withdrawn(entry: HistoryCard, _currency: str) -> str:
    return pgettext("did", "withdrew the document")


def _reassigned(entry: HistoryCard, _currency: str) -> str:
    people = {"old": name(entry, entry.data["old"])}
    if not entry.data["new"]:
        return pgettext("did", "took the task from %(old)s, a successor has to be named") % people
    people["new"] = name(entry, entry.data["new"])
    if entry.data.get("why") == Why.DEADLINE:
        return pgettext("did", "passed the task on after the deadline: %(old)s → %(new)s") % people
    if entry.data.get("why") == Why.REPLACED:
        return pgettext("did", "replaced the approver by override: %(old)s → %(new)s") % people
    return pgettext("did", "passed the task on: %(old)s → %(new)s") % people


def _approver_added(entry: HistoryCard, _currency: str) -> str:
    person = {"name": name(entry, entry.data["person"])}
    if entry.data.get("why") == Why.LIMIT:
        return pgettext("did", "added an approver with a sufficient limit: %(name)s") % person
    return pgettext("did", "added an approver: %(name)s") % person


def _approver_named(entry: HistoryCard, _currency: str) -> str:
    person = {"name": name(entry, entry.data["person"])}
    if entry.data["seat"] is None:
        return pgettext("did", "named who pays: %(name)s") % person
    return pgettext("did", "named an approver: %(name)s") % person


def _observer_added(entry: HistoryCard, _currency: str) -> str:
    return pgettext("did", "added an observer: %(name)s") % {
        "name": name(entry, entry.data["person"])
    }


def _held(entry: HistoryCard, _currency: str) -> str:
    day = dates.day(date.fromisoformat(str(entry.data["until"])))
    return pgettext("did", "put the document on hold until %(day)s") % {"day": day}


def _released(entry: HistoryCard, _currency: str) -> str:
    return pgettext("did", "released the document from hold")


def _amount(entry: HistoryCard, currency: str) -> dict[str, str]:
    minor: Any = entry.data["minor"]
    return {"amount": sum_of(minor, currency)}


def _sent(entry: HistoryCard, currency: str) -> str:
    return pgettext("did", "sent %(amount)s to the bank") % _amount(entry, currency)


def _paid(entry: HistoryCard, currency: str) -> str:
    if entry.data["closes"]:
        return pgettext("did", "paid %(amount)s, nothing is left to pay") % _amount(entry, currency)
    return pgettext("did", "paid a part: %(amount)s") % _amount(entry, currency)


def _payment_refused(entry: HistoryCard, _currency: str) -> str:
    return pgettext("did", "refused to pay")


def _payment_returned(entry: HistoryCard, currency: str) -> str:
    amount = _amount(entry, currency)
    if entry.data["id"] is None:
        return pgettext("did", "cancelled what was sent to the bank: %(amount)s") % amount
    if entry.data["kind"] == "BANK_RETURN":
        return pgettext("did", "recorded a payment returned by the bank: %(amount)s") % amount
    return pgettext("did", "took back a payment entered in error: %(amount)s") % amount


def _rest_closed(entry: HistoryCard, currency: str) -> str:
    return pgettext("did", "closed the rest without payment: %(amount)s") % _amount(entry, currency)


def _postponed(entry: HistoryCard, _currency: str) -> str:
    days = _days(entry.data)
    match entry.data["cause"]:
        case "UNPAID":
            return (
                pgettext("did", "moved the planned date, as nothing was paid: %(old)s → %(new)s")
                % days
            )
        case "APPROVED_LATE":
            return (
                pgettext(
                    "did", "moved the planned date, as the approval came late: %(old)s → %(new)s"
                )
                % days
            )
        case _:
            return pgettext("did", "moved the planned date: %(old)s → %(new)s") % days


def _commented(entry: HistoryCard, _currency: str) -> str:
    data = entry.data
    if data.get("guest"):
        return pgettext("did", "wrote in the thread of %(name)s") % {
            "name": name(entry, data["guest"])
        }
    if data.get("asks"):
        return pgettext("did", "asked %(name)s a question") % {"name": name(entry, data["asks"])}
    if data.get("answers"):
        return pgettext("did", "answered a question")
    return pgettext("did", "commented")


def _comment_edited(entry: HistoryCard, _currency: str) -> str:
    return pgettext("did", "edited a message")


def _question_withdrawn(entry: HistoryCard, _currency: str) -> str:
    person = {"name": name(entry, entry.data["person"])}
    return pgettext("did", "no longer waits for an answer of %(name)s") % person


def _undone(entry: HistoryCard, _currency: str) -> str:
    return pgettext("did", "took the decision back")


PHRASES: Mapping[str, Phrase] = {
    "DRAFTED": _drafted,
    "REVISED": _revised,
    "FILE_ATTACHED": _attached,
    "REMARK_SETTLED": _settled,
    "SUBMITTED": _submitted,
    "REROUTED": _rerouted,
    "APPROVED": _approved,
    "RETURNED": _returned,
    "REJECTED": _rejected,
    "STAGE_RETURNED": _stage_returned,
    "CLEARED": lambda entry, _currency: _cleared(entry),
    "WITHDRAWN": _withdrawn,
    "REASSIGNED": _reassigned,
    "APPROVER_ADDED": _approver_added,
    "APPROVER_NAMED": _approver_named,
    "OBSERVER_ADDED": _observer_added,
    "HELD": _held,
    "RELEASED": _released,
    "PAYMENT_SENT": _sent,
    "PAYMENT_EXECUTED": _paid,
    "PAYMENT_REFUSED": _payment_refused,
    "PAYMENT_RETURNED": _payment_returned,
    "REST_CLOSED": _rest_closed,
    "POSTPONED": _postponed,
    "COMMENTED": _commented,
    "COMMENT_EDITED": _comment_edited,
    "QUESTION_WITHDRAWN": _question_withdrawn,
    "UNDONE": _undone,
}
