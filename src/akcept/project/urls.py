"""All addresses: the pages, the API, logging in, and two for whoever watches the machine."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path, re_path

from akcept.project import health
from akcept.web.views import profile

# Of allauth only what a closed company needs: its other pages would change an e-mail or a password past the journal.
log_in_urls = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("language", profile.set_language, name="set_language"),
    path("accounts/", include(log_in_urls)),
    path("api/v1/", include("akcept.api.urls")),
    path("", include("akcept.web.urls")),
]
