"""The approval sheet on paper: everything that was decided, by whom, acting for whom, and how to prove it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pypdfium2
import pytest
from django.utils import translation

from akcept.cases import queries, services
from akcept.cases.models import Task
from akcept.engine.commands import Forced
from akcept.engine.money import Money
from akcept.engine.refusals import NotFound
from akcept.people import services as people
from akcept.people.codes import Right
from akcept.people.fields import Absence, Permit
from akcept.people.models import Person
from akcept.reports import approval_sheet
from troupe import AT, SYSTEM, Cast, approved, keep_pdf, send

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def words(cast: Cast, case_id: UUID, reader: str = "anna", language: str = "en") -> str:
    """Return what stands on the sheet, line breaks and spaces as one space."""
    Person.objects.update(language=language)
    with translation.override(language):
        _, content = approval_sheet.pdf(by=cast.asks(reader), case_id=case_id, at=LATER)
    pages = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(text.replace("\N{ZERO WIDTH SPACE}", "").split())


def test_it_names_the_document_everybody_who_decided_and_the_head_of_the_journal(
    cast: Cast,
) -> None:
    done = approved(cast, title="Серверы для склада")
    said = words(cast, done.case_id)
    for wanted in (
        "APPROVAL SHEET",
        "Invoice 1",
        "Серверы для склада",
        "ООО «Ромашка»",
        "120,000.00",
    ):
        assert wanted in said
    for person in ("Boris Borisov", "Vera Verina", "Gleb Glebov"):
        assert person in said
    head = queries.sheet(by=cast.asks("anna"), case_id=done.case_id, at=LATER)
    assert head.head_hash in said.replace(" ", "")
    assert f"entry {head.head_number}" in said
    assert head.card.files[0].sha256 in said.replace(" ", "")
    assert "version 1" in said
    assert "page 1 of 1" in said


def test_it_reads_russian_to_a_russian_reader(cast: Cast) -> None:
    said = words(cast, approved(cast).case_id, language="ru")
    for wanted in ("ЛИСТ СОГЛАСОВАНИЯ", "Счёт № 1", "согласовано", "стр. 1 из 1", "120 000,00 ₽"):
        assert wanted in said


def test_an_override_and_a_replacement_by_one_are_marked(cast: Cast) -> None:
    names = {"name_en": "Overrider", "name_ru": "В обход маршрута"}
    rights = [Right.OVERRIDE, Right.SEE_CASES]
    people.save_role(code="OVERRIDER", may=rights, **names, by=SYSTEM, at=AT)
    people.grant_role(person_id=cast.oleg.id, role="OVERRIDER", by=SYSTEM, at=AT)
    sent = send(cast)
    common = {"case_id": sent.case_id, "by": cast.asks("oleg"), "at": AT}
    task = Task.objects.get(case=sent.case_id, closed_at=None).key
    services.replace_person(task=task, to=cast.dana.id, reason="Away", **common)
    replaced = "put here by OVERRIDE instead of Boris Borisov"
    assert replaced in words(cast, sent.case_id)
    seat = queries.case_card(case_id=sent.case_id, by=cast.asks("oleg"), at=AT).seats[0].id
    services.force_decision(
        seat=seat, outcome=Forced.APPROVED, reason="Away too", revision=sent.revision, **common
    )
    said = words(cast, sent.case_id)
    assert f"OVERRIDE of the route in the place of {cast.dana.name} {replaced}" in said
    assert "ЗАМЕНА В ОБХОД МАРШРУТА" in words(cast, sent.case_id, language="ru")


def test_remarks_returns_and_earlier_rounds_stay_on_it(cast: Cast) -> None:
    sent = send(cast)
    common = {"case_id": sent.case_id, "revision": sent.revision, "at": AT}
    services.approve(by=cast.asks("boris"), remark="Проверьте НДС", **common)
    services.return_for_rework(by=cast.asks("vera"), reasons=["Нет договора"], **common)
    services.resubmit(
        case_id=sent.case_id, by=cast.asks("anna"), revision=1, answers={1: "Вот"}, at=LATER
    )
    said = words(cast, sent.case_id)
    earlier = said.split("Earlier decisions")[1]
    assert "Проверьте НДС" in earlier
    assert "Нет договора" in earlier
    assert "waiting" in said.split("Earlier decisions")[0]


def test_who_decided_for_somebody_else_stands_there_with_the_order(cast: Cast) -> None:
    absence = Absence(
        absentee_id=cast.boris.id, deputy_id=cast.dana.id, starts_on=date(2026, 11, 19),
        ends_on=date(2026, 12, 1), limit=Money(99_000_000, "RUB"), order_number="17-К",
        order_date=date(2026, 11, 18),
    )  # fmt: skip
    people.set_deputy(absence=absence, by=cast.root.actor, at=AT)
    sent = send(cast)
    services.approve(case_id=sent.case_id, by=cast.asks("dana"), revision=1, at=AT)
    said = words(cast, sent.case_id)
    assert "Dana Danina" in said
    assert "acting for Boris Borisov" in said
    assert "order No. 17-К of 18 Nov 2026" in said


def test_a_decision_taken_back_is_not_passed_over(cast: Cast) -> None:
    sent = send(cast)
    done = services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    services.undo(case_id=sent.case_id, by=cast.asks("boris"), entry=done.entry, at=AT)
    assert "approved (taken back)" in words(cast, sent.case_id)


def test_a_payment_by_exception_from_separate_duties_stands_there_as_on_the_card(
    cast: Cast,
) -> None:
    people.grant_role(person_id=cast.anna.id, role="ACCOUNTANT", by=SYSTEM, at=AT)
    permit = Permit(cast.anna.id, AT.date(), AT.date(), "Alone today", cast.entity)
    people.allow_exception(permit=permit, by=cast.root.actor, at=AT)
    done = approved(cast)
    assert "Exceptions" not in words(cast, done.case_id)
    services.pay(
        case_id=done.case_id,
        by=cast.asks("anna"),
        revision=1,
        minor=12_000_000,
        on=AT.date(),
        at=AT,
    )
    said = words(cast, done.case_id)
    assert "Exceptions from separate duties" in said
    assert "Whoever asked for this document has paid it." in said
    assert "Исключения из разделения обязанностей" in words(cast, done.case_id, language="ru")


def test_the_same_head_gives_the_same_bytes_to_whoever_reads_and_whenever(cast: Cast) -> None:
    done = approved(cast)
    Person.objects.filter(id=cast.boris.id).update(time_zone="Asia/Tokyo")
    mine = approval_sheet.pdf(by=cast.asks("anna"), case_id=done.case_id, at=AT)
    theirs = approval_sheet.pdf(by=cast.asks("boris"), case_id=done.case_id, at=LATER)
    assert mine == theirs


def test_what_people_wrote_is_text_and_nothing_else(cast: Cast) -> None:
    done = approved(cast, title="#eval(1) *x* <b> $y$ \\ #read('x')")
    assert "#eval(1) *x* <b> $y$ \\ #read('x')" in words(cast, done.case_id)


def test_many_long_remarks_go_on_over_pages(cast: Cast) -> None:
    sent = send(cast)
    services.approve(
        case_id=sent.case_id, by=cast.asks("boris"), revision=1, remark="слово " * 600, at=AT
    )
    services.attach(case_id=sent.case_id, by=cast.asks("anna"), files=[keep_pdf("a" * 200 + ".pdf", "ACT")], at=AT)  # fmt: skip
    assert "page 2 of" in words(cast, sent.case_id)


def test_to_a_stranger_there_is_no_such_document(cast: Cast) -> None:
    done = approved(cast)
    with pytest.raises(NotFound):
        approval_sheet.pdf(by=cast.asks("oleg"), case_id=done.case_id, at=LATER)


def test_a_long_remark_goes_over_pages_and_a_long_word_stays_in_its_cell(cast: Cast) -> None:
    sent = send(cast)
    common = {"case_id": sent.case_id, "revision": sent.revision, "at": AT}
    services.approve(by=cast.asks("boris"), remark="Проверьте. " * 300, **common)
    services.approve(by=cast.asks("vera"), remark="о" * 400, **common)
    said = words(cast, sent.case_id)
    assert said.count("Проверьте.") == 300
    assert "о" * 400 in said.replace(" ", "")
