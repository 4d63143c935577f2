"""The way of a document, before it is sent and on its card: who is asked together, and what does not apply."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from akcept.cases import services
from akcept.cases.models import Case
from akcept.engine.routes import Condition, How, Op, Stage
from cases.test_stages import board, through
from conftest import LogIn
from sheets import sheet
from troupe import AT, Cast

pytestmark = pytest.mark.django_db(transaction=True)


def way(client: Client, cast: Cast, **more: str) -> str:
    """Return the text of the preview."""
    page = client.post("/cases/preview/", sheet(cast, files=[]) | more).content.decode()
    return " ".join(html.unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page)).split())


@pytest.mark.parametrize(
    ("how", "language", "label"),
    [
        (How.ALL, "en", "all of:"),
        (How.ANY, "en", "any of:"),
        (How.N_OF_M, "en", "2 of:"),
        (How.ANY, "ru", "любой из:"),
        (How.N_OF_M, "ru", "2 из:"),
    ],
)
def test_those_asked_at_the_same_time_stand_together(
    cast: Cast, log_in: LogIn, how: How, language: str, label: str
) -> None:
    through(board(cast, how=how, needed=2))
    told = way(log_in("anna", language), cast)
    assert re.search(rf"{label} .*Boris Borisov.*Vera Verina.*Gleb Glebov", told)


def test_a_stage_that_does_not_apply_says_why(cast: Cast, log_in: LogIn) -> None:
    large = Condition("amount", Op.AT_LEAST, (100_000_000,))
    people = (str(cast.gleb.id),)
    through(
        Stage("ONE", people=(str(cast.boris.id),)),
        Stage("CEO", name_en="Director", people=people, conditions=(large,)),
    )
    told = way(log_in("anna"), cast)
    assert "Director: does not apply. Only if: Amount in the base currency is at least" in told
    assert "all of:" not in told


def test_the_steps_of_a_card_are_numbered_as_they_are_counted(cast: Cast, log_in: LogIn) -> None:
    large = Condition("amount", Op.AT_LEAST, (100_000_000,))
    through(
        Stage("CEO", name_en="Director", people=(str(cast.gleb.id),), conditions=(large,)),
        Stage("ONE", people=(str(cast.boris.id),)),
    )
    anna = log_in("anna")
    card = anna.post("/cases/new/", sheet(cast, files=[]), follow=True).content.decode()
    chain = html.unescape(
        re.sub(r"<svg.*?</svg>|<[^>]+>", " ", card[card.index("Approval chain") :])
    )
    told = " ".join(chain.split())
    assert told.startswith("Approval chain Step 1 of 2 Director does not apply")
    assert "1 Boris Borisov" in told
    assert "2 Accounting pays" in told


def test_an_approval_that_a_correction_leaves_in_force_is_not_asked_for_again(
    cast: Cast, log_in: LogIn
) -> None:
    people = [(str(cast.boris.id),), (str(cast.vera.id),)]
    money, paper = (
        Stage(code, people=who, vouches_for=(group,))
        for code, who, group in zip(("M", "P"), people, ("amount", "contract"), strict=True)
    )
    through(money, paper, partial_rework=True)
    anna = log_in("anna")
    anna.post("/cases/new/", sheet(cast, files=[]))
    case = Case.objects.get()
    services.approve(case_id=case.id, by=cast.asks("boris"), revision=1, at=AT)
    services.return_for_rework(case_id=case.id, by=cast.asks("vera"), revision=1, reasons=["Which contract?"], at=AT)  # fmt: skip
    told = way(anna, cast, case=str(case.id), contract="C-2")
    assert "These approvals still hold: Boris Borisov" in told
    assert told.count("Boris Borisov") == 1
    assert "Vera Verina" in told
    dearer = way(anna, cast, case=str(case.id), amount="130 000")
    assert "still hold" not in dearer
