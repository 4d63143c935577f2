"""An installation with a public address is as strict as its address says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, override_settings

from akcept.people.models import Person

ROOT = Path(__file__).parents[2]
ASKED = (
    "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE", "SECURE_SSL_REDIRECT", "USE_X_FORWARDED_HOST", "SECURE_HSTS_SECONDS",
)  # fmt: skip


def product(home: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "akcept.project.settings",
        "AKCEPT_HOME": str(home),
        "AKCEPT_MAIL_URL": "smtp://mail.example.com",
        **variables,
    }
    return subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip


def asked(home: Path, base_url: str) -> dict[str, object]:
    code = f"import json; from django.conf import settings as s; print(json.dumps({{n: getattr(s, n) for n in {ASKED}}}))"
    told: dict[str, object] = json.loads(product(home, "-c", code, AKCEPT_BASE_URL=base_url).stdout)
    return told


def test_behind_tls_cookies_go_nowhere_else(tmp_path: Path) -> None:
    assert asked(tmp_path, "https://akcept.example.com") == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": True,
        "USE_X_FORWARDED_HOST": False,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
    }


def test_a_public_installation_passes_the_deployment_check(tmp_path: Path) -> None:
    check = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    done = product(tmp_path, *check, AKCEPT_BASE_URL="https://akcept.example.com")
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="security.broken_urls")
def test_a_bug_shows_nothing_of_the_inside(capfd: pytest.CaptureFixture[str]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.create_user(email="anna@example.com", name="Anna"))
    for path in ("/broken", "/api/v1/broken"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert b"inner secret" not in answer.content
        assert b"Traceback" not in answer.content
        assert "script-src 'self'" in answer["Content-Security-Policy"]
