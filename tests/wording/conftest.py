"""Read everything as an English and as a Russian reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(params=["en", "ru"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Make one of the two languages the reader's."""
    with translation.override(request.param):
        yield request.param
