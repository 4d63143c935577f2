from __future__ import annotations

import socket

import pytest
from django.core.exceptions import ImproperlyConfigured

from akcept.project import servers


def test_a_port_on_which_another_server_listens_is_refused_although_it_shares_it() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ImproperlyConfigured, match=rf"{port} already.*AKCEPT_PORT={port + 1}"):
            servers.refuse_taken(port)
    servers.refuse_taken(port)
