"""How allauth is used here: by e-mail and password, and nobody signs up by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's adapter of a closed company."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: administrators enter people."""
        return False


def display(person: AbstractBaseUser) -> str:
    """Return the name that allauth's pages and letters greet."""
    return str(getattr(person, "name", person))
