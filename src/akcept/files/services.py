"""What doors may ask of this room."""

from __future__ import annotations

from akcept.files.store import KeptFile, keep

__all__ = ["KeptFile", "keep"]
