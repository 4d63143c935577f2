"""The product's settings with a home of their own, plain static files and a cheap password hash."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = tempfile.mkdtemp(prefix="akcept-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("AKCEPT_")]:
    del os.environ[_name]
os.environ["AKCEPT_HOME"] = _home

from akcept.project.settings import *  # noqa: E402, F403
from akcept.project.settings import (  # noqa: E402
    AKCEPT_HOME,
    DATABASES,
    STORAGES,
    TEMPLATES,
)

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in the product: with one in memory all threads would share a connection.
    DATABASES["default"]["TEST"] = {"NAME": str(AKCEPT_HOME / "test.sqlite3")}
    # No test outlives the machine.
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
else:
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
# Threads of a test come and go; a kept connection would outlive its test.
DATABASES["default"]["CONN_MAX_AGE"] = 0
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Where the style guide is.
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
