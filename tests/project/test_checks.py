from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.db import transaction
from pytest_django import Settings

from akcept.journal import triggers

pytestmark = pytest.mark.django_db


def found() -> set[str]:
    messages = run_checks(include_deployment_checks=True, databases=["default"])
    return {str(message.id) for message in messages if str(message.id).startswith("akcept.")}


def test_an_own_machine_is_only_told_that_links_stay_on_it() -> None:
    assert found() == {"akcept.W004"}


def test_a_public_address_without_mail_is_told_so(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["akcept.example.com"]
    assert found() == {"akcept.W003"}


def test_a_journal_without_triggers_is_a_mistake() -> None:
    with transaction.atomic():
        triggers.drop_triggers()
        assert "akcept.E005" in found()
        triggers.install_triggers()
    assert "akcept.E005" not in found()
