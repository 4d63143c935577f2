"""What doors may ask of this room."""

from __future__ import annotations

from akcept.files.names import clean as clean_name
from akcept.files.store import KeptFile, hand, keep

__all__ = ["KeptFile", "clean_name", "hand", "keep"]
