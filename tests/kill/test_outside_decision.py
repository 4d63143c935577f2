"""The web process is killed while somebody from outside decides: the decision is there once and whole, or not at all,
and the code that was not used for one still is good for it."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from mailbox import Mailbox, wait_until
from uuid import UUID

import httpx
import pytest
from django.db import transaction

from akcept.cases import services, verifying
from akcept.cases.models import Case, OutsideLink
from akcept.cases.outside import inviting, links, secrets
from akcept.cases.outside.inviting import Shared
from akcept.journal.models import Entry
from akcept.kit import clock
from kill.plug import PATIENCE, Machine, Pressing
from live.conftest import collected
from outsiders import LENA, lena
from troupe import Cast, send

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]
__all__ = ["collected"]
DOCUMENTS = 3
STEPS = ("code", "prove", "approve")
PROOF = re.compile(r'name="proof" value="([^"]+)"')


@pytest.fixture
def machine(collected: None) -> Iterator[Machine]:
    post = Mailbox().server()
    post.start()
    machine = Machine(mail_port=post.port)
    yield machine
    machine.stop()
    post.stop()


def asked(cast: Cast, number: int) -> OutsideLink:
    """Bring a document to Lena's turn, and return the link that its letter will carry."""
    now = clock.now()
    sent = send(cast, supplier_number=f"K-{number}")
    boris = cast.asks("boris")
    inviting.invite(case_id=sent.case_id, by=boris, guest=LENA, shared=Shared(), at=now)
    services.approve(case_id=sent.case_id, by=boris, revision=1, at=now)
    with transaction.atomic():
        links.issue_owed(chain_id=sent.case_id, at=now)
    return OutsideLink.objects.get(case_id=sent.case_id)


def decides(
    machine: Machine, link: OutsideLink, pressing: Pressing, reached: dict[str, threading.Event]
) -> None:
    """Do as Lena does: have a code sent, type it, approve; whatever is not answered is pressed again."""
    path = f"{machine.url}/x/{secrets.token(link.id)}/"

    def press(hoped: int, later: int | None = 429, **said: str) -> httpx.Response:
        reached[said["do"]].set()
        # Whoever counts how often one asks may be killed while counting: for ten seconds it is too often then.
        return pressing.on(
            lambda: httpx.post(path, data=said, timeout=60), hoped={200, hoped}, later=later
        )

    proof = None
    while proof is None:
        # A code that was sent before the answer got lost is told of as sent too often, too; what proves nothing, was not.
        press(hoped=429, later=None, do="code")
        proof = PROOF.search(press(hoped=422, do="prove", code=secrets.code(link.id, 1)).text)
    press(hoped=409, do="approve", proof=proof[1])


def test_a_decision_from_outside_is_there_once_or_not_at_all(cast: Cast, machine: Machine) -> None:
    asked_of = [asked(cast, number) for number in range(DOCUMENTS)]
    pressing, moment = Pressing(), threading.Event()
    reached = {step: threading.Event() for step in STEPS}
    machine.plugs["web"].put_in()
    wait_until(machine.answers, seconds=PATIENCE)
    with ThreadPoolExecutor(DOCUMENTS) as pool:
        deciding = [pool.submit(decides, machine, link, pressing, reached) for link in asked_of]
        # Once in the middle of each step, as nearly as chance hits it.
        for step, pause in zip(STEPS, random.sample(range(80), len(STEPS)), strict=True):
            assert reached[step].wait(PATIENCE), step
            moment.wait(pause / 1000)
            machine.restart("web")
        for one in deciding:
            one.result()
    machine.stop()
    assert pressing.lost, "no answer was lost: the plug was pulled while nobody pressed"
    for link in asked_of:
        assert is_decided_once(link.case_id)
    # One code each was enough, and none was counted as wrong.
    spent = OutsideLink.objects.values_list("code_number", "code_tries")
    assert list(spent) == [(1, 0)] * DOCUMENTS
    assert list(verifying.complaints()) == []


def is_decided_once(case_id: UUID) -> bool:
    told = Entry.objects.filter(chain_id=case_id, actor_id=lena().id)
    return [entry.kind for entry in told] == ["APPROVED"] and Case.objects.get(
        id=case_id
    ).state == "IN_APPROVAL"
