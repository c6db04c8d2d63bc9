"""Memory that the C library keeps for itself."""

from __future__ import annotations

import ctypes
import os

M_ARENA_MAX = -8  # of glibc's mallopt


def one_heap() -> None:
    """Let the threads started from now on share one heap, where the C library is glibc.

    With a heap for each, what the thread that decodes has freed is kept from all others, and a batch of sentences
    leaves a quarter of a gigabyte behind. A user's MALLOC_ARENA_MAX stands.
    """
    if "MALLOC_ARENA_MAX" in os.environ:
        return
    try:
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
    except (AttributeError, OSError, TypeError):
        return  # another C library, which needs no such thing
