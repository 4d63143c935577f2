"""The product's addresses and two with a bug behind them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from akcept.project.urls import urlpatterns as real


def broken(request: HttpRequest) -> HttpResponse:
    """Fail with something on its lips."""
    raise RuntimeError("inner secret")


urlpatterns = [path("broken", broken), path("api/v1/broken", broken), *real]
