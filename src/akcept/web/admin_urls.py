"""Addresses of what administrators keep, and of one's own profile."""

from __future__ import annotations

from django.urls import path

from akcept.web.views import keys, profile, setup, suggest

setup_urls = [
    path("setup/", setup.set_up, name="setup"),
    path("settings/mail/", setup.mail_test, name="mail_test"),
]
profile_urls = [
    path("profile/", profile.profile, name="profile"),
    path("profile/away/", profile.away, name="away"),
    path("profile/away/<uuid:deputyship_id>/end/", profile.end_absence, name="end_absence"),
    path("profile/password/", profile.password, name="password"),
    path("profile/keys/", keys.keys, name="keys"),
    path("profile/keys/<uuid:token_id>/revoke/", keys.revoke_key, name="revoke_key"),
    path("profile/feed/", keys.feed_address, name="feed_address"),
]
suggest_urls = [
    path("people/suggest", suggest.people, name="suggest_people"),
    path("counterparties/suggest", suggest.counterparties, name="suggest_counterparties"),
    path(
        "counterparties/<uuid:counterparty_id>/accounts/options",
        suggest.accounts,
        name="account_options",
    ),
]
urlpatterns = [*setup_urls, *profile_urls, *suggest_urls]
