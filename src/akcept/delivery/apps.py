from __future__ import annotations

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "akcept.delivery"

    def ready(self) -> None:
        """Register the system checks."""
        from akcept.delivery import checks  # noqa: F401, PLC0415
