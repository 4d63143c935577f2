"""The cast, each of them logged in, for who tries what they may not."""

from __future__ import annotations

from web.conftest import cast, log_in

__all__ = ["cast", "log_in"]
