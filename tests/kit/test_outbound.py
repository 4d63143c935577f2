from __future__ import annotations

import pytest

from akcept.kit import outbound
from akcept.kit.outbound import Fenced
from delivery.receiver import receiving


@pytest.mark.parametrize(
    "address",
    [
        # No socket is bound here.
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",  # noqa: S104
        "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
    ],
)  # fmt: skip
def test_what_lies_inside_is_not_public(address: str) -> None:
    assert not outbound.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_what_lies_outside_is(address: str) -> None:
    assert outbound.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/", "https://[::1]:8443/", "http://8.8.8.8/", "ftp://8.8.8.8/",
        "https://user:secret@8.8.8.8/", "https://8.8.8.8:99999/", "https:///nowhere", "https://2130706433/",
    ],
)  # fmt: skip
def test_a_forbidden_address_is_not_called(url: str) -> None:
    with pytest.raises(Fenced):
        outbound.post(url, body=b"", headers={})


def test_a_trusted_host_may_be_private() -> None:
    with receiving() as receiver:
        answer = outbound.post(receiver.endpoint, body=b"hello", headers={}, trusted={"127.0.0.1"})
        assert answer.status == 201
        assert receiver.got[0][1] == b"hello"
        assert receiver.got[0][0]["Host"] in receiver.endpoint
