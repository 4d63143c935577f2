"""The separation of duties: which two duties one person may not hold together, or had better not.

A hard stop is refused: when a role is granted (ROLES), or when somebody acts on one document or one bank account,
where the engine and the parties refuse it. A soft one is allowed and reported. A dated exception lifts a stop that
says so, for one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from akcept.people.codes import Right
from akcept.people.rights import Grant


class Duty(StrEnum):
    """What is done between an invoice and its payment."""

    ENTER = "ENTER"
    APPROVE = "APPROVE"
    BANK_DETAILS = "BANK_DETAILS"
    VERIFY = "VERIFY"
    PAY = "PAY"
    RECONCILE = "RECONCILE"


class Within(StrEnum):
    """Where the two duties meet."""

    ROLES = "ROLES"
    DOCUMENT = "DOCUMENT"
    ACCOUNT = "ACCOUNT"


class RuleCode(StrEnum):
    """The rules, as they are stored and asked for."""

    OWN_APPROVAL = "OWN_APPROVAL"
    OWN_PAYMENT = "OWN_PAYMENT"
    DETAILS_APPROVAL = "DETAILS_APPROVAL"
    DETAILS_VERIFIED = "DETAILS_VERIFIED"
    DETAILS_PAYMENT = "DETAILS_PAYMENT"
    DETAILS_ENTRY = "DETAILS_ENTRY"
    PAYMENT_RECONCILED = "PAYMENT_RECONCILED"


@dataclass(frozen=True, slots=True)
class Rule:
    """Two duties that do not belong in one hand."""

    code: RuleCode
    first: Duty
    second: Duty
    within: Within
    is_hard: bool = True
    has_exceptions: bool = False


RULES = (
    Rule(RuleCode.OWN_APPROVAL, Duty.ENTER, Duty.APPROVE, Within.DOCUMENT),
    Rule(RuleCode.OWN_PAYMENT, Duty.ENTER, Duty.PAY, Within.DOCUMENT, has_exceptions=True),
    Rule(RuleCode.DETAILS_APPROVAL, Duty.BANK_DETAILS, Duty.APPROVE, Within.DOCUMENT),
    Rule(RuleCode.DETAILS_VERIFIED, Duty.BANK_DETAILS, Duty.VERIFY, Within.ACCOUNT),
    Rule(RuleCode.DETAILS_PAYMENT, Duty.BANK_DETAILS, Duty.PAY, Within.ROLES, has_exceptions=True),
    Rule(RuleCode.DETAILS_ENTRY, Duty.BANK_DETAILS, Duty.ENTER, Within.DOCUMENT, is_hard=False),
    Rule(RuleCode.PAYMENT_RECONCILED, Duty.PAY, Duty.RECONCILE, Within.ROLES, is_hard=False),
)
BY_CODE = {rule.code: rule for rule in RULES}
# The duties that a role gives; anybody enters, and routes say who approves.
RIGHTS = {
    Duty.BANK_DETAILS: Right.EDIT_PARTIES,
    Duty.VERIFY: Right.VERIFY_ACCOUNTS,
    Duty.PAY: Right.PAY,
    Duty.RECONCILE: Right.RECORD_RETURN,
}


@dataclass(frozen=True, slots=True)
class Clash:
    """Two grants of one person that together break a rule; the same one twice where a single role does."""

    rule: Rule
    first: Grant
    second: Grant


def clashes(grants: Iterable[Grant]) -> Iterator[Clash]:
    """Yield where somebody's roles meet in a rule: each rule once, for the first pair that meets in a payer."""
    held = list(grants)
    for rule in RULES:
        if rule.within is not Within.ROLES:
            continue
        pairs = (
            Clash(rule, one, other)
            for one in held
            for other in held
            if RIGHTS[rule.first] in one.rights
            and RIGHTS[rule.second] in other.rights
            and _meet(one, other)
        )
        first = next(pairs, None)
        if first:
            yield first


def _meet(one: Grant, other: Grant) -> bool:
    payer = one.entity_id is None or other.entity_id is None or one.entity_id == other.entity_id
    unit = (
        one.department_id is None
        or other.department_id is None
        or one.department_id == other.department_id
    )
    return payer and unit
