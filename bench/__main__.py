"""`make bench`: how fast Akcept is, as ratios to a floor measured in the same run."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akcept.project.settings")
django.setup()

from bench import report  # noqa: E402

sys.exit(report.main(sys.argv[1:]))
