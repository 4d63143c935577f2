"""Requests to addresses that somebody else gave us: never to a machine of the company's own network.

The name is resolved once, what it names is judged, and that very address is called: a name that means something
else a moment later (DNS rebinding) gains nothing. Redirects are not followed, proxies of the environment not used.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

SECONDS = 10
SHOWN = 500
# What hides an address of the old kind behind one of the new kind.
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Fenced(Exception):
    """This address may not be called."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, its text cut short."""

    status: int
    text: str


def post(
    url: str, *, body: bytes, headers: Mapping[str, str], trusted: Collection[str] = ()
) -> Answer:
    """Send a body; Fenced for anything but https to a public address, httpx.HTTPError when it fails.

    `trusted` hosts may be private, and be called without TLS.
    """
    parts = urlsplit(url)
    host, port = _place(url)
    is_trusted = host in trusted
    if parts.scheme != "https" and not (is_trusted and parts.scheme == "http"):
        raise Fenced("not https")
    address = _address(host, port, is_trusted=is_trusted)
    there = f"[{address}]" if ":" in address else address
    called = parts._replace(netloc=f"{there}:{port}", fragment="").geturl()
    with httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False) as client:
        answer = client.post(
            called,
            content=body,
            headers={**headers, "Host": parts.netloc},
            extensions={"sni_hostname": host},
        )
    return Answer(answer.status_code, answer.text[:SHOWN])


def is_public(address: str) -> bool:
    """Tell whether an address lies in the open internet, however it is written."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise Fenced("no such port") from None
    if not parts.hostname or parts.username or parts.password:
        raise Fenced("no plain host")
    return parts.hostname, port


def _address(host: str, port: int, *, is_trusted: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx.ConnectError(f"unknown host: {host}") from error
    addresses = [str(place[4][0]) for place in found]
    # One private address among public ones is a trap, not an accident.
    if not is_trusted and not all(map(is_public, addresses)):
        raise Fenced("not a public address")
    return addresses[0]
