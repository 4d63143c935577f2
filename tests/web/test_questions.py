"""No page of a company that has worked asks its database more than fifteen times; the sheet, which is a card and a
form at once, nineteen."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from livedin import live
from troupe import Cast
from web.conftest import LogIn
from web.test_accessibility import SCREENS

pytestmark = pytest.mark.django_db(transaction=True)
MOST, SHEET = 15, 19


def test_no_screen_asks_more_than_it_may(cast: Cast, log_in: LogIn) -> None:
    known = live(cast)
    over = {}
    for name, paths in SCREENS.items():
        client = log_in(name)
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                client.get(path.format(**known))
            is_sheet = path.endswith("/edit/") or "copy=" in path
            if len(captured) > (SHEET if is_sheet else MOST):
                over[f"{name} {path}"] = len(captured)
    assert over == {}
