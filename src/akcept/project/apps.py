from __future__ import annotations

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "akcept.project"

    def ready(self) -> None:
        """Register the system checks, which need all apps."""
        from akcept.project import checks  # noqa: F401, PLC0415
