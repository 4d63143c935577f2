"""Where the samples of others lie: invoices, org charts, calendars, used in place and never copied in."""

from __future__ import annotations

import os
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[2] / "shared"
CORPUS = Path(os.environ.get("AKCEPT_SHARED", BESIDE)) / "data"
