"""One settings file; everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

HOME = Path(os.environ.get("AKCEPT_HOME", "var")).resolve()
SECRET_KEY = os.environ.get("AKCEPT_SECRET_KEY", "only-for-the-first-days")
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "akcept.journal",
    "akcept.files",
    "akcept.company",
    "akcept.people",
    "akcept.doctypes",
    "akcept.parties",
    "akcept.routes",
    "akcept.cases",
    "akcept.delivery",
    "akcept.web",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "akcept.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }
}
