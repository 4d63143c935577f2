from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from akcept.delivery import registry
from akcept.delivery.channels.memory import Memory


@pytest.fixture
def memory(settings: Any) -> Iterator[Memory]:
    """Let letters go to memory instead of a mail server."""
    settings.AKCEPT_CHANNELS = {"MAIL": "akcept.delivery.channels.memory.Memory"}
    registry.channel.cache_clear()
    yield cast("Memory", registry.channel(registry.MAIL))
    registry.channel.cache_clear()
