"""A bare Django project, the other side of the HTTP measurement: sessions, log-in and CSRF protection, and one view
that does the floor's six statements and redirects. Settings, addresses and WSGI door in one file."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings

from akcept.project.env import Environment
from bench import floor

PASSWORD = "correct horse battery staple"  # noqa: S105
# The connection is set up as the product's: what differs is only what stands above it.
DATABASE = Environment(os.environ).database("DATABASE_URL", default=Path("unused")) | {
    "CONN_MAX_AGE": 600
}

if not settings.configured:
    settings.configure(
        SECRET_KEY="bare",  # noqa: S106
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": DATABASE},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOGIN_URL="/login/",
    )
    django.setup()

from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path


def log_in(request: HttpRequest) -> HttpResponse:
    """Show a form with its token, or log in."""
    if request.method == "POST":
        login(request, authenticate(username="boris", password=request.POST["password"]))
        return redirect("/login/")
    return HttpResponse(
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
    )


@login_required
def approve(request: HttpRequest, case_id: str) -> HttpResponse:
    """Do the floor's writes in one transaction and go back to the case."""
    with transaction.atomic(), connection.cursor() as cursor:
        floor.move(cursor, case_id, "approve")
    return redirect(f"/cases/{case_id}/")


urlpatterns = [path("login/", log_in), path("cases/<str:case_id>/approve/", approve)]
application = get_wsgi_application()


def found() -> None:
    """Make the tables and the one person of an empty database."""
    call_command("migrate", verbosity=0)
    User.objects.create_user(username="boris", password=PASSWORD)
    floor.make_tables()


if __name__ == "__main__":
    found()
