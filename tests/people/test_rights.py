from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from akcept.company import queries as company
from akcept.engine.money import Money
from akcept.engine.refusals import DutiesInConflict, InvalidInput, NotAllowed
from akcept.people import org, queries, rights, services, standing
from akcept.people.codes import Right
from akcept.people.duties import RuleCode
from akcept.people.fields import Limit
from akcept.people.models import Person
from akcept.people.rights import ALL
from akcept.people.store import persons
from staff import Hire
from troupe import AT, SYSTEM


def test_a_role_for_one_entity_counts_for_that_entity(
    hire: Hire, alpha: UUID, beta: UUID, django_assert_num_queries: Any
) -> None:
    clara = hire("Clara")
    services.grant_role(person_id=clara.id, role="ACCOUNTANT", entity_id=alpha, by=SYSTEM, at=AT)
    with django_assert_num_queries(1):
        may = standing.rights_of(person_id=clara.id, at=AT)
    assert may.has(Right.PAY)
    assert may.has(Right.PAY, entity_id=alpha)
    assert not may.has(Right.PAY, entity_id=beta)
    assert not may.has(Right.ADMINISTER)
    assert may.entities(Right.PAY) == {alpha}
    assert may.entities(Right.AUDIT) == frozenset()


def test_a_role_without_entity_counts_for_all(hire: Hire, beta: UUID) -> None:
    may = standing.rights_of(person_id=hire("Gleb", "CFO").id, at=AT)
    assert may.has(Right.PAY, entity_id=beta)
    assert may.entities(Right.PAY) is ALL


def test_a_role_in_a_department_counts_where_it_is_named(
    hire: Hire, root: Person, alpha: UUID
) -> None:
    unit = services.save_department(
        department_id=None, name="Sales", parent_id=None, head_id=None, by=root.actor, at=AT
    )
    clara = hire("Clara")
    services.grant_role(person_id=clara.id, role="ACCOUNTANT", department_id=unit, by=SYSTEM, at=AT)
    may = standing.rights_of(person_id=clara.id, at=AT)
    assert not may.has(Right.SEE_CASES, entity_id=alpha)
    assert may.has(Right.SEE_CASES, entity_id=alpha, department_id=unit)
    assert may.entities(Right.SEE_CASES) == frozenset()
    assert may.departments(Right.SEE_CASES) == {(None, unit)}
    assert rights.holders(right=Right.PAY, at=AT, entity_id=alpha) == []
    assert rights.holders(right=Right.PAY, at=AT, entity_id=alpha, department_id=unit) == [clara.id]


def test_holders_answer_the_other_way_round(
    hire: Hire, alpha: UUID, beta: UUID, django_assert_num_queries: Any
) -> None:
    gleb, clara = hire("Gleb", "CFO"), hire("Clara")
    services.grant_role(person_id=clara.id, role="ACCOUNTANT", entity_id=alpha, by=SYSTEM, at=AT)
    with django_assert_num_queries(2):
        assert rights.holders(right=Right.PAY, at=AT, entity_id=alpha) == [clara.id, gleb.id]
    assert rights.holders(right=Right.PAY, at=AT, entity_id=beta) == [gleb.id]


def test_what_is_revoked_counted_until_then(hire: Hire, root: Person) -> None:
    clara = hire("Clara", "ACCOUNTANT", "ACCOUNTANT")
    (grant,) = queries.person_card(person_id=clara.id).grants
    later = AT + timedelta(hours=1)
    services.revoke_role(grant_id=grant.id, by=root.actor, at=later)
    assert standing.rights_of(person_id=clara.id, at=AT).has(Right.PAY)
    assert not standing.rights_of(person_id=clara.id, at=later).has(Right.PAY)


def test_somebody_deactivated_has_no_rights(hire: Hire) -> None:
    clara = hire("Clara", "ACCOUNTANT")
    persons.set_active(person_id=clara.id, is_active=False, by=SYSTEM, at=AT)
    assert standing.rights_of(person_id=clara.id, at=AT) == rights.Rights()
    assert rights.holders(right=Right.PAY, at=AT) == []


def test_a_part_of_the_company_cannot_be_administered(
    hire: Hire, anna: Person, alpha: UUID
) -> None:
    half = hire("Half")
    services.grant_role(person_id=half.id, role="ADMINISTRATOR", entity_id=alpha, by=SYSTEM, at=AT)
    assert rights.holders(right=Right.ADMINISTER, at=AT) == []
    with pytest.raises(NotAllowed):
        services.grant_role(person_id=anna.id, role="CFO", by=half.actor, at=AT)


def test_only_administrators_give_and_take(hire: Hire, anna: Person) -> None:
    oleg = hire("Oleg", "CFO")
    with pytest.raises(NotAllowed):
        services.grant_role(person_id=anna.id, role="CFO", by=oleg.actor, at=AT)
    with pytest.raises(NotAllowed):
        services.change_settings(changes={"demo": True}, by=oleg.actor, at=AT)
    assert company.settings_of().demo is False


def test_a_company_makes_its_own_roles(root: Person, hire: Hire) -> None:
    services.save_role(
        code="CHIEF_BOOKKEEPER",
        name_en="Chief bookkeeper",
        name_ru="Главный бухгалтер",
        may=[Right.PAY],
        by=root.actor,
        at=AT,
    )
    may = standing.rights_of(person_id=hire("Clara", "CHIEF_BOOKKEEPER").id, at=AT)
    assert may.has(Right.PAY)


def test_an_unknown_role_is_refused(anna: Person, root: Person) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.grant_role(person_id=anna.id, role="KING", by=root.actor, at=AT)
    assert refused.value.errors == {"role": "UNKNOWN_ROLE"}


def test_the_rules_see_the_org_chart(
    hire: Hire, root: Person, django_assert_num_queries: Any
) -> None:
    gleb = hire("Gleb", peer_id=root.id)
    anna = hire("Anna", manager_id=gleb.id)
    limits = [Limit(50_000_00, "RUB"), Limit(1_000_00, "EUR", "INVOICE")]
    services.set_limits(person_id=gleb.id, limits=limits, by=root.actor, at=AT)
    unit = services.save_department(
        department_id=None, name="Sales", parent_id=None, head_id=gleb.id, by=SYSTEM, at=AT
    )
    with django_assert_num_queries(1):
        chart = org.snapshot()
    assert chart.climb(str(anna.id)).path == (str(gleb.id),)
    head = chart.members[str(gleb.id)]
    assert head.peer == str(root.id)
    assert dict(head.limits) == {"": Money(50_000_00, "RUB"), "INVOICE": Money(1_000_00, "EUR")}
    assert chart.units[str(unit)].head == str(gleb.id)


@pytest.mark.parametrize(
    ("limits", "errors"),
    [
        ([Limit(1, "RUB"), Limit(2, "RUB")], {"doctype": "LIMIT_TWICE"}),
        ([Limit(1, "XXX")], {"currency": "UNKNOWN_CURRENCY"}),
        ([Limit(-1, "RUB")], {"amount": "OUT_OF_RANGE"}),
    ],
)
def test_wrong_limits_are_refused(
    anna: Person, root: Person, limits: list[Limit], errors: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.set_limits(person_id=anna.id, limits=limits, by=root.actor, at=AT)
    assert refused.value.errors == errors
    assert queries.person_card(person_id=anna.id).limits == ()


def test_an_exception_has_days_and_a_reason(anna: Person, root: Person, alpha: UUID) -> None:
    permit = services.Permit(anna.id, date(2026, 11, 1), date(2026, 12, 31), "alone", alpha)
    with pytest.raises(NotAllowed):
        services.allow_exception(permit=permit, by=anna.actor, at=AT)
    made = services.allow_exception(permit=permit, by=root.actor, at=AT)
    (card,) = queries.person_card(person_id=anna.id).exceptions
    assert (card.id, card.entity, card.reason) == (made, "Альфа", "alone")
    assert card.approved_by == root.name
    services.end_exception(exception_id=made, by=root.actor, at=AT)
    assert queries.person_card(person_id=anna.id).exceptions == ()


def test_two_duties_that_a_rule_keeps_apart_are_not_given_together(
    hire: Hire, root: Person, alpha: UUID, beta: UUID
) -> None:
    clara = hire("Clara")
    by = {"by": root.actor, "at": AT}
    services.grant_role(person_id=clara.id, role="ACCOUNTANT", entity_id=alpha, **by)
    with pytest.raises(DutiesInConflict):
        services.grant_role(person_id=clara.id, role="PARTY_KEEPER", **by)
    services.grant_role(person_id=clara.id, role="PARTY_KEEPER", entity_id=beta, **by)
    rule = RuleCode.DETAILS_PAYMENT
    permit = services.Permit(clara.id, AT.date(), AT.date(), "alone", alpha, rule)
    services.allow_exception(permit=permit, **by)
    services.grant_role(person_id=clara.id, role="PARTY_KEEPER", entity_id=alpha, **by)


def test_a_role_is_not_widened_into_a_conflict(hire: Hire, root: Person) -> None:
    hire("Clara", "ACCOUNTANT")
    with pytest.raises(DutiesInConflict):
        services.save_role(
            code="ACCOUNTANT",
            name_en="Accountant",
            name_ru="Бухгалтер",
            may=[Right.PAY, Right.EDIT_PARTIES],
            by=root.actor,
            at=AT,
        )
