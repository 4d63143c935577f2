"""The org data of other companies (../shared/data/org, used in place) imports and routes."""

from __future__ import annotations

import csv
import re

import pytest

from akcept.cases import services
from akcept.cases.cards import Outcome
from akcept.cases.models import Task
from akcept.cases.services import CardInput
from akcept.people import carrying_out
from akcept.people.askers import asker_of
from akcept.people.import_previews import Becomes, Preview
from akcept.people.models import Department, Person
from corpus import CORPUS
from troupe import AT, PDF, SYSTEM, TODAY, Cast, keep_pdf

ORG = CORPUS / "org"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.django_db(transaction=True),
]


def chinook(**reports_to: str) -> bytes:
    """Return eight people in three levels as a table; `reports_to` alters whom somebody reports to."""
    lines = (ORG / "chinook_employees.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    emails = {row["EmployeeId"]: row["Email"] for row in rows}
    lines = ["name,email,position,manager"]
    for row in rows:
        boss = reports_to.get(row["FirstName"], row["ReportsTo"])
        lines.append(f"{row['FirstName']} {row['LastName']},{row['Email']},{row['Title']},{emails.get(boss, '')}")  # fmt: skip
    return "\n".join(lines).encode()


def heads_on(day: str) -> dict[str, bytes]:
    """Return the nine departments with who headed each on a day, and those people."""
    units = re.findall(r"\('(d\d+)','([^']+)'\)", (ORG / "testdb_departments.dump").read_text())
    periods = re.findall(
        r"\((\d+),'(d\d+)','([\d-]+)','([\d-]+)'\)",
        (ORG / "testdb_dept_manager.dump").read_text(),
    )
    heads = {unit: who for who, unit, first, last in periods if first <= day < last}
    tables = ["name,parent,head", "The company,,Gleb Glebov"]
    tables += [f"{name},The company,{heads.get(unit, '')}" for unit, name in units]
    people = ["name,department", *(f"{who},{dict(units)[unit]}" for unit, who in heads.items())]
    people += [f"Clerk of {name},{name}" for _, name in units]
    return {
        "departments": "\n".join(tables).encode(),
        "people": "\n".join(people).encode(),
    }


def bring(**files: bytes) -> Preview:
    seen = carrying_out.preview_import(files=files, doctypes=(), by=SYSTEM, at=AT)
    return carrying_out.import_org(files=files, doctypes=(), seen=seen.digest, by=SYSTEM, at=AT)


def sends(cast: Cast, name: str, number: str) -> Outcome:
    scan = keep_pdf(content=PDF + f"% {number}\n".encode())
    content = CardInput(cast.card(supplier_number=number), ((TODAY, 12_000_000),), (scan,))
    by = asker_of(Person.objects.get(name=name))
    return services.create(by=by, doctype="INVOICE", content=content, submit=True, at=AT)


def holders(sent: Outcome) -> list[str]:
    open_tasks = Task.objects.filter(case_id=sent.case_id, closed_at=None)
    return list(open_tasks.values_list("person__name", flat=True))


def approve(sent: Outcome, name: str) -> Outcome:
    by = asker_of(Person.objects.get(name=name))
    return services.approve(case_id=sent.case_id, by=by, revision=sent.revision, at=AT)


def test_three_levels_are_climbed_to_the_top(cast: Cast) -> None:
    assert bring(people=chinook()).counts == {"NEW": 8}
    sent = sends(cast, "Robert King", "1")
    assert holders(sent) == ["Michael Mitchell"]
    approve(sent, "Michael Mitchell")
    assert holders(sent) == ["Andrew Adams"]


def test_a_loop_is_refused_with_every_row_in_it(cast: Cast) -> None:
    looped = chinook(Andrew="7")
    shown = carrying_out.preview_import(files={"people": looped}, doctypes=(), by=SYSTEM, at=AT)
    wrong = [row.name for row in shown.rows if row.becomes is Becomes.WRONG]
    assert wrong == ["Andrew Adams", "Michael Mitchell", "Robert King"]


def test_a_loop_that_came_from_elsewhere_ends_the_climb(cast: Cast) -> None:
    bring(people=chinook())
    robert = Person.objects.get(name="Robert King")
    Person.objects.filter(name="Andrew Adams").update(manager=robert)
    sent = sends(cast, "Robert King", "1")
    approve(sent, "Michael Mitchell")
    approved = approve(sent, "Andrew Adams")
    assert approved.state == "TO_PAY"


def test_the_head_changes_while_a_case_runs(cast: Cast) -> None:
    bring(**heads_on("1991-09-30"))
    before = sends(cast, "Clerk of Marketing", "1")
    assert holders(before) == ["110022"]
    shown = bring(**heads_on("1991-10-01"))
    changed = [row.name for row in shown.rows if row.becomes is Becomes.CHANGED]
    assert changed == ["Marketing"]
    # The running round keeps its people, the next document goes to the new head.
    assert holders(before) == ["110022"]
    after = sends(cast, "Clerk of Marketing", "2")
    assert holders(after) == ["110039"]


def test_a_vacancy_is_passed_over_upwards(cast: Cast) -> None:
    bring(**heads_on("1984-12-31"))
    assert Department.objects.filter(head=None).count() == 9
    assert holders(sends(cast, "Clerk of Sales", "1")) == ["Gleb Glebov"]


def test_every_change_of_heads_in_history_imports(cast: Cast) -> None:
    for day in ("1985-01-01", "1988-09-09", "1989-12-17", "1992-08-02", "1996-08-30"):
        assert bring(**heads_on(day)).is_clean
    assert Department.objects.get(name="Production").head == Person.objects.get(name="110420")
