"""No page of a company that has worked asks its database more often than it may, however much is in it.

Lists (`test_lists`), cards and what is set up ask fifteen times at most, the page of a person and who acts for them
sixteen, the sheet, which is a card and a form at once, eighteen, and with the letter it is made of, twenty; where an
administrator tries routes out or takes leave of somebody, forty.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import LogIn
from livedin import live
from troupe import Cast
from web.test_accessibility import SCREENS

pytestmark = pytest.mark.django_db(transaction=True)


def most(path: str) -> int:
    """Return how often a page may ask."""
    if path.startswith("/routes/{route}/") or path.endswith("/leave/"):
        return 40
    if "intake=" in path:
        return 20
    if path.endswith("/edit/") or "copy=" in path:
        return 18
    return 16 if path in {"/people/{person}/", "/profile/away/"} else 15


def test_no_screen_asks_more_than_it_may(cast: Cast, log_in: LogIn) -> None:
    known = live(cast)
    over = {}
    for name, paths in SCREENS.items():
        client = log_in(name)
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                client.get(path.format(**known))
            if len(captured) > most(path):
                over[f"{name} {path}"] = len(captured)
    assert over == {}
