"""What is stored of a case is what its entries say, and an alteration behind their back is found."""

from __future__ import annotations

import json

import pytest
from django.db import transaction

from akcept.cases import queries, rows, services, verifying
from akcept.cases.models import Case, PlannedPayment
from akcept.cases.services import CardInput
from akcept.engine.refusals import FingerprintMismatch
from akcept.journal import erasure
from akcept.journal.models import PrivateValue
from troupe import AT, TODAY, Cast, approved, send

pytestmark = pytest.mark.django_db(transaction=True)


def _lived(cast: Cast) -> Case:
    """Return a case that was returned, corrected, approved, partly paid."""
    sent = send(cast)
    services.return_for_rework(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, reasons=["Нет договора"], at=AT
    )
    services.resubmit(
        case_id=sent.case_id,
        by=cast.asks("anna"),
        revision=1,
        content=CardInput({"contract": "15/2026", "amount": 13_000_000}, ((TODAY, 13_000_000),)),
        answers={1: "Добавила"},
        at=AT,
    )
    for name in ("boris", "vera", "gleb"):
        services.approve(case_id=sent.case_id, by=cast.asks(name), revision=2, at=AT)
    services.pay(
        case_id=sent.case_id, by=cast.asks("clara"), revision=2, minor=5_000_000, on=TODAY, at=AT
    )
    return Case.objects.get(id=sent.case_id)


def test_a_lived_case_agrees_with_its_entries(cast: Cast) -> None:
    assert verifying.differences(_lived(cast).id) == ()


def test_an_altered_column_is_found(cast: Cast) -> None:
    case = _lived(cast)
    Case.objects.filter(id=case.id).update(amount_minor=1)
    (found,) = verifying.differences(case.id)
    assert (found.what, found.recorded, found.stored) == ("column.amount_minor", 13_000_000, 1)


def test_a_moved_date_beside_the_record_is_found(cast: Cast) -> None:
    case = _lived(cast)
    PlannedPayment.objects.filter(case=case).update(moves=7)
    assert [found.what for found in verifying.complaints()] == ["planned payments.0.5"]


def test_an_amount_altered_behind_the_back_cannot_be_paid(cast: Cast) -> None:
    cleared = approved(cast)
    row = Case.objects.get(id=cleared.case_id)
    stored = json.loads(row.fold)
    stored["card"]["amount"] = 99_000_000
    stored["planned"][0]["minor"] = 99_000_000
    Case.objects.filter(id=row.id).update(fold=json.dumps(stored), amount_minor=99_000_000)
    with pytest.raises(FingerprintMismatch):
        services.pay(
            case_id=row.id, by=cast.asks("clara"), revision=1, minor=99_000_000, on=TODAY, at=AT
        )
    assert "card.amount" in {found.what for found in verifying.differences(row.id)}
    assert rows.unpack(Case.objects.get(id=row.id).fold).payments == ()


def test_an_erased_text_agrees_with_what_is_stored(cast: Cast) -> None:
    case = _lived(cast)
    (place,) = PrivateValue.objects.filter(chain_id=case.id, path="data.card.comment")
    with transaction.atomic():
        erasure.remove(rule="5 years", values=[(case.id, place.number, place.path)])
    assert verifying.differences(case.id) == ()


def test_what_was_altered_can_be_shown_to_the_payer(cast: Cast) -> None:
    cleared = approved(cast)
    row = Case.objects.get(id=cleared.case_id)
    stored = json.loads(row.fold)
    stored["card"]["amount"] = 99_000_000
    Case.objects.filter(id=row.id).update(fold=json.dumps(stored))
    told = queries.altered(by=cast.asks("clara"), case_id=row.id, at=AT)
    assert told.data["changes"] == {"amount": {"old": 12_000_000, "new": 99_000_000}}
