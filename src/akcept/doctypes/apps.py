from __future__ import annotations

from django.apps import AppConfig


class DoctypesConfig(AppConfig):
    name = "akcept.doctypes"
