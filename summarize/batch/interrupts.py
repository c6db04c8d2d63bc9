"""Ctrl-C once: finish what is in hand. Twice: stop."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def finish_in_hand(announce: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Give a function that says whether the user asked to stop.

    Args:
        announce: called at the first Ctrl-C (or SIGTERM); the second raises `KeyboardInterrupt`.

    """
    asked = False

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        announce()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
