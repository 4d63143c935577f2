"""Web and worker are killed at random moments while people decide: nothing is lost, nothing is done twice."""

from __future__ import annotations

import hashlib
import itertools
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from mailbox import Mailbox, wait_until
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client

from akcept.cases import verifying
from akcept.cases.models import Case
from akcept.delivery.models import Delivery, Notice
from akcept.files import queries as files
from akcept.files.models import Blob
from akcept.journal.models import Entry
from akcept.people import services as people
from akcept.people.codes import TokenScope
from akcept.project import command
from kill.plug import PATIENCE, Machine, Pressing
from programs import invoice, rub, today
from troupe import AT, PDF, Cast
from worker.processes import is_all_told_at_last, leases_run_out

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]

PULLS = ("web", "worker") * 3
AT_ONCE = 2
CSRF = "c" * 32
APPROVERS = ("boris", "vera", "gleb")
EVERYTHING = Counter(
    DRAFTED=1, FILE_ATTACHED=1, SUBMITTED=1, APPROVED=len(APPROVERS), CLEARED=1, PAYMENT_EXECUTED=1
)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def machine(mailbox: Mailbox) -> Iterator[Machine]:
    post = mailbox.server()
    post.start()
    machine = Machine(mail_port=post.port)
    yield machine
    machine.stop()
    post.stop()


class Crowd:
    """Everybody at once, each life an invoice from its upload to its payment."""

    def __init__(self, cast: Cast, machine: Machine) -> None:
        self.cast, self.url = cast, machine.url
        self.numbers = itertools.count(1)
        self.pressing = Pressing()
        self.calm = threading.Event()
        self.lived: list[str] = []
        self.tokens = {name: self._token(name) for name in ("anna", "clara")}
        self.sessions = {name: self._session(name) for name in APPROVERS}

    def live(self) -> None:
        """Live one life after another until the killing has ended."""
        while not self.calm.is_set():
            with httpx.Client(base_url=self.url, timeout=60) as http:
                self._life(http, next(self.numbers))

    def _life(self, http: httpx.Client, number: int) -> None:
        scan = PDF + f"% {number}\n".encode()
        kept = self._program(http, "anna", "/files", number, 201, files={"file": ("a.pdf", scan)})
        file = {"purpose": "INVOICE", "sha256": kept["sha256"], "name": kept["name"]}
        body = invoice(self.cast, supplier_number=f"A-{number}", submit=True, files=[file])
        sent = self._program(http, "anna", "/cases", number, 201, json=body)
        for name in APPROVERS:
            self._approve(http, name, sent)
        pay = {"revision": sent["revision"], "amount": rub("120000.00"), "on": today()}
        path = f"/cases/{sent['case_id']}/pay"
        self._program(http, "clara", path, number, 200, json=pay)
        self.lived.append(sent["case_id"])

    def _program(
        self, http: httpx.Client, who: str, path: str, number: int, hoped: int, **content: Any
    ) -> Any:
        headers = {
            "Authorization": f"Bearer {self.tokens[who]}",
            "Idempotency-Key": f"{path}-{number}",
        }
        answer = self.pressing.on(
            lambda: http.post(f"/api/v1{path}", headers=headers, **content), hoped={hoped}
        )
        return answer.json()

    def _approve(self, http: httpx.Client, who: str, sent: dict[str, Any]) -> None:
        form = {"key": f"approve-{sent['case_id']}", "revision": sent["revision"]}
        headers = {
            "Cookie": f"sessionid={self.sessions[who]}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
        }
        path = f"/cases/{sent['case_id']}/act/approve/"
        self.pressing.on(lambda: http.post(path, data=form, headers=headers), hoped={302})

    def _token(self, name: str) -> str:
        person = getattr(self.cast, name)
        _, secret = people.make_token(
            person_id=person.id, name="test", scopes=list(TokenScope), by=person.actor, at=AT
        )
        return secret

    def _session(self, name: str) -> str:
        client = Client()
        client.force_login(getattr(self.cast, name))
        return client.cookies[settings.SESSION_COOKIE_NAME].value


def lived_through(machine: Machine, crowd: Crowd) -> None:
    """Kill web and worker again and again while everybody presses; then let them finish."""
    order = random.sample(PULLS, len(PULLS))
    pauses = random.sample(range(100, 1200), len(PULLS))
    moment = threading.Event()
    machine.start()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        lives = [pool.submit(crowd.live) for _ in range(AT_ONCE)]
        try:
            for name, pause in zip(order, pauses, strict=True):
                moment.wait(pause / 1000)
                machine.restart(name)
        finally:
            crowd.calm.set()
        for life in lives:
            life.result()
    leases_run_out()
    # So many letters after each other take their time.
    wait_until(is_all_told_at_last, seconds=PATIENCE)


def test_with_the_plug_pulled_at_any_moment_nothing_is_lost(
    cast: Cast, machine: Machine, mailbox: Mailbox, tmp_path: Path
) -> None:
    crowd = Crowd(cast, machine)
    lived_through(machine, crowd)
    machine.stop()
    assert crowd.pressing.lost, "no answer was lost: the plug was pulled while nobody pressed"
    assert sorted(crowd.lived) == sorted(
        str(id) for id in Case.objects.values_list("id", flat=True)
    )
    for case_id in crowd.lived:
        assert is_on_record_once(case_id)
    assert list(verifying.complaints()) == []
    assert is_proven(tmp_path / "journal.jsonl")
    assert everybody_was_told(cast, crowd.lived)
    assert all_letters_came(mailbox)
    assert all_files_are_whole()


def is_on_record_once(case_id: str) -> bool:
    told = Entry.objects.filter(chain_id=case_id).values_list("kind", flat=True)
    deciders = Entry.objects.filter(chain_id=case_id, kind="APPROVED").values_list("actor_id")
    assert Counter(told) == EVERYTHING
    return len(set(deciders)) == len(APPROVERS)


def is_proven(path: Path) -> bool:
    assert command.main(["verify"]) == 0
    assert command.main(["export-journal", str(path)]) == 0
    done = subprocess.run([sys.executable, "-I", "verify.py", path], check=False)
    return done.returncode == 0


def everybody_was_told(cast: Cast, cases: list[str]) -> bool:
    told = Counter(
        (person, str(case))
        for person, case in Notice.objects.filter(topic="TASK").values_list("person_id", "chain_id")
    )
    holders = [getattr(cast, name).id for name in (*APPROVERS, "clara")]
    return told == {(holder, case): 1 for holder in holders for case in cases}


def all_letters_came(mailbox: Mailbox) -> bool:
    """Every letter came, some twice but then under one id; none was wanted for what was done meanwhile."""
    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert states.keys() <= {"SENT", "CANCELLED", "BUNDLED"}
    # What goes along with another letter is done when that one is.
    assert not Delivery.objects.filter(state="BUNDLED", bundle__state="WAITING").exists()
    came: dict[str, set[tuple[str, str]]] = {}
    for letter in mailbox.letters:
        came.setdefault(letter["Message-ID"], set()).add((letter["To"], letter["Subject"]))
    assert all(len(same) == 1 for same in came.values())
    # A worker may have died between the letter and the note of it, and then nobody wanted it any more.
    return states["SENT"] <= len(came) <= states.total()


def all_files_are_whole() -> bool:
    for blob in Blob.objects.all():
        with files.content(sha256=blob.sha256) as kept:
            assert hashlib.sha256(kept.read()).hexdigest() == blob.sha256
    return Blob.objects.exists()
