"""The way of a document, before it is sent and on its card: who is asked together, and what does not apply."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from akcept.engine.routes import Condition, How, Op, Stage
from cases.test_stages import board, through
from conftest import LogIn
from sheets import sheet
from troupe import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def way(client: Client, cast: Cast) -> str:
    """Return the text of the preview."""
    page = client.post("/cases/preview/", sheet(cast, files=[])).content.decode()
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
    assert "2 Clara" in told or "2 Accounting" in told
