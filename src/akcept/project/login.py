"""How allauth is used here: by e-mail and password, and nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from akcept.kit import clock
from akcept.people import services


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's adapter of a closed company."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: administrators enter people."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """Keep the password that a letter's link let somebody choose; like any other it goes on record."""
        services.set_password(person_id=user.id, password=password, by=user.actor, at=clock.now())
        user.refresh_from_db()


def display(person: AbstractBaseUser) -> str:
    """Return the name that allauth's pages and letters greet."""
    return str(getattr(person, "name", person))
