"""Collected files, as the WSGI door answers them."""

from __future__ import annotations

import io
import sys
from importlib import import_module, reload
from pathlib import Path

import pytest
from django.test import override_settings

from akcept.project.middleware import POLICY


def answer(path: str) -> tuple[str, dict[str, str], bytes]:
    door = "akcept.project.wsgi"
    wsgi = reload(sys.modules[door]) if door in sys.modules else import_module(door)
    said: list[object] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "localhost",
    }
    body = wsgi.application(environ, lambda status, headers: said.extend((status, dict(headers))))
    content = b"".join(body)
    body.close()
    status, headers = said
    assert isinstance(status, str)
    assert isinstance(headers, dict)
    return status, headers, content


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    (tmp_path / "look.0123456789ab.css").write_text("b {}")
    return tmp_path


def test_a_collected_file_is_kept_for_ever_under_the_same_policy_as_pages(collected: Path) -> None:
    with override_settings(STATIC_ROOT=collected):
        status, headers, content = answer("/static/look.0123456789ab.css")
    assert (status, content) == ("200 OK", b"b {}")
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in headers["Cache-Control"]


def test_everything_else_is_for_django(collected: Path) -> None:
    with override_settings(STATIC_ROOT=collected):
        status, headers, _ = answer("/healthz")
    assert status == "200 OK"
    assert headers["X-Request-Id"]
