from __future__ import annotations

import pytest

from troupe import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    """Assemble the cast."""
    return assemble()
