"""Two duties in one hand are reported, with the exception that allows it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import translation

from akcept.cases import queries as cases
from akcept.cases import services
from akcept.company import queries as company
from akcept.doctypes import queries as doctypes
from akcept.engine.refusals import NotAllowed
from akcept.people import services as people
from akcept.people.codes import Right
from akcept.people.duties import RuleCode
from akcept.people.fields import Permit
from akcept.people.services import save_role
from akcept.reports import duties
from akcept.wording import details
from troupe import AT, SYSTEM, TODAY, Cast, approved

pytestmark = pytest.mark.django_db(transaction=True)


EXCEPTED = "Whoever pays it keeps the bank details of counterparties, too."


def found(cast: Cast) -> list[tuple[str, bool, str, bool]]:
    report = duties.report(by=cast.root.actor, at=AT)
    return [(one.rule, one.is_hard, one.person, one.exception is not None) for one in report.conflicts]  # fmt: skip


def test_a_soft_conflict_of_roles_is_a_warning(cast: Cast) -> None:
    assert (RuleCode.PAYMENT_RECONCILED, False, "Clara Clarina", False) in found(cast)


def test_an_exception_stands_beside_the_conflict_it_allows(cast: Cast) -> None:
    save_role(
        code="TREASURER",
        name_en="Treasurer",
        name_ru="Казначей",
        may=[Right.PAY, Right.SEE_CASES],
        by=SYSTEM,
        at=AT,
    )
    rule, dana = RuleCode.DETAILS_PAYMENT, cast.dana.id
    permit = Permit(dana, TODAY, TODAY + timedelta(days=9), "One accountant", None, rule)
    people.allow_exception(permit=permit, by=cast.root.actor, at=AT)
    for role in ("TREASURER", "PARTY_KEEPER"):
        people.grant_role(person_id=dana, role=role, by=SYSTEM, at=AT)
    assert (rule, True, "Dana Danina", True) in found(cast)
    later = duties.report(by=cast.root.actor, at=AT + timedelta(days=20)).conflicts
    (over,) = [one for one in later if one.rule is rule]
    assert (over.roles, over.exception) == (("PARTY_KEEPER", "TREASURER"), None)


def test_a_document_paid_by_its_initiator_is_reported_with_its_exception(cast: Cast) -> None:
    people.grant_role(person_id=cast.anna.id, role="ACCOUNTANT", by=SYSTEM, at=AT)
    permit = Permit(cast.anna.id, TODAY, TODAY, "Alone today", cast.entity)
    people.allow_exception(permit=permit, by=cast.root.actor, at=AT)
    cleared = approved(cast)
    services.pay(
        case_id=cleared.case_id,
        by=cast.asks("anna"),
        revision=cleared.revision,
        minor=12_000_000,
        on=TODAY,
        order_number="1",
        at=AT,
    )
    assert (RuleCode.OWN_PAYMENT, True, "Anna Annina", True) in found(cast)


def test_who_pays_and_keeps_bank_details_is_said_to_be_excepted_on_the_document(cast: Cast) -> None:
    permit = Permit(cast.clara.id, TODAY, TODAY, "Alone today", None, RuleCode.DETAILS_PAYMENT)
    people.allow_exception(permit=permit, by=cast.root.actor, at=AT)
    people.grant_role(person_id=cast.clara.id, role="PARTY_KEEPER", by=SYSTEM, at=AT)
    sent, paid = approved(cast), approved(cast, supplier_number="50")
    common = {"by": cast.asks("clara"), "minor": 12_000_000, "on": TODAY, "order_number": "1"}
    services.mark_sent(case_id=sent.case_id, revision=sent.revision, at=AT, **common)
    services.pay(case_id=paid.case_id, revision=paid.revision, at=AT, **common)
    assert EXCEPTED in told(cast, sent.case_id)
    assert EXCEPTED in told(cast, paid.case_id)
    services.pay(
        case_id=(later := approved(cast, supplier_number="51")).case_id,
        revision=later.revision,
        at=AT + timedelta(days=1),
        **common,
    )
    assert EXCEPTED not in told(cast, later.case_id)


def told(cast: Cast, case_id: UUID) -> list[str]:
    """Return every line of the history of a document."""
    shown = cases.history(case_id=case_id, by=cast.asks("clara"), at=AT)
    return [
        line.text
        for entry in shown
        for line in details.details(entry, type=doctypes.type_card(code="INVOICE"))
    ]


def test_the_report_is_taken_along_on_record(cast: Cast) -> None:
    written = duties.write_csv(by=cast.root.actor, at=AT).decode("utf-8-sig")
    assert written.splitlines()[0].startswith("Rule;What happens;Person")
    assert "record what the bank returns;warning;Clara Clarina;Accountant" in written
    with translation.override("ru"):
        written = duties.write_csv(by=cast.root.actor, at=AT).decode("utf-8-sig")
    assert "предупреждение;Clara Clarina;Бухгалтер" in written
    assert "DUTIES_EXPORTED" in [entry.kind for entry in company.history()]
    with pytest.raises(NotAllowed):
        duties.report(by=cast.anna.actor, at=AT)
