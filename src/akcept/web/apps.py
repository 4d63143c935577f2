"""The pages people see."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, fragments and what they look like."""

    name = "akcept.web"
    label = "web"
