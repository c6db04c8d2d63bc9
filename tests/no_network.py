"""No test may call out: connections go to this machine only."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest


class CallsHomeError(AssertionError):
    """Something in a test tried to reach another machine."""


def is_here(address: object) -> bool:
    """Whether a socket's address is of this machine: a path, the loopback, or one of its own addresses."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    own = (
        {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)}
        if host not in {"", "localhost"}
        else set()
    )
    try:
        return host in {"", "localhost"} or host in own or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Let every connection to another machine fail with `CallsHomeError`."""

    def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
        def checked(self: socket.socket, address: object) -> Any:  # noqa: ANN401
            if not is_here(address):
                raise CallsHomeError(f"a test connects to {address}")
            return connect(self, address)

        return checked

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        yield
