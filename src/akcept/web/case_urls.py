"""The addresses of the case card and of everything done on it."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
