"""Memory that the C library keeps for itself."""

from __future__ import annotations

import ctypes
import os

# Parameters of glibc's mallopt, and the environment variables that say the same.
ONE_HEAP = (-8, 1, "MALLOC_ARENA_MAX")  # with a heap for each, what one thread has freed is kept from all others
GIVE_BACK = (-3, 1 << 20, "MALLOC_MMAP_THRESHOLD_")  # a piece of this size goes back to the system when it is freed


def sparing() -> None:
    """Let freed memory go back to the system, where the C library is glibc; what the user's environment says stands.

    Otherwise a batch of sentences leaves a quarter of a gigabyte behind.
    """
    for parameter, value, variable in (ONE_HEAP, GIVE_BACK):
        if variable in os.environ:
            continue
        try:
            ctypes.CDLL(None).mallopt(parameter, value)
        except (AttributeError, OSError, TypeError):
            return  # another C library, which needs no such thing
