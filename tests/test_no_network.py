import socket

import pytest

from tests.no_network import CallsHomeError


def test_a_test_cannot_call_out() -> None:
    with socket.socket() as outside, pytest.raises(CallsHomeError):
        outside.connect(("192.0.2.1", 80))  # an address that is kept for documents


def test_it_can_talk_to_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
