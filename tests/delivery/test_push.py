from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from akcept.cases import services
from akcept.delivery import preferences, subscriptions, webpush
from akcept.delivery.channels.memory import Memory
from akcept.delivery.models import Delivery, Subscription
from akcept.engine.refusals import InvalidInput, NotFound
from akcept.journal.models import Entry
from akcept.people.models import Person
from delivery.receiver import Receiver, receiving
from delivery.telling import LATER, forget, send_all, tell
from troupe import AT, Cast, send

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receiver(settings: Any, memory: Memory) -> Iterator[Receiver]:
    settings.AKCEPT_PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    settings.AKCEPT_CHANNELS |= {"PUSH": "akcept.delivery.channels.push.Push"}
    with receiving() as running:
        yield running


def subscribe(cast: Cast, name: str, receiver: Receiver) -> None:
    subscriptions.subscribe(by=cast.asks(name), name="Chrome", at=AT, **receiver.keys)


def test_a_message_is_sealed_as_the_example_of_the_standard() -> None:
    # RFC 8291, section 5.
    ours = webpush.private_key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
    sealed = webpush.seal(
        b"When I grow up, I want to be a watermelon",
        public_key="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth_secret="BTBZMqHH6r4Tts7J_aSIgg",
        ephemeral=ours,
        salt=webpush.raw("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert webpush.text(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_new_task_reaches_a_browser_which_opens_it(cast: Cast, receiver: Receiver) -> None:
    Person.objects.filter(id=cast.boris.id).update(language="ru")
    subscribe(cast, "boris", receiver)
    sent = send(cast)
    tell()
    send_all()
    (message,) = receiver.messages()
    assert message["title"] == f"Согласование счёта № {sent.number}"
    assert message["body"] == "Новая задача"
    assert message["url"].endswith(f"/cases/{sent.case_id}/")
    headers, _ = receiver.got[0]
    assert headers["Topic"] == message["tag"]
    assert is_signed(headers["Authorization"], receiver.endpoint)


def is_signed(authorization: str, endpoint: str) -> bool:
    """Check the sender as a push service does."""
    token, key = (
        part.split("=", 1)[1] for part in authorization.removeprefix("vapid ").split(", ")
    )
    head, claims, signature = token.split(".")
    r, s = (int.from_bytes(webpush.raw(signature)[at : at + 32], "big") for at in (0, 32))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), webpush.raw(key))
    public.verify(
        utils.encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
    )
    said = json.loads(webpush.raw(claims))
    return endpoint.startswith(said["aud"]) and said["sub"].startswith("mailto:")


def test_a_push_names_a_sum_only_to_who_wants_it(cast: Cast, receiver: Receiver) -> None:
    subscribe(cast, "boris", receiver)
    preferences.change(by=cast.asks("boris"), changes={"push_amounts": True}, at=AT)
    send(cast)
    tell()
    send_all()
    (message,) = receiver.messages()
    assert message["body"] == "New task · ООО «Ромашка» · RUB\xa0120,000.00"


def test_a_browser_that_is_gone_is_forgotten(cast: Cast, receiver: Receiver) -> None:
    subscribe(cast, "boris", receiver)
    receiver.status = 410
    send(cast)
    tell()
    send_all()
    assert not Subscription.objects.exists()
    assert {row.state for row in Delivery.objects.all()} == {"SENT"}


def test_a_push_that_failed_goes_again_under_the_same_topic(cast: Cast, receiver: Receiver) -> None:
    subscribe(cast, "boris", receiver)
    receiver.status = 503
    send(cast)
    tell()
    send_all()
    receiver.status = 201
    Delivery.objects.filter(channel="PUSH").update(next_try_at=LATER)
    send_all()
    assert len({headers["Topic"] for headers, _ in receiver.got}) == 1
    assert len(receiver.got) == 2


def test_a_task_that_is_done_meanwhile_disturbs_nobody(cast: Cast, receiver: Receiver) -> None:
    subscribe(cast, "boris", receiver)
    sent = send(cast)
    tell(at=AT)
    services.approve(case_id=sent.case_id, by=cast.asks("boris"), revision=1, at=AT)
    send_all(at=AT)
    assert receiver.got == []


def test_comments_push_nobody(cast: Cast, receiver: Receiver) -> None:
    subscribe(cast, "anna", receiver)
    sent = send(cast)
    forget()
    services.comment(case_id=sent.case_id, by=cast.asks("boris"), text="hm", at=AT)
    tell()
    send_all()
    assert receiver.got == []


def test_a_browser_belongs_to_who_used_it_last_and_stands_on_record(
    cast: Cast, receiver: Receiver
) -> None:
    subscribe(cast, "anna", receiver)
    subscribe(cast, "boris", receiver)
    assert [row.person_id for row in Subscription.objects.all()] == [cast.boris.id]
    (mine,) = subscriptions.of(cast.asks("boris"))
    with pytest.raises(NotFound):
        subscriptions.unsubscribe(by=cast.asks("anna"), subscription_id=mine.id, at=AT)
    subscriptions.unsubscribe(by=cast.asks("boris"), subscription_id=mine.id, at=AT)
    kinds = Entry.objects.filter(kind__startswith="PUSH_").order_by("id")
    assert [row.kind for row in kinds] == [*["PUSH_SUBSCRIBED"] * 2, "PUSH_UNSUBSCRIBED"]
    assert not any(receiver.endpoint in row.body for row in kinds)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"endpoint": "http://push.example/1"}, "endpoint"),
        ({"endpoint": "https://"}, "endpoint"),
        ({"endpoint": "https://[::1"}, "endpoint"),
        ({"public_key": "AAAA"}, "public_key"),
        ({"auth_secret": "!!"}, "public_key"),
    ],
)
def test_what_no_browser_would_give_is_refused(
    cast: Cast, receiver: Receiver, changed: dict[str, str], field: str
) -> None:
    given = {**receiver.keys, **changed}
    with pytest.raises(InvalidInput) as refused:
        subscriptions.subscribe(by=cast.asks("anna"), name="x", at=AT, **given)
    assert set(refused.value.errors) == {field}
