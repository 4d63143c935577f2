"""All addresses: the pages, the API, logging in, and two for whoever watches the machine."""

from __future__ import annotations

from django.urls import include, path

from akcept.project import health
from akcept.web.views import profile

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("language", profile.set_language, name="set_language"),
    path("accounts/", include("allauth.account.urls")),
    path("api/v1/", include("akcept.api.urls")),
    path("", include("akcept.web.urls")),
]
