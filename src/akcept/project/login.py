"""How allauth is used here: by e-mail and password, and nobody signs up by themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import ResetPasswordForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from akcept.kit import clock
from akcept.people import services
from akcept.people.codes import PersonKind
from akcept.people.models import Person

# What allauth's and Django's pages say where we have no page of our own. Our catalogue comes before
# theirs, so what stands here is said in Russian as everything else in Akcept is said.
SAID_BY_OTHERS = (
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("This account is currently inactive."),
    gettext_noop("Account Inactive"),
    gettext_noop("This account is inactive."),
    gettext_noop("Forgot your password?"),
    gettext_noop("Email"),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Password Reset"),
    gettext_noop(
        "Forgotten your password? Enter your email address below, and we'll send you an email allowing you to reset it."
    ),
    gettext_noop("Reset My Password"),
    gettext_noop("Please contact us if you have any trouble resetting your password."),
    gettext_noop(
        "We have sent you an email. If you have not received it please check your spam folder. "
        "Otherwise contact us if you do not receive it in a few minutes."
    ),
    gettext_noop("Change Password"),
    gettext_noop("New Password"),
    gettext_noop("New Password (again)"),
    gettext_noop("You must type the same password each time."),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("Your password can’t be entirely numeric."),
    gettext_noop("Bad Token"),
    gettext_noop(
        "The password reset link was invalid, possibly because it has already been used.  "
        'Please request a <a href="%(passwd_reset_url)s">new password reset</a>.'
    ),
    gettext_noop("Your password is now changed."),
    gettext_noop("Password successfully changed."),
)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Allauth's log-in; who has logged in is read without compiling the question for every request."""

    def get_user(self, user_id: UUID) -> Person | None:
        """Return the person of a session, unless they were deactivated since."""
        return Person.objects.logged_in(user_id)


class ResetForm(ResetPasswordForm):  # type: ignore[misc]
    """Allauth's first step to another password, of which nobody from outside is told: they never have one."""

    users: list[Person]

    def clean_email(self) -> str:
        """Find whose address it is; one from outside is as unknown as any other."""
        email: str = super().clean_email()
        self.users = [person for person in self.users if person.kind == PersonKind.INTERNAL]
        return email


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
