from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from akcept.delivery.models import Subscription
from conftest import LogIn
from delivery.receiver import Receiver
from troupe import Cast

pytestmark = pytest.mark.django_db


def test_a_browser_can_install_it(cast: Cast, client: Client) -> None:
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert (manifest["display"], manifest["start_url"]) == ("standalone", "/")
    sizes = {icon["sizes"] for icon in manifest["icons"]}
    assert {"192x192", "512x512"} <= sizes
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon["src"]


def test_the_worker_keeps_nothing_of_anybody(cast: Cast, client: Client) -> None:
    script = client.get("/worker.js").content.decode()
    kept = re.search(r"KEPT = \[(.*)\];", script)
    assert kept is not None
    assert "/offline/" in kept[1].encode().decode("unicode_escape")
    assert "/cases" not in script
    assert "/tasks" not in script
    assert "cache.put" not in script


def test_the_page_for_no_network_needs_nothing_but_its_style(cast: Cast, client: Client) -> None:
    page = client.get("/offline/").content.decode()
    assert "No connection" in page
    assert "<script" not in page


def test_pushes_are_turned_on_and_off_in_the_profile(log_in: LogIn) -> None:
    keys = Receiver().keys | {"endpoint": "https://push.example.com/1"}
    client = log_in("anna")
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/143.0 Safari/537.36"
    assert client.post("/profile/push/", keys, headers={"user-agent": agent}).status_code == 302
    page = client.get("/profile/notifications/").content.decode()
    assert "Chrome · Linux" in page
    assert "push.example.com" not in page
    row = Subscription.objects.get()
    assert log_in("boris").post(f"/profile/push/{row.id}/forget/").status_code == 404
    client = log_in("anna")
    assert client.post(f"/profile/push/{row.id}/forget/").status_code == 302
    assert not Subscription.objects.exists()


def test_the_matrix_is_saved_and_what_is_wrong_is_said(log_in: LogIn) -> None:
    client = log_in("anna")
    page = client.get("/profile/notifications/").content.decode()
    given = dict(
        re.findall(r'<select name="([A-Z.]+)".*?<option value="([A-Z_]+)" selected', page, re.S)
    )
    given |= {"digest_at": "09:15", "quiet_from": "22:00"}
    refused = client.post("/profile/notifications/", given)
    assert refused.status_code == 422
    assert "Give both times or neither." in refused.content.decode()
    given |= {"quiet_until": "07:00", "WATCHED.MAIL": "OFF"}
    assert client.post("/profile/notifications/", given).status_code == 302
    page = client.get("/profile/notifications/").content.decode()
    assert 'value="09:15"' in page
    assert re.search(r'name="WATCHED.MAIL".*?<option value="OFF" selected', page, re.S)
