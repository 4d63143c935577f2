"""The addresses of the pages; each part of the house keeps its own list."""

from __future__ import annotations

from django.urls import include, path

app_name = "web"
urlpatterns = [
    path("", include("akcept.web.case_urls")),
    path("", include("akcept.web.list_urls")),
    path("", include("akcept.web.admin_urls")),
]
