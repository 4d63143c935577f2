"""The channels of this installation, by the dotted paths in settings."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from akcept.delivery.channels.contract import Channel

MAIL = "MAIL"
PUSH = "PUSH"


@cache
def channel(code: str) -> Channel:
    """Return a channel, made once per process; KeyError for one that is not installed."""
    made: Channel = import_string(settings.AKCEPT_CHANNELS[code])()
    return made
